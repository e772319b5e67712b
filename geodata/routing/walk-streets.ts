import { createRandom } from '../demo/random.ts'
import { balanceStreets } from './balance-streets.ts'
import { DisjointSets } from './disjoint-sets.ts'
import { joinStreets } from './join-streets.ts'
import { type Part, splitWalk } from './split-walk.ts'
import { StreetWays } from './street-ways.ts'
import type { Step, StreetsProblem, StreetWalk, StreetWalks } from './streets-problem.ts'
import { traceWalk } from './trace-walk.ts'

export interface WalkOptions {
  /** The same seed gives the same walks, unless `isOver` ends the search. */
  seed: number
  /** Asked between steps: stop, and keep the best. */
  isOver?: (() => boolean) | undefined
}

/** Walks that are cut among several walkers, in search of the one that cuts best. */
const TRIES = 24
/** Where the walk of those who begin anywhere is cut first. */
const ROTATIONS = 8

/**
 * Walks that pass every street to be walked. One walker goes round by the shortest walk there is where the streets hang
 * together (see joinStreets where they do not). Several share that walk, cut so that the longest share is short; then
 * each share is walked as well as can be, and streets go from the longest to others while that shortens it.
 *
 * RangeError: unknown nodes, metres below 0 or not finite, no walker.
 */
export function walkStreets(problem: StreetsProblem, options: WalkOptions): StreetWalks {
  const { start, walkers = 1 } = problem
  if (!Number.isInteger(walkers) || walkers < 1)
    throw new RangeError(`${walkers} walkers; expected a whole number, 1 or more.`)
  if (start !== undefined && !(Number.isInteger(start) && start >= 0 && start < problem.nodeCount))
    throw new RangeError(`The start is node ${start}; nodes are 0 to ${problem.nodeCount - 1}.`)
  const ways = new StreetWays(problem)
  const { reached, unreached } = reachStreets(ways, problem)
  const first = reached[0]
  const empty: StreetWalk = { steps: [], metres: 0, deadHeadMetres: 0 }
  if (first === undefined)
    return { walks: Array.from({ length: walkers }, () => empty), unreached, boundMetres: 0, isExact: true }

  const joined = joinStreets(ways, reached, start)
  const times = joined.deadHeads.slice()
  for (const street of reached) times[street]!++
  const from = start ?? ways.from[first]!
  const round = traceWalk(ways, times.slice(), reached, from)
  const measure = (steps: Step[]) => measureWalk(problem, steps)
  if (walkers === 1)
    return {
      walks: [measure(round)],
      unreached,
      boundMetres: joined.bound / 1000,
      isExact: joined.isExact,
    }

  let parts = splitWalk(ways, round, walkers, start)
  for (let attempt = 0; attempt < TRIES && !options.isOver?.(); attempt++) {
    const walk = traceWalk(ways, times.slice(), reached, from, createRandom(options.seed, attempt))
    for (const rotated of start === undefined ? rotations(walk) : [walk]) {
      const tried = splitWalk(ways, rotated, walkers, start)
      if (longest(tried) < longest(parts)) parts = tried
    }
  }
  if (start !== undefined) parts = balanceStreets(ways, parts, walkers, start, options.isOver)
  return {
    walks: Array.from({ length: walkers }, (_, walker) => measure(parts[walker]?.steps ?? [])),
    unreached,
    boundMetres: boundShares(ways, reached, walkers, start, joined.bound) / 1000,
    isExact: false,
  }
}

const longest = (parts: readonly Part[]) => Math.max(...parts.map(({ millimetres }) => millimetres))

function rotations(walk: readonly Step[]): Step[][] {
  return Array.from({ length: ROTATIONS }, (_, at) => {
    const cut = Math.floor((at * walk.length) / ROTATIONS)
    return [...walk.slice(cut), ...walk.slice(0, cut)]
  })
}

/** Nobody is done before an equal share is, or before the farthest street is. Open shares spare their dead-head ways. */
function boundShares(
  ways: StreetWays,
  required: readonly number[],
  walkers: number,
  start: number | undefined,
  bound: number,
): number {
  let own = 0
  let farthest = 0
  if (start !== undefined) ways.search([start])
  for (const street of required) {
    const length = ways.millimetres[street]!
    const way =
      start === undefined ? 0 : ways.distance[ways.from[street]!]! + ways.distance[ways.to[street]!]!
    own += length
    farthest = Math.max(farthest, length + way)
  }
  return Math.max((start === undefined ? own : bound) / walkers, farthest)
}

/** Streets to be walked in the part of the start or, without one, in the part that has most metres of them. */
function reachStreets(ways: StreetWays, { streets, start }: StreetsProblem) {
  const parts = new DisjointSets(ways.nodeCount)
  for (let street = 0; street < streets.length; street++) parts.join(ways.from[street]!, ways.to[street]!)
  const required = streets.flatMap(({ isRequired }, street) => (isRequired === false ? [] : [street]))
  const partOf = (street: number) => parts.find(ways.from[street]!)
  let chosen = start === undefined ? undefined : parts.find(start)
  if (chosen === undefined) {
    const metres = new Map<number, number>()
    for (const street of required)
      metres.set(partOf(street), (metres.get(partOf(street)) ?? 0) + ways.millimetres[street]!)
    for (const [part, sum] of metres) if (chosen === undefined || sum > metres.get(chosen)!) chosen = part
  }
  return {
    reached: required.filter((street) => partOf(street) === chosen),
    unreached: required.filter((street) => partOf(street) !== chosen),
  }
}

function measureWalk({ streets }: StreetsProblem, steps: Step[]): StreetWalk {
  let metres = 0
  let deadHeadMetres = 0
  for (const { street, isDeadHead } of steps) {
    metres += streets[street]!.metres
    if (isDeadHead) deadHeadMetres += streets[street]!.metres
  }
  return { steps, metres, deadHeadMetres }
}
