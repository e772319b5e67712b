import './measuring.css'
import { addTexts } from '../ui/i18n.ts'
import { GotoPanel } from './goto-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default GotoPanel
