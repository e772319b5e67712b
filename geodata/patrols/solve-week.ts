import { chooseDays } from '../routing/choose-days.ts'
import type { ChosenDays, DaysProblem } from '../routing/days-problem.ts'
import type { LngLat } from '../shared/geojson.ts'
import { type MissedVisits, type SolvedWeek, walkDays } from './walk-days.ts'
import type { WeekInput, WeekReason } from './week.schema.ts'
import { calendarOf, minutesOfTeam, shiftOfDay } from './week-days.ts'
import { type WeekSite, type WeekVisits, weekVisits } from './week-visits.ts'

/** As many sites as one search takes; of more, those that matter most. */
const MOST_SITES = 3000
/** Of the time, what the choice of days takes. */
const CHOICE = 0.2
/** From there on the last rounds are searched for; before, such as show where it goes. */
const SKETCH = 0.3
/** Of a shift; the rest is for waiting, and for teams that begin apart. */
const FILLED = 0.9
/** Of a choice among 100 sites. */
const STEPS_PER_SECOND = 100_000

/** What a week is planned of. */
export interface WeekQuestion {
  week: WeekInput
  wanted: WeekVisits[]
  /** Needed, and in no team’s area or more than one search takes. */
  impossible: { wanted: WeekVisits; reason: WeekReason }[]
  /** Where anything is; the rows of the matrix. */
  places: LngLat[]
}

export interface WeekControl {
  /** This share of the time is over, or somebody cancelled: what is best so far is kept. */
  isOver(share: number): boolean
  onBetter?(proposal: SolvedWeek): void
}

/** Everything but the ways. */
export function askForWeek(week: WeekInput, sites: readonly WeekSite[]): WeekQuestion {
  const shifts = calendarOf(week).map((date) =>
    week.days.includes(date) ? shiftOfDay(week, date) : undefined,
  )
  const all = sites
    .map((site) => weekVisits(site, shifts, week.teams))
    .filter(({ visits }) => visits > 0)
    .sort((a, b) => b.weight - a.weight || a.site.site.checkpointId - b.site.site.checkpointId)
  const inside = all.filter(({ isOutside }) => !isOutside)
  const wanted = inside.slice(0, MOST_SITES)
  const places = new Map<string, LngLat>()
  for (const { start, end } of week.teams) for (const at of [start, end]) if (at) places.set(at.join(), at)
  for (const { site } of wanted) places.set(site.site.lngLat.join(), site.site.lngLat)
  return {
    week,
    wanted,
    impossible: [
      ...all.filter(({ isOutside }) => isOutside).map((one) => ({ wanted: one, reason: 'area' as const })),
      ...inside.slice(MOST_SITES).map((one) => ({ wanted: one, reason: 'time' as const })),
    ],
    places: [...places.values()],
  }
}

/**
 * Which day for which site, then the rounds of each day, where a visit that an earlier day makes counts as made. `metres`:
 * between the places, row by row, Infinity where there is no way. The same question, seed and iterations give the same
 * week, unless `isOver` ends the search before; whenever it does, all days have rounds that hold.
 */
export function solveWeek(question: WeekQuestion, metres: Float64Array, control: WeekControl): SolvedWeek {
  const { week, wanted } = question
  const problem = daysProblem(question, metres)
  const { seed } = week
  const iterations =
    week.iterations ?? Math.ceil((week.seconds * STEPS_PER_SECOND) / Math.max(100, wanted.length))
  const atOnce = chooseDays(problem, { seed, iterations: 0 })
  /** `from` and `to`: the part of the time that it has; the steps are shared out likewise. */
  const walk = (days: ChosenDays, from: number, to: number): SolvedWeek =>
    walkDays(
      {
        ...question,
        ...planOf(question, days),
        metres,
        secondsOfDay: ((to - from) * week.seconds) / week.days.length,
        iterations: week.iterations === undefined ? undefined : Math.ceil((to - from) * week.iterations),
      },
      (share) => control.isOver(from + (to - from) * share),
    )
  control.onBetter?.(walk(atOnce, 0, 0))
  const days = chooseDays(problem, { seed, iterations, isOver: () => control.isOver(CHOICE) })
  control.onBetter?.(walk(days, CHOICE, SKETCH))
  return walk(days, SKETCH, 1)
}

/** Which sites each day visits, and what found no day. */
function planOf(
  { wanted, impossible }: WeekQuestion,
  { days, missed }: ChosenDays,
): { plan: WeekVisits[][]; missed: MissedVisits[] } {
  return {
    plan: days.map(({ sites }) => sites.map((site) => wanted[site]!)),
    missed: [
      ...missed.map(
        ({ site, visits, reason }): MissedVisits => ({
          wanted: wanted[site]!,
          visits: visits * wanted[site]!.perDay,
          reason: wanted[site]!.days.length === 0 ? 'window' : reason,
        }),
      ),
      ...impossible.map(({ wanted: one, reason }) => ({
        wanted: one,
        visits: one.visits * one.perDay,
        reason,
      })),
    ],
  }
}

/** Days of equal capacity; the post is wherever the nearest team begins. */
function daysProblem({ week, wanted, places }: WeekQuestion, metres: Float64Array): DaysProblem {
  const rowOf = new Map(places.map((at, row) => [at.join(), row]))
  const paces = week.teams.map(({ metresPerMinute }) => metresPerMinute)
  const pace = paces.reduce((sum, one) => sum + one, 0) / paces.length
  const starts = week.teams.map(({ start }) => (start ? rowOf.get(start.join())! : undefined))
  const rows = wanted.map(({ site }) => rowOf.get(site.site.lngLat.join())!)
  const count = rows.length + 1
  const seconds = new Float64Array(count * count)
  const put = (a: number, b: number, way: number) => {
    seconds[a * count + b] = (way / pace) * 60
    seconds[b * count + a] = (way / pace) * 60
  }
  for (const [site, row] of rows.entries()) {
    const ways = starts.map((start) => (start === undefined ? 0 : metres[start * places.length + row]!))
    put(site, count - 1, Math.min(...ways))
    for (let other = 0; other < site; other++) put(site, other, metres[row * places.length + rows[other]!]!)
  }
  const shift = week.teams.reduce((sum, team) => {
    const hours = minutesOfTeam(week, team)!
    return sum + hours.to - hours.from - (hours.break?.minutes ?? 0)
  }, 0)
  return {
    seconds,
    places: count,
    capacity: calendarOf(week).map((date) => (week.days.includes(date) ? shift * 60 * FILLED : 0)),
    post: count - 1,
    balance: week.balance,
    sites: wanted.map(({ site, visits, perDay, apartDays, limits, days, weight }, place) => ({
      place,
      service: site.site.serviceMinutes * 60 * perDay,
      visits,
      apartDays,
      limits,
      days,
      weight,
    })),
  }
}
