import { addTexts } from '../ui/i18n.ts'
import { PicturePanel } from './picture-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default PicturePanel
