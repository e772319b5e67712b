import type { Period } from './due.schema.ts'
import { isoOf } from './opening-windows.ts'
import type { Team } from './plan.schema.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const DAY_MINUTES = 1440

/** Hours by the clock, the same every day. */
export interface ClockHours {
  from: string
  to: string
}

/** A team of a week: its hours lie in the shift. */
export type WeekTeam = Omit<Team, 'from' | 'to' | 'break'> &
  ClockHours & { break: (ClockHours & { minutes: number }) | null }

/** Minutes from the beginning of a shift to its end; an end at or before the beginning is on the next day. */
export const shiftMinutes = ({ from, to }: ClockHours): number => after(from, to) || DAY_MINUTES

/**
 * The hours of a team in minutes from the beginning of the shift. undefined: they do not lie in it, or the break not in
 * them.
 */
export function minutesOfTeam(
  shift: ClockHours,
  team: Pick<WeekTeam, 'from' | 'to' | 'break'>,
): { from: number; to: number; break: { from: number; to: number; minutes: number } | null } | undefined {
  const from = after(shift.from, team.from)
  const to = from + shiftMinutes(team)
  if (to > shiftMinutes(shift)) return undefined
  if (!team.break) return { from, to, break: null }
  const begins = after(shift.from, team.break.from)
  const latest = begins + after(team.break.from, team.break.to)
  if (begins < from || latest > to) return undefined
  return { from, to, break: { from: begins, to: latest, minutes: team.break.minutes } }
}

/** Every date from the first day of a week to its last. */
export function calendarOf({ days }: { days: readonly string[] }): string[] {
  const times = days.map((day) => Date.parse(day))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  return Array.from({ length: (last - first) / DAY_MS + 1 }, (_, day) =>
    isoOf(first + day * DAY_MS).slice(0, 10),
  )
}

/** The shift that begins on a day. `date`: 2026-11-23; `offset`: of the clock from Greenwich, +08:00. */
export function shiftOfDay(hours: ClockHours & { offset: string }, date: string): Period {
  const from = Date.parse(`${date}T${hours.from}${hours.offset}`)
  return { from: isoOf(from), to: isoOf(from + shiftMinutes(hours) * MINUTE_MS) }
}

/** The teams of a week as a plan of one of its shifts has them. */
export function teamsOfDay(
  week: ClockHours & { offset: string; teams: readonly WeekTeam[] },
  date: string,
): Team[] {
  const begins = Date.parse(shiftOfDay(week, date).from)
  const at = (minutes: number) => isoOf(begins + minutes * MINUTE_MS)
  return week.teams.map((team) => {
    const hours = minutesOfTeam(week, team)
    if (!hours) throw new RangeError(`The hours of team ${team.id} do not lie in the shift.`)
    const rest = hours.break && { ...hours.break, from: at(hours.break.from), to: at(hours.break.to) }
    return { ...team, from: at(hours.from), to: at(hours.to), break: rest }
  })
}

/** Minutes from one clock time to the next time that the clock shows another: 0–1439. */
function after(from: string, to: string): number {
  return (minuteOf(to) - minuteOf(from) + DAY_MINUTES) % DAY_MINUTES
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours! * 60 + minutes!
}
