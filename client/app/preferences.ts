import { LANGUAGES, type Language } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'

/** The language of a link, else the browser's. */
export function preferredLanguage(asked: string | null | undefined): Language {
  const known = LANGUAGES.find((language) => language === asked)
  return known ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')
}

/** The theme of a link, else the system's. */
export const preferredScheme = (asked: Scheme | undefined): Scheme =>
  asked ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark')
