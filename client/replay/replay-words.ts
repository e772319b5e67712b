import type { Language } from '../ui/i18n.ts'
import type { Span } from './replay-state.ts'

const two = (value: number) => String(value).padStart(2, '0')
const dayWords = (date: Date) => `${two(date.getMonth() + 1)}-${two(date.getDate())}`

/** A period as it is called: a day with its weekday, a week by its first and last day, a month with its year. */
export function periodWords(span: Span, from: Date, lang: Language): string {
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB'
  if (span === 'month') return from.toLocaleDateString(locale, { year: 'numeric', month: 'long' })
  if (span === 'day') return `${dayWords(from)} ${from.toLocaleDateString(locale, { weekday: 'short' })}`
  const last = new Date(from.getFullYear(), from.getMonth(), from.getDate() + 6)
  return `${dayWords(from)} – ${dayWords(last)}`
}
