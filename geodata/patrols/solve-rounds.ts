import { checkRounds } from '../routing/check-rounds.ts'
import { planRounds } from '../routing/plan-rounds.ts'
import { breakOf, type Rounds, type RoundsProblem } from '../routing/rounds-problem.ts'
import type { Proposal } from './generation.schema.ts'
import { makeUuid } from './make-uuid.ts'
import { isoOf } from './opening-windows.ts'
import type { Round, Stop, Unserved, UnservedReason } from './plan.schema.ts'
import { poseRounds, type RoundItem, type RoundsQuestion } from './pose-rounds.ts'
import { guessStarts } from './start-guessing.ts'

/**
 * Steps of the search in a second that is given, unless their number is said: about half of what one core of 2026 does, so
 * that machines come to the same plan before their time is over.
 */
const stepsPerSecond = (items: number): number => Math.min(10_000, 2.5e9 / (items * items))
const STEPS_IN_TURN = 32
/** Plans that only say how hard the times are to guess are searched for this many times shorter. */
const OTHERS_SHARE = 20

export interface SolveControl {
  /** The time is over, or somebody cancelled: what is best so far is kept. */
  isOver(): boolean
  /** Told now and then of the share of the steps that are done, 0–1, and of better proposals. */
  onProgress?(share: number): void
  onBetter?(proposal: SolvedRounds): void
}

/** A proposal but for when and how long it was searched, which only a clock knows. */
export type SolvedRounds = Omit<Proposal, 'generated'> & { iterations: number }

/**
 * Rounds for the question. `metres`: between its places, row by row. The same question, seed and number of steps give the
 * same rounds, unless `isOver` ends the search before. Visits that found no room before their limit, or in the part of
 * their window that chance gave them, are put in last, where they fit their opening hours.
 */
export function solveRounds(
  question: RoundsQuestion,
  metres: Float64Array,
  control: SolveControl,
): SolvedRounds {
  const { settings } = question
  const solved = solve(question, metres, control)
  if (settings.unpredictability === 0) return solved
  const calm = { ...settings, unpredictability: 0, iterations: Math.ceil(solved.iterations / 4) }
  const { visits, metres: length } = solve(
    { ...question, settings: calm, items: question.items.map(withoutChance) },
    metres,
    { isOver: control.isOver },
  )
  const others = (question.others ?? []).map((other) => {
    const iterations = Math.ceil(solved.iterations / OTHERS_SHARE)
    return solve({ ...other, settings: { ...other.settings, iterations } }, metres, {
      isOver: control.isOver,
    })
  })
  const guessing =
    others.length > 0
      ? guessStarts(question, [solved.rounds, ...others.map(({ rounds }) => rounds)], metres)
      : undefined
  return { ...solved, predictable: { visits, metres: length }, ...(guessing ? { guessing } : {}) }
}

function solve(
  question: RoundsQuestion,
  metres: Float64Array,
  { isOver, onProgress, onBetter }: SolveControl,
): SolvedRounds {
  const { settings } = question
  const problem = poseRounds(question, metres)
  const iterations =
    settings.iterations ?? Math.round(settings.seconds * stepsPerSecond(question.items.length))
  let turns = 0
  const found = planRounds(problem, {
    seed: settings.seed,
    iterations,
    isOver: () => {
      onProgress?.(iterations > 0 ? Math.min(1, (turns++ * STEPS_IN_TURN) / iterations) : 1)
      return isOver()
    },
    onBetter: (better) => onBetter?.(describe(question, problem, better, metres, false)),
  })
  if (found.unserved.length === 0) return describe(question, problem, found, metres, false)
  const wider = poseRounds(
    question,
    metres,
    found.rounds.map((round) => round.filter((item) => breakOf(item) === undefined)),
  )
  const last = planRounds(wider, { seed: settings.seed, iterations: 0 })
  // A break may stand elsewhere then: what no longer holds is not taken.
  if (faultsOf(wider, last) > faultsOf(wider, found)) return describe(question, problem, found, metres, false)
  return { ...describe(question, wider, last, metres, true), iterations: found.iterations }
}

const withoutChance = (item: RoundItem): RoundItem =>
  item.visit
    ? {
        ...item,
        visit: { ...item.visit, windows: item.visit.calm, notBefore: item.visit.widestNotBefore },
      }
    : item

const faultsOf = (problem: RoundsProblem, { rounds, unserved }: Rounds): number =>
  checkRounds(
    problem,
    rounds,
    unserved.map(({ site }) => site),
  ).faults.length

function describe(
  question: RoundsQuestion,
  problem: RoundsProblem,
  { rounds, unserved, iterations }: Rounds,
  metres: Float64Array,
  isWidest: boolean,
): SolvedRounds {
  const { items, teams, kept, impossible, places } = question
  let length = 0
  const found = rounds.flatMap((round, number): Round[] => {
    const own = teams[number]!
    const visited = round.filter((item) => breakOf(item) === undefined)
    if (visited.length === 0) return []
    const { start, end } = problem.teams[number]!
    const way = [start, ...visited.map((item) => items[item]!.place), end].filter((at) => at !== undefined)
    for (let at = 1; at < way.length; at++) length += metres[way[at - 1]! * places.length + way[at]!]!
    const stops = visited.map((item) => stopOf(items[item]!, question, isWidest))
    return [
      {
        id: own.roundId ?? makeUuid(question.settings.seed, -1 - number),
        teamId: own.team.id,
        locked: false,
        from: null,
        to: null,
        stops,
        legs: Array.from({ length: stops.length + 1 }, () => 'street' as const),
      },
    ]
  })
  const left = unserved.flatMap(({ site, reason }): Unserved[] => {
    const visit = items[site]!.visit
    if (!visit?.isNeeded) return []
    return [
      {
        checkpointId: visit.site.checkpointId,
        visit: visit.visit,
        reason: reason === 'dropped' ? whyDropped(problem, site) : REASONS[reason],
      },
    ]
  })
  return {
    rounds: [...kept, ...found],
    unserved: [...left, ...impossible].sort((a, b) => a.checkpointId - b.checkpointId || a.visit - b.visit),
    metres: Math.round(Number.isFinite(length) ? length : 0),
    visits: [...kept, ...found].reduce(
      (sum, { stops }) => sum + stops.filter(({ checkpointId }) => checkpointId !== null).length,
      0,
    ),
    iterations,
  }
}

const REASONS = {
  'no-team': 'area',
  unreachable: 'unreachable',
  window: 'window',
  time: 'time',
} as const satisfies Record<string, UnservedReason>

function stopOf(
  { stop, stopId, visit }: RoundItem,
  { settings, from }: RoundsQuestion,
  isWidest: boolean,
): Stop {
  if (stop) return stop
  const { site, visit: number } = visit!
  const notBefore = isWidest ? visit!.widestNotBefore : visit!.notBefore
  return {
    id: stopId ?? makeUuid(settings.seed, site.checkpointId, number),
    checkpointId: site.checkpointId,
    lngLat: site.lngLat,
    dwellMinutes: site.serviceMinutes,
    ...(notBefore > 0 ? { notBefore: isoOf(from + notBefore * 1000) } : {}),
    locked: false,
  }
}

/** A visit that would have been worth its way from where a team begins was left out for want of time. */
function whyDropped({ teams, sites, seconds, places }: RoundsProblem, site: number): UnservedReason {
  const { place, prize } = sites[site]!
  const isWorthIt = teams.some(({ start, end }) => {
    const there = start === undefined ? 0 : seconds[start * places + place]!
    const back = end === undefined ? 0 : seconds[place * places + end]!
    return there + back < prize
  })
  return isWorthIt ? 'time' : 'dropped'
}
