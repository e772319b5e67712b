import type { Language } from './i18n.ts'

/** A whole number with separators: 12,345. */
export const formatCount = (value: number): string => value.toLocaleString('en-US')

/** A count that may be unknown, which is no zero: a dash. `atLeast`: more may not have been counted. */
export function formatKnown(value: unknown, atLeast = false): string {
  if (typeof value !== 'number') return '—'
  return `${atLeast ? '≥ ' : ''}${formatCount(value)}`
}

/** An instant as `11-21 14:05` in the viewer's time zone; another year than this one is put before it. */
export function formatTime(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
  return date.getFullYear() === now.getFullYear() ? day : `${date.getFullYear()}-${day}`
}

/** Metres below 1 km, then kilometres with one decimal. */
export function formatMetres(metres: number, lang: Language): string {
  const [short, long] = lang === 'zh' ? ['米', '公里'] : ['m', 'km']
  if (metres < 1000) return `${Math.round(metres)} ${short}`
  return `${(metres / 1000).toFixed(1)} ${long}`
}

/** Minutes as the largest unit that keeps them whole: 90 → 90 min, 120 → 2 h, 10080 → 7 d. */
export function formatMinutes(minutes: number, lang: Language): string {
  const [min, hour, day] = lang === 'zh' ? ['分钟', '小时', '天'] : ['min', 'h', 'd']
  if (minutes > 0 && minutes % 1440 === 0) return `${minutes / 1440} ${day}`
  if (minutes > 0 && minutes % 60 === 0) return `${minutes / 60} ${hour}`
  return `${minutes} ${min}`
}

/** A number to one decimal, with separators: 12,345.6; whole numbers stay whole. */
export const formatTenths = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: 1 })

/** The same for a column, where the points stand below each other: 45.0. */
export const formatTenthsInColumn = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
