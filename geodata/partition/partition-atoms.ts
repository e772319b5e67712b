import { createRandom, type Random } from '../demo/random.ts'
import { flipBorders, recombine, toWorking, type Working } from './improve.ts'
import { type Impossible, missOf, type PartitionProblem, type Priority, totalOf } from './partition.ts'
import { possibleCounts } from './possible-counts.ts'
import { makeScoring } from './score.ts'
import { searchAll } from './search-all.ts'
import { splitRegion } from './split-region.ts'
import { startStanding } from './start-standing.ts'

export interface Partition {
  /** The cell of each atom, from 0; every cell is connected. */
  part: Int32Array
  count: number
  /** Households or whatever else is weighed that are below or above the band, over all cells. */
  miss: number
}

export type Partitioned =
  | { state: 'in-band'; best: Partition }
  /** None was found, and none was proved not to be there. */
  | { state: 'not-found'; best: Partition }
  /** There is none; `best` misses the band least of those found. */
  | { state: 'impossible'; why: Impossible; best: Partition }

/** Attempts with other trees before the exact search, and steps of that. */
const ATTEMPTS = 6
const SEARCH_STEPS = 400_000
/** Rows of the graph that may be looked at to make one partition better. */
const EFFORT = 1_500_000
const FLIP_ROUNDS = 12

/**
 * Shares out the atoms among connected cells within the band, or says why that cannot be. Deterministic: the seed decides.
 * Random spanning trees are cut (ReCom), atoms at borders moved, neighbouring cells joined and divided anew; what that does not
 * solve is searched through exactly, within bounds. `isOver`: true ends the search with the best so far.
 */
export function partitionAtoms(
  problem: PartitionProblem,
  priority: Priority,
  seed: number,
  isOver: () => boolean = () => false,
): Partitioned {
  const possible = possibleCounts(problem)
  if ('impossible' in possible)
    return { state: 'impossible', why: possible.impossible, best: nearest(problem, priority, seed) }
  let best: Partition | undefined
  for (let attempt = 0; attempt < ATTEMPTS && !(best && (best.miss === 0 || isOver())); attempt++) {
    const counts = orderCounts(possible.counts, problem, attempt)
    for (const count of counts) {
      const found = attemptOne(problem, count, priority, createRandom(seed, attempt, count), isOver)
      if (!best || found.miss < best.miss) best = found
      if (best.miss === 0 || isOver()) break
    }
  }
  if (best!.miss === 0) return { state: 'in-band', best: best! }
  const searched = isOver() ? 'given-up' : searchAll(problem, SEARCH_STEPS)
  if (searched === 'given-up') return { state: 'not-found', best: best! }
  if (!searched.found)
    return { state: 'impossible', why: { reason: 'searched', tried: searched.tried }, best: best! }
  const count = Math.max(...searched.found) + 1
  return {
    state: 'in-band',
    best: polish(problem, count, priority, searched.found, createRandom(seed), isOver),
  }
}

/** The likeliest counts first; with a standing partition those near its own. Later attempts try more of them. */
function orderCounts(counts: number[], { standing }: PartitionProblem, attempt: number): number[] {
  const now = standing ? new Set(standing.filter((cell) => cell >= 0)).size : 0
  const ordered = standing ? counts.toSorted((a, b) => Math.abs(a - now) - Math.abs(b - now)) : counts
  return ordered.slice(0, attempt === 0 ? 1 : 3)
}

/** For a band that cannot be kept: the count nearest to it. */
function nearest(problem: PartitionProblem, priority: Priority, seed: number): Partition {
  const { weights, band } = problem
  const wished = problem.count ?? Math.round(totalOf(weights) / ((band.min + band.max) / 2))
  const count = Math.min(weights.length, Math.max(1, wished))
  return attemptOne(problem, count, priority, createRandom(seed), () => false)
}

function attemptOne(
  problem: PartitionProblem,
  count: number,
  priority: Priority,
  random: Random,
  isOver: () => boolean,
): Partition {
  const { graph, weights, standing } = problem
  const scoring = makeScoring(problem, count, priority, totalOf(weights))
  if (standing)
    return polish(
      problem,
      count,
      priority,
      startStanding(graph, scoring, standing, count, random),
      random,
      isOver,
    )
  const cells = splitRegion(
    graph,
    scoring,
    Array.from(weights, (_, atom) => atom),
    count,
    random,
  )
  const part = new Int32Array(weights.length)
  cells.forEach((atoms, cell) => {
    for (const atom of atoms) part[atom] = cell
  })
  return polish(problem, cells.length, priority, part, random, isOver)
}

function polish(
  problem: PartitionProblem,
  count: number,
  priority: Priority,
  part: Int32Array,
  random: Random,
  isOver: () => boolean,
): Partition {
  const { graph, weights, standing } = problem
  const scoring = makeScoring(problem, count, priority, totalOf(weights))
  const working = toWorking(graph, scoring, part, count, standing)
  flipBorders(working, random, FLIP_ROUNDS)
  if (count > 1) {
    const perTry = Math.max(1, (graph.neighbour.length / count) * 2) * 12
    const tries = Math.min(40 * count, Math.ceil(EFFORT / perTry))
    let idle = 0
    for (let i = 0; i < tries && idle < 12 * count && !isOver(); i++) {
      if (recombine(working, random)) {
        flipBorders(working, random, 2)
        idle = 0
      } else idle++
    }
    flipBorders(working, random, FLIP_ROUNDS)
  }
  return { part: working.part, count, miss: missAll(working) }
}

function missAll({ weight, oversize, scoring }: Working): number {
  let miss = 0
  for (let cell = 0; cell < weight.length; cell++)
    if (oversize[cell] === 0) miss += missOf(weight[cell]!, scoring.band)
  return miss
}
