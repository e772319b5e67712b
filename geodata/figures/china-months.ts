import { addDays } from '../walks/group-rounds.ts'

/** From `from` on, before `to`: instants, ISO 8601. */
export interface Span {
  from: string
  to: string
}

/** China Standard Time, which has no daylight saving. */
const CHINA_MS = 8 * 3_600_000
const MIDNIGHT = 'T00:00:00+08:00'

/** The day of an instant in China, as 2026-11-22. */
export const chinaDay = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10)

/** The month of an instant in China, as 2026-11. */
export const monthOf = (at: number): string => chinaDay(at).slice(0, 7)

/** `months` may be negative. */
export function addMonths(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const all = year * 12 + number - 1 + months
  return `${String(Math.floor(all / 12)).padStart(4, '0')}-${String((((all % 12) + 12) % 12) + 1).padStart(2, '0')}`
}

/** `count` whole months from the first of `month` on, China Standard Time. */
export const spanOfMonths = (month: string, count = 1): Span => ({
  from: `${month}-01${MIDNIGHT}`,
  to: `${addMonths(month, count)}-01${MIDNIGHT}`,
})

/** Whole days, the last one included. */
export const spanOfDays = (first: string, last: string): Span => ({
  from: `${first}${MIDNIGHT}`,
  to: `${addDays(last, 1)}${MIDNIGHT}`,
})

/** The first and the last day that a span touches. */
export const daysOf = ({ from, to }: Span): { first: string; last: string } => ({
  first: chinaDay(Date.parse(from)),
  last: chinaDay(Math.max(Date.parse(from), Date.parse(to) - 1)),
})

/** How many whole months a span is; undefined when it is not made of whole ones. */
export function wholeMonths({ from, to }: Span): number | undefined {
  const [first, end] = [Date.parse(from), Date.parse(to)]
  const isMonth = (at: number) => Date.parse(`${monthOf(at)}-01${MIDNIGHT}`) === at
  if (!(first < end) || !isMonth(first) || !isMonth(end)) return undefined
  const [a, b] = [monthOf(first), monthOf(end)].map((month) => {
    const [year, number] = month.split('-').map(Number) as [number, number]
    return year * 12 + number
  }) as [number, number]
  return b - a
}

/** What a span is compared with: as many whole months before it, or the time as long as it before it. */
export function spanBefore(span: Span): Span {
  const months = wholeMonths(span)
  if (months !== undefined) return spanOfMonths(addMonths(monthOf(Date.parse(span.from)), -months), months)
  const from = Date.parse(span.from)
  return { from: new Date(from - (Date.parse(span.to) - from)).toISOString(), to: span.from }
}

/**
 * What a span that is not over is compared with: the same part of the span before it, so that three weeks are not
 * measured against a whole month.
 */
export function spanBeforeUntil(span: Span, until: string): Span {
  const before = spanBefore(span)
  if (Date.parse(until) >= Date.parse(span.to)) return before
  const elapsed = Math.max(0, Date.parse(until) - Date.parse(span.from))
  const end = Math.min(Date.parse(before.from) + elapsed, Date.parse(before.to))
  return { from: before.from, to: new Date(end).toISOString() }
}
