import type { Language } from '../ui/i18n.ts'

const MINUTE_MS = 60_000
const WORDS = {
  zh: { none: '不到 1 分钟', minute: ' 分钟', hour: ' 小时', day: ' 天', workday: ' 个工作日' },
  en: { none: 'under a minute', minute: ' min', hour: ' h', day: ' d', workday: ' working d' },
} as const

/**
 * A span as its two largest units, rounded down: `2 d 3 h`. A working day is eight hours of working time, so a span of
 * working time counts its days by them.
 */
export function formatSpan(milliseconds: number, of: 'running' | 'working', lang: Language): string {
  const words = WORDS[lang]
  const minutes = Math.floor(milliseconds / MINUTE_MS)
  if (minutes < 1) return words.none
  const perDay = (of === 'working' ? 8 : 24) * 60
  const [days, hours] = [Math.floor(minutes / perDay), Math.floor((minutes % perDay) / 60)]
  const units = [
    [days, of === 'working' ? words.workday : words.day],
    [hours, words.hour],
    [minutes % 60, words.minute],
  ] as const
  const first = units.findIndex(([count]) => count > 0)
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')
}
