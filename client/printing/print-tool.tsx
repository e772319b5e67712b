import './printing.css'
import { addTexts } from '../ui/i18n.ts'
import { PrintDialog } from './print-dialog.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default PrintDialog
