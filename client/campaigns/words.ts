import type { FindingItem, MeasureItem } from '../../geodata/campaigns/checklist.schema.ts'
import type { Language } from '../ui/i18n.ts'

/** What an item of a checklist is called; one written in one language is shown in that. */
export const itemText = ({ text, textEn }: FindingItem | MeasureItem, lang: Language): string =>
  lang === 'en' && textEn ? textEn : text

/** The same by its code, of a list that may not have it any more. */
export const itemNamed = (
  items: readonly (FindingItem | MeasureItem)[] | undefined,
  code: string,
  lang: Language,
): string => {
  const item = items?.find((each) => each.code === code)
  return item ? itemText(item, lang) : code
}

/** A share as a whole number of per cent; — where there is nothing to divide by. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((part / whole) * 100)}%`

/** Today, in China, YYYY-MM-DD. */
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** Several names in one sentence. */
export const listed = (names: readonly string[], lang: Language): string =>
  names.join(lang === 'zh' ? '、' : ', ')
