/**
 * Working time: 08:00–12:00 and 14:00–18:00 of working days in Asia/Shanghai, which is UTC+8 the whole year. Monday to
 * Friday, but for holidays, and the days that make up for them.
 */
export interface WorkingCalendar {
  /** Days since 1970-01-01, as Shanghai counts them. */
  holidays: ReadonlySet<number>
  workdays: ReadonlySet<number>
}

export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000
/** What one working day has. */
export const WORKING_DAY_MILLIS = 8 * HOUR
const EAST = 8 * HOUR
/** From and until, counted from midnight. */
const SPANS = [
  [8 * HOUR, 12 * HOUR],
  [14 * HOUR, 18 * HOUR],
] as const

/** `days`: dates such as 2026-10-01. */
export function workingCalendar(
  days: readonly { day: string; kind: 'holiday' | 'workday' }[],
): WorkingCalendar {
  const of = (kind: string) =>
    new Set(days.flatMap((each) => (each.kind === kind ? Date.parse(each.day) / DAY : [])))
  return { holidays: of('holiday'), workdays: of('workday') }
}

const dayOf = (at: number): number => Math.floor((at + EAST) / DAY)
const midnightOf = (day: number): number => day * DAY - EAST

export function isWorkingDay({ holidays, workdays }: WorkingCalendar, day: number): boolean {
  if (workdays.has(day)) return true
  if (holidays.has(day)) return false
  // Day 0 was a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday !== 0 && weekday !== 6
}

/**
 * The first moment by which so much working time has gone by: what fills a morning ends at 12:00, not at 14:00. Moments are
 * milliseconds since 1970; nothing to add gives the same moment.
 */
export function addWorkingMillis(calendar: WorkingCalendar, from: number, millis: number): number {
  let left = millis
  if (left <= 0) return from
  for (let day = dayOf(from); ; day++) {
    if (!isWorkingDay(calendar, day)) continue
    for (const [begins, ends] of SPANS) {
      const start = Math.max(from, midnightOf(day) + begins)
      const room = midnightOf(day) + ends - start
      if (room <= 0) continue
      if (left <= room) return start + left
      left -= room
    }
  }
}

/** Working time between two moments; negative when the second is the earlier one. */
export function workingMillisBetween(calendar: WorkingCalendar, from: number, to: number): number {
  if (to < from) return -workingMillisBetween(calendar, to, from)
  let sum = 0
  for (let day = dayOf(from); day <= dayOf(to); day++) {
    if (!isWorkingDay(calendar, day)) continue
    for (const [begins, ends] of SPANS)
      sum += Math.max(0, Math.min(to, midnightOf(day) + ends) - Math.max(from, midnightOf(day) + begins))
  }
  return sum
}
