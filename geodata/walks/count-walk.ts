import type { StopState, WalkCounts } from './run.schema.ts'

/** What is kept of a walk beside its visits. */
export interface WalkFigures {
  metres: number
  offPlanMetres: number
  dutySeconds: number
  recordedSeconds: number
}

export interface VisitOfStop {
  stopId: string
  state: 'visited' | 'probable' | 'unknown'
}

const BEST_FIRST = ['visited', 'probable', 'unknown'] as const

/** What became of each stop, by the best that is known of it. `isOver`: nobody is to come any more. */
export function stopStates(
  stopIds: readonly string[],
  visits: readonly VisitOfStop[],
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

/** Adherence is told of all that is planned, so an unknown stop counts against it: it is shown beside it. */
export function countWalk(states: readonly StopState[], figures: readonly WalkFigures[]): WalkCounts {
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
  })
}

type Sums = Omit<WalkCounts, 'adherence' | 'health'>
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
})
