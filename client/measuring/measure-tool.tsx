import './measuring.css'
import { addTexts } from '../ui/i18n.ts'
import { MeasurePanel } from './measure-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default MeasurePanel
