import type { Period } from './due.schema.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** Clock times of sites are China Standard Time, which has no daylight saving. */
const CHINA = 8 * 60 * MINUTE

/** Clock times between which a site is open every day; `to` at or before `from` runs past midnight. */
export type ClockWindows = readonly { from: string; to: string }[]
/** Milliseconds since 1970. */
export type Span = [from: number, to: number]

/**
 * When a site is open between two moments: whole windows in order, none overlapping or touching, also one that began
 * the day before. undefined: around the clock.
 */
export function openSpans(windows: ClockWindows, from: number, to: number): Span[] | undefined {
  if (windows.length === 0) return undefined
  const spans: Span[] = []
  const firstDay = Math.floor((from + CHINA) / DAY) - 1
  const lastDay = Math.floor((to + CHINA) / DAY)
  for (let day = firstDay; day <= lastDay; day++)
    for (const { from: opens, to: closes } of windows) {
      const midnight = day * DAY - CHINA
      const [start, end] = [minuteOf(opens), minuteOf(closes)]
      spans.push([midnight + start * MINUTE, midnight + end * MINUTE + (end > start ? 0 : DAY)])
    }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const merged: Span[] = []
  for (const [start, end] of spans) {
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged.filter(([start, end]) => end > from && start < to)
}

/** The first moment from `at` on at which a site is open. */
export function opensAt(windows: ClockWindows, at: number): number {
  const midnight = Math.floor((at + CHINA) / DAY) * DAY - CHINA
  let first = Number.POSITIVE_INFINITY
  for (const { from: opens, to: closes } of windows) {
    const [start, end] = [minuteOf(opens), minuteOf(closes)]
    const lasts = (end > start ? end - start : end - start + DAY / MINUTE) * MINUTE
    for (const day of [-1, 0, 1]) {
      const opening = midnight + day * DAY + start * MINUTE
      if (opening + lasts > at) first = Math.min(first, Math.max(at, opening))
    }
  }
  return windows.length === 0 ? at : first
}

export const toPeriod = ([from, to]: Span): Period => ({ from: isoOf(from), to: isoOf(to) })

export const isoOf = (milliseconds: number): string => new Date(Math.round(milliseconds)).toISOString()

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours! * 60 + minutes!
}
