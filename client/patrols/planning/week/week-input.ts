import type { Plan, Team } from '../../../../geodata/patrols/plan.schema.ts'
import { type WeekInput, weekInputSchema } from '../../../../geodata/patrols/week.schema.ts'
import { type ClockHours, minutesOfTeam, type WeekTeam } from '../../../../geodata/patrols/week-days.ts'
import { clockOf, dateOf } from '../shift.ts'

/** A plan whose teams and area a week takes over. */
export type Like = Pick<Plan, 'from' | 'to' | 'teams' | 'area'>

export interface WeekFields extends ClockHours {
  name: string
  /** 2026-11-23 */
  days: readonly string[]
  seconds: number
  seed: number
}

/** What is sent. `like`: undefined for one team, everywhere. */
export function weekInputOf(fields: WeekFields, like: Like | undefined, teamName: string): WeekInput {
  const { from, to } = fields
  const one = { id: 'A', name: teamName, from, to }
  return weekInputSchema.parse({
    ...fields,
    offset: offsetOn(`${fields.days[0]}T${from}`),
    area: like?.area ?? [],
    teams: like && like.teams.length > 0 ? like.teams.map((team) => teamIn(fields, like, team)) : [one],
  })
}

/** A team that works its whole shift works this one; other hours stay where they lie in it, and a break likewise. */
function teamIn({ from, to }: ClockHours, like: Like, team: Team): WeekTeam {
  const shift = { from, to }
  const isWhole = team.from === like.from && team.to === like.to
  const own = isWhole ? shift : { from: clockOf(team.from), to: clockOf(team.to) }
  const rest = team.break && {
    from: clockOf(team.break.from),
    to: clockOf(team.break.to),
    minutes: team.break.minutes,
  }
  const tries: WeekTeam[] = [
    { ...team, ...own, break: rest },
    { ...team, ...own, break: null },
  ]
  return tries.find((hours) => minutesOfTeam(shift, hours)) ?? { ...team, ...shift, break: null }
}

/** Dates from `start` on. */
export function datesFrom(start: string, count: number): string[] {
  const date = new Date(`${start}T12:00`)
  return Array.from({ length: count }, () => {
    const day = dateOf(date)
    date.setDate(date.getDate() + 1)
    return day
  })
}

/** Of the viewer’s clock from Greenwich, such as +08:00. */
function offsetOn(moment: string): string {
  const minutes = -new Date(moment).getTimezoneOffset()
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, left] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(left)}`
}
