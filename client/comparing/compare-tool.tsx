import './comparing.css'
import { addTexts } from '../ui/i18n.ts'
import { ComparePanel } from './compare-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default ComparePanel
