import './bookmarks.css'
import { addTexts } from '../ui/i18n.ts'
import { BookmarksPanel } from './bookmarks-panel.tsx'
import { texts } from './texts.ts'

addTexts(texts)

export default BookmarksPanel
