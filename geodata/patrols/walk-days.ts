import type { LngLat } from '../shared/geojson.ts'
import type { DueSite, Period } from './due.schema.ts'
import { evaluateRound } from './evaluate-round.ts'
import type { GenerationSettings, Round, Team } from './plan.schema.ts'
import { askForRounds } from './pose-rounds.ts'
import { solveRounds } from './solve-rounds.ts'
import type { WeekDay, WeekInput, WeekProposal, WeekReason } from './week.schema.ts'
import { calendarOf, shiftOfDay, teamsOfDay } from './week-days.ts'
import { siteOnDay, type WeekVisits } from './week-visits.ts'

const DAY_MS = 86_400_000
const MOST_SEED = 0x7fffffff

/** A proposal but for when and how long it was searched, which only a clock knows. */
export interface SolvedWeek extends Omit<WeekProposal, 'days'> {
  days: (Omit<WeekDay, 'generated'> & { settings: GenerationSettings; iterations: number })[]
}

export interface MissedVisits {
  wanted: WeekVisits
  visits: number
  reason: WeekReason
}

interface DaysQuestion {
  week: WeekInput
  /** By day of the calendar the sites that it visits. */
  plan: readonly (readonly WeekVisits[])[]
  /** What found no day. */
  missed: readonly MissedVisits[]
  places: readonly LngLat[]
  metres: Float64Array
  secondsOfDay: number
  /** Of a day, in place of its seconds. */
  iterations: number | undefined
}

/**
 * The rounds of one day after the other: a visit that a day makes counts as made for those behind. One for which a day has no
 * room is tried on the next that suits its site.
 * `isOver`: this share of the time is over.
 */
export function walkDays(question: DaysQuestion, isOver: (share: number) => boolean): SolvedWeek {
  const { week, places, metres, iterations } = question
  const plan = question.plan.map((sites) => [...sites])
  const missed = [...question.missed]
  const lastVisit = new Map<number, number>()
  const days: SolvedWeek['days'] = []
  let made = 0
  const rowOf = new Map(places.map((at, row) => [at.join(), row]))
  const metresBetween = (from: LngLat, to: LngLat) =>
    metres[rowOf.get(from.join())! * places.length + rowOf.get(to.join())!]!

  const worked = calendarOf(week).flatMap((date, day) => (week.days.includes(date) ? [{ date, day }] : []))
  for (const { date, day } of worked) {
    const shift = shiftOfDay(week, date)
    const teams = teamsOfDay(week, date)
    const own = new Map(plan[day]!.map((wanted) => [wanted.site.site.checkpointId, wanted]))
    const sites = [...own.values()].map(({ site }) =>
      siteOnDay(site, lastVisit.get(site.site.checkpointId) ?? site.norm.lastVisitAt, shift),
    )
    const settings: GenerationSettings = {
      kind: 'visit',
      seconds: question.secondsOfDay,
      seed: seedOfDay(week.seed, date),
      ...(iterations === undefined ? {} : { iterations }),
      balance: week.balance,
      unpredictability: week.unpredictability,
      keep: 'locked',
    }
    const asked = askForRounds({ ...shift, teams, rounds: [] }, sites, settings)
    const rows = asked.places.map((at) => rowOf.get(at.join())!)
    const between = Float64Array.from(
      rows.flatMap((from) => rows.map((to) => metres[from * places.length + to]!)),
    )
    const solved = solveRounds(asked, between, {
      isOver: () => isOver((days.length + 1) / worked.length),
    })
    const unserved = solved.unserved.filter(
      ({ checkpointId, visit, reason }) =>
        visit > 1 || reason === 'unreachable' || !moveOn(own.get(checkpointId)!, day, plan),
    )
    for (const { checkpointId, reason } of unserved)
      missed.push({ wanted: own.get(checkpointId)!, visits: 1, reason })
    for (const [checkpointId, at] of visitsOf(solved.rounds, teams, sites, shift, metresBetween))
      lastVisit.set(checkpointId, at)
    made += solved.visits
    days.push({
      date,
      ...shift,
      visits: solved.visits,
      metres: solved.metres,
      rounds: solved.rounds,
      unserved,
      settings,
      iterations: solved.iterations,
    })
  }
  return {
    days,
    wanted: made + missed.reduce((sum, { visits }) => sum + visits, 0),
    planned: made,
    missed: tellMissed(missed),
  }
}

/** Goes to the next day that suits it; false: none does. */
function moveOn(wanted: WeekVisits, day: number, plan: WeekVisits[][]): boolean {
  const next = plan.findIndex((sites, later) => later > day && sites.includes(wanted))
  const until = next < 0 ? plan.length : next - wanted.apartDays + 1
  const free = wanted.days.find((later) => later > day && later < until)
  if (free === undefined) return false
  plan[free]!.push(wanted)
  return true
}

/** When each site is visited last in the rounds of a day. */
function visitsOf(
  rounds: readonly Round[],
  teams: readonly Team[],
  sites: readonly DueSite[],
  shift: Period,
  metresBetween: (from: LngLat, to: LngLat) => number,
): Map<number, number> {
  const facts = new Map(sites.map((site) => [site.checkpointId, site]))
  const visits = new Map<number, number>()
  for (const round of rounds) {
    const team = teams.find(({ id }) => id === round.teamId)!
    const way = [team.start, ...round.stops.map(({ lngLat }) => lngLat), team.end]
    const legs = way.slice(1).map((to, at) => {
      const from = way[at]
      return { metres: from && to ? metresBetween(from, to) : 0, way: true }
    })
    const { stops } = evaluateRound(round, team, legs, facts, shift)
    for (const [at, { checkpointId }] of round.stops.entries()) {
      const startsAt = Date.parse(stops[at]!.startsAt)
      visits.set(checkpointId!, Math.max(startsAt, visits.get(checkpointId!) ?? startsAt))
    }
  }
  return visits
}

function tellMissed(missed: readonly MissedVisits[]): WeekProposal['missed'] {
  const told = new Map<string, WeekProposal['missed'][number]>()
  for (const { wanted, visits, reason } of missed) {
    const { checkpointId, name } = wanted.site.site
    const key = `${checkpointId} ${reason}`
    told.set(key, { checkpointId, name, reason, visits: visits + (told.get(key)?.visits ?? 0) })
  }
  return [...told.values()].sort((a, b) => a.checkpointId - b.checkpointId)
}

/** Days of a week are planned by chance of their own. */
const seedOfDay = (seed: number, date: string): number =>
  (seed + (Date.parse(date) / DAY_MS) * 7919) % MOST_SEED
