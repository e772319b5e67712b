import { addTexts } from '../ui/i18n.ts'
import { EmbedPanel } from './embed-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default EmbedPanel
