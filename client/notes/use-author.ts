import { useTexts } from '../ui/i18n.ts'

/** Who writes, until people sign in; the server calls every caller so. */
export const SELF = 'local'

/** How an author is called on the screen. */
export function useAuthor(): (author: string) => string {
  const { t } = useTexts()
  return (author) => (author === SELF ? t('notes.self') : author)
}
