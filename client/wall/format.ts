import type { Language } from '../ui/i18n.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const UNITS = {
  zh: { day: '天', hour: '小时', minute: '分', second: '秒', moment: '不到1分', gap: '' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', moment: '< 1 min', gap: ' ' },
} as const

/** A length of time as somebody says it from afar: two units at most, and no seconds. `2小时14分`, `3 d 4 h`. */
export function formatSpan(ms: number, lang: Language): string {
  const words = UNITS[lang]
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS)
  if (minutes === 0) return words.moment
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  const parts = [
    ...(days ? [`${days}${words.day}`] : []),
    ...(hours ? [`${hours}${words.hour}`] : []),
    ...(rest && !days ? [`${rest}${words.minute}`] : []),
  ]
  return parts.join(words.gap)
}

/** As above, without the hours once there are days: where there is little room. */
export const formatSpanBriefly = (ms: number, lang: Language): string =>
  formatSpan(ms < DAY_MS ? ms : Math.floor(ms / DAY_MS) * DAY_MS, lang)

/** How old something is, to the second while that tells something. */
export function formatAge(ms: number, lang: Language): string {
  return ms < MINUTE_MS ? `${Math.floor(Math.max(0, ms) / 1000)}${UNITS[lang].second}` : formatSpan(ms, lang)
}

const two = (value: number) => String(value).padStart(2, '0')

/** Hours and minutes of an instant, as this computer's zone has them. */
export function formatClock(ms: number): string {
  const date = new Date(ms)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Hours and minutes, behind the day unless it is today: what is from yesterday must not look like this morning's. */
export function formatMoment(ms: number, nowMs: number): string {
  const [date, today] = [new Date(ms), new Date(nowMs)]
  const isToday = date.toDateString() === today.toDateString()
  return isToday ? formatClock(ms) : `${two(date.getMonth() + 1)}-${two(date.getDate())} ${formatClock(ms)}`
}

/** As above; the day alone unless it is today: where there is little room. */
export const formatMomentBriefly = (ms: number, nowMs: number): string =>
  formatMoment(ms, nowMs).split(' ')[0]!

export const formatClockSeconds = (ms: number): string =>
  `${formatClock(ms)}:${two(new Date(ms).getSeconds())}`

const SHANGHAI_MINUTES = 8 * 60

/** Minute of the day in Shanghai, where there is no summer time. */
export const minuteOfDay = (ms: number): number => (Math.floor(ms / MINUTE_MS) + SHANGHAI_MINUTES) % (24 * 60)
