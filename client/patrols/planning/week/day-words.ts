import type { Language } from '../../../ui/i18n.ts'

/** A date with its day of the week: 11-23 周一. */
export function dayWords(date: string, lang: Language): string {
  const weekday = new Date(`${date}T12:00`).toLocaleDateString(lang === 'zh' ? 'zh-CN' : 'en', {
    weekday: 'short',
  })
  return `${date.slice(5)} ${weekday}`
}
