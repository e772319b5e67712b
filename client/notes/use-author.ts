import { useTexts } from '../ui/i18n.ts'
import { useOwnName } from '../ui/session.ts'

/** How an author is called on the screen. */
export function useAuthor(): (author: string) => string {
  const { t } = useTexts()
  const self = useOwnName()
  return (author) => (author === self ? t('notes.self') : author)
}
