import './measuring.css'
import { addTexts } from '../ui/i18n.ts'
import { LocatePanel } from './locate-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default LocatePanel
