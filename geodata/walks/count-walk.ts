import type { StopState, WalkCounts } from './run.schema.ts'

/** What is kept of a walk beside its visits. */
export interface WalkFigures {
  metres: number
  offPlanMetres: number
  dutySeconds: number
  recordedSeconds: number
  /** When each stop was to be begun, milliseconds, by its id; left out where there was no way. */
  plannedStarts?: Readonly<Record<string, number>> | undefined
}

export interface VisitOfStop {
  stopId: string
  state: 'visited' | 'probable' | 'unknown'
  /** When it began, milliseconds. */
  at: number
}

/** Begun within so much of its planned time, a visit is on time. */
export const ON_TIME_MINUTES = 15

const BEST_FIRST = ['visited', 'probable', 'unknown'] as const

/** What became of each stop, by the best that is known of it. `isOver`: nobody is to come any more. */
export function stopStates(
  stopIds: readonly string[],
  visits: readonly Pick<VisitOfStop, 'stopId' | 'state'>[],
  isOver: boolean,
): StopState[] {
  const known = new Map<string, Set<VisitOfStop['state']>>()
  for (const { stopId, state } of visits)
    known.set(stopId.toLowerCase(), (known.get(stopId.toLowerCase()) ?? new Set()).add(state))
  return stopIds.map((id) => {
    const states = known.get(id.toLowerCase())
    return BEST_FIRST.find((state) => states?.has(state)) ?? (isOver ? 'missed' : 'open')
  })
}

/**
 * How many of the stops that were visited have a planned time, and how many of these were begun near it; of several visits
 * the nearest counts.
 */
export function countOnTime(
  visits: readonly VisitOfStop[],
  figures: readonly WalkFigures[],
): Pick<WalkCounts, 'timed' | 'onTime'> {
  const planned = new Map(
    figures.flatMap(({ plannedStarts = {} }) =>
      Object.entries(plannedStarts).map(([id, at]) => [id.toLowerCase(), at] as const),
    ),
  )
  const away = new Map<string, number>()
  for (const { stopId, state, at } of visits) {
    const id = stopId.toLowerCase()
    const start = planned.get(id)
    if (state !== 'visited' || start === undefined) continue
    away.set(id, Math.min(away.get(id) ?? Number.POSITIVE_INFINITY, Math.abs(at - start)))
  }
  const onTime = [...away.values()].filter((milliseconds) => milliseconds <= ON_TIME_MINUTES * 60_000)
  return { timed: away.size, onTime: onTime.length }
}

/** Adherence is told of all that is planned, so an unknown stop counts against it: it is shown beside it. */
export function countWalk(
  states: readonly StopState[],
  figures: readonly WalkFigures[],
  { timed, onTime }: Pick<WalkCounts, 'timed' | 'onTime'> = { timed: 0, onTime: 0 },
): WalkCounts {
  const count = (wanted: StopState) => states.filter((state) => state === wanted).length
  const sum = (of: (figure: WalkFigures) => number) => figures.reduce((all, one) => all + of(one), 0)
  return withShares({
    planned: states.length,
    visited: count('visited'),
    probable: count('probable'),
    unknown: count('unknown'),
    missed: count('missed'),
    open: count('open'),
    metres: Math.round(sum(({ metres }) => metres)),
    offPlanMetres: Math.round(sum(({ offPlanMetres }) => offPlanMetres)),
    minutes: sum(({ dutySeconds }) => dutySeconds) / 60,
    recordedMinutes: sum(({ recordedSeconds }) => recordedSeconds) / 60,
    timed,
    onTime,
  })
}

type Sums = Omit<WalkCounts, 'adherence' | 'health' | 'punctuality'>
const SUMS = [
  'planned',
  'visited',
  'probable',
  'unknown',
  'missed',
  'open',
  'metres',
  'offPlanMetres',
  'minutes',
  'recordedMinutes',
  'timed',
  'onTime',
] as const satisfies (keyof Sums)[]

/** Shares follow from the sums; they are no mean of shares. */
export function sumCounts(counts: readonly WalkCounts[]): WalkCounts {
  const sums: Sums = countWalk([], [])
  for (const one of counts) for (const key of SUMS) sums[key] += one[key]
  return withShares(sums)
}

const withShares = (sums: Sums): WalkCounts => ({
  ...sums,
  adherence: sums.planned > 0 ? sums.visited / sums.planned : null,
  health: sums.minutes > 0 ? Math.min(1, sums.recordedMinutes / sums.minutes) : null,
  punctuality: sums.timed > 0 ? sums.onTime / sums.timed : null,
})
