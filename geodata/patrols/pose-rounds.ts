import type { RoundsProblem, Window } from '../routing/rounds-problem.ts'
import type { LngLat } from '../shared/geojson.ts'
import { chooseVisits, type WantedVisit } from './choose-visits.ts'
import type { DueSite } from './due.schema.ts'
import type { GenerationSettings, Plan, Round, Stop, Team, Unserved } from './plan.schema.ts'

/** What is planned of a plan: visits for sites, and stops that stay. Numbers of `items` are those of the problem's sites. */
export interface RoundsQuestion {
  items: RoundItem[]
  teams: { team: Team; number: number; roundId: string | undefined; locked: number[] }[]
  /** Where anything is; the rows of the matrix that `poseRounds` asks for. */
  places: LngLat[]
  /** Rounds that stay as they are. */
  kept: Round[]
  impossible: Unserved[]
  settings: GenerationSettings
  /** The same by other seeds, with the same places: what else chance could have made. */
  others?: RoundsQuestion[]
  /** The shift, milliseconds since 1970. */
  from: number
  to: number
}

export interface RoundItem {
  place: number
  /** A stop that stays in its round; its visit is not chosen. */
  stop: Stop | undefined
  /** The stop that makes this visit now, so that it keeps its id. */
  stopId: string | undefined
  visit: WantedVisit | undefined
}

/** Metres in a minute at which seconds of the problem are counted; teams have their pace. */
const STANDARD_PACE = 70

/** Rounds that generating leaves as they are. */
export const keptRounds = (
  plan: Pick<Plan, 'rounds'>,
  { keep }: Pick<GenerationSettings, 'keep'>,
): Round[] => (keep === 'locked' ? plan.rounds.filter(({ locked }) => locked) : [])

/** Other plans of the same question that say how hard it is to foretell; each takes time of the search. */
const OTHERS = 5

/** A question with the same by other seeds, where the times of visits are left to chance. */
export function askWithOthers(...[plan, sites, settings]: Parameters<typeof askForRounds>): RoundsQuestion {
  const question = askForRounds(plan, sites, settings)
  if (settings.unpredictability === 0) return question
  const others = Array.from({ length: OTHERS }, (_, at) =>
    askForRounds(plan, sites, { ...settings, seed: (settings.seed + 1 + at) % 0x7fffffff }),
  )
  const alike = (one: RoundsQuestion) => one.places.join() === question.places.join()
  return { ...question, others: others.filter(alike) }
}

/** Everything but the ways: what may be visited, by whom, from where. */
export function askForRounds(
  plan: Pick<Plan, 'from' | 'to' | 'teams' | 'rounds'>,
  sites: readonly DueSite[],
  settings: GenerationSettings,
): RoundsQuestion {
  const keeps = settings.keep === 'locked'
  const kept = keptRounds(plan, settings)
  const isBusy = (team: Team) => kept.some(({ teamId, from }) => teamId === team.id && from === null)
  const places: LngLat[] = []
  const placeAt = new Map<string, number>()
  const placeOf = (at: LngLat) => {
    const key = at.join()
    const known = placeAt.get(key)
    if (known !== undefined) return known
    placeAt.set(key, places.length)
    return places.push(at) - 1
  }

  const items: RoundItem[] = []
  const made = new Map<number, number>()
  const count = ({ checkpointId }: Stop) =>
    checkpointId !== null && made.set(checkpointId, (made.get(checkpointId) ?? 0) + 1)
  for (const { stops } of kept) stops.forEach(count)
  const loose = plan.rounds.filter((round) => !kept.includes(round))
  const teams = plan.teams
    .filter((team) => !isBusy(team))
    .map((team, number) => {
      const own = loose.filter(({ teamId }) => teamId === team.id)
      const locked: number[] = []
      for (const stop of keeps ? own.flatMap(({ stops }) => stops) : []) {
        if (!stop.locked) continue
        count(stop)
        locked.push(items.push({ place: placeOf(stop.lngLat), stop, stopId: stop.id, visit: undefined }) - 1)
      }
      return { team, number, roundId: own[0]?.id, locked }
    })
  for (const { team } of teams) for (const end of [team.start, team.end]) if (end) placeOf(end)

  const from = Date.parse(plan.from)
  const to = Date.parse(plan.to)
  const { seed, unpredictability } = settings
  const { visits, impossible } = chooseVisits(
    sites,
    teams.map(({ team }) => team),
    { from, to, seed, unpredictability, made },
  )
  const known = new Map<number, string[]>()
  for (const { checkpointId, id } of loose.flatMap(({ stops }) => stops))
    if (checkpointId !== null && !items.some(({ stopId }) => stopId === id))
      known.set(checkpointId, [...(known.get(checkpointId) ?? []), id])
  for (const visit of visits)
    items.push({
      place: placeOf(visit.site.lngLat),
      stop: undefined,
      stopId: known.get(visit.site.checkpointId)?.shift(),
      visit,
    })
  return { items, teams, places, kept, impossible, settings, from, to }
}

/**
 * The problem for the solver. `metres`: places × places, row by row, Infinity where there is no way. `locked`: what each team
 * visits already, in its order, in place of the stops that stay; visits then have their widest windows.
 */
export function poseRounds(
  question: RoundsQuestion,
  metres: Float64Array,
  locked?: readonly (readonly number[])[],
): RoundsProblem {
  const { items, teams, places, from, to, settings } = question
  const seconds = (moment: number) => (moment - from) / 1000
  const placeOf = (at: LngLat | null) =>
    at ? places.findIndex(([lng, lat]) => lng === at[0] && lat === at[1]) : undefined
  const ownerOf = new Map(teams.flatMap(({ number, locked: own }) => own.map((item) => [item, number])))
  return {
    seconds: metres.map((way) => (way / STANDARD_PACE) * 60),
    places: places.length,
    balance: settings.balance,
    sites: items.map(({ place, stop, visit }, item) => {
      const windows: readonly Window[] = visit ? (locked ? visit.widest : visit.windows) : []
      const owner = ownerOf.get(item)
      return {
        place,
        service: (stop ? stop.dwellMinutes : visit!.site.serviceMinutes) * 60,
        windows,
        prize: visit ? visit.prize : Number.POSITIVE_INFINITY,
        teams: owner === undefined ? visit?.teams : [owner],
      }
    }),
    teams: teams.map(({ team, number, locked: own }) => {
      const rest = team.break
      return {
        start: placeOf(team.start),
        end: placeOf(team.end),
        from: seconds(Date.parse(team.from)),
        to: seconds(Math.min(Date.parse(team.to), to)),
        pace: STANDARD_PACE / team.metresPerMinute,
        breaks: rest
          ? [
              {
                from: seconds(Date.parse(rest.from)),
                to: seconds(Date.parse(rest.to)),
                seconds: rest.minutes * 60,
              },
            ]
          : [],
        locked: locked?.[number] ?? own,
      }
    }),
  }
}
