import './editing.css'
import { addTexts } from '../ui/i18n.ts'
import { EditPanel } from './panel/edit-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default EditPanel
