import { createRandom } from '../demo/random.ts'
import { addColumn, addRow, emptyProgram, type SolveProgram } from '../solving/linear-program.ts'
import { type CoverSets, coverSets } from './cover-sets.ts'
import {
  isMet,
  keptSites,
  type SitingAnswer,
  type SitingLimits,
  type SitingProblem,
} from './siting-problem.ts'
import { SwapSearch } from './swap-search.ts'

const KICKS = 30

/**
 * The maximal covering location problem (Church and ReVelle, 1974): the sites that reach the most weight within some metres.
 * Swap search, then the exact solver from what it found. `value` and `bound` are weights that are reached, kept sites'
 * share among them.
 */
export function solveMostCovered(
  problem: SitingProblem,
  withinMetres: number,
  solve: SolveProgram,
  { seed, isOver, secondsLeft }: SitingLimits & { secondsLeft: () => number },
): SitingAnswer {
  const kept = keptSites(problem)
  const sets = coverSets(problem, withinMetres, kept)
  const total = sets.weights.reduce((sum, weight) => sum + weight, 0)
  const answer = (columns: readonly number[], missed: number, leastMissed: number): SitingAnswer => ({
    sites: Int32Array.from([...kept, ...columns.map((column) => sets.sites[column]!)]).sort(),
    value: sets.keptWeight + total - missed,
    bound: sets.keptWeight + total - Math.min(leastMissed, missed),
    isProven: isMet(leastMissed, missed, sets.weights.every(Number.isInteger)),
  })
  if (sets.rows === 0) return answer([], 0, 0)

  const prices = Float64Array.from(sets.sites, (site) => problem.prices[site]!)
  const random = createRandom(seed)
  const search = new SwapSearch(
    {
      ...problem,
      demands: sets.rows,
      sites: sets.sites.length,
      metres: new Float64Array(0),
      weights: sets.weights,
      prices,
      isKept: new Uint8Array(sets.sites.length),
    },
    missedWeights(sets),
  )
  let columns: number[] = []
  let missed = total
  const keep = () => {
    if (search.open.length === 0 || search.value >= missed) return
    missed = search.value
    columns = [...search.open]
  }
  const byWorth = [...sets.sites.keys()].sort(
    (a, b) => sets.rowsOf[b]!.length / prices[b]! - sets.rowsOf[a]!.length / prices[a]! || a - b,
  )
  search.startWith(byWorth)
  for (let kick = 0; ; kick++) {
    search.improve(random, isOver)
    keep()
    if (missed === 0 || kick === KICKS || isOver()) break
    search.startWith(columns)
    search.kick(random, random.int(1, Math.max(1, columns.length >> 1)))
  }
  if (missed === 0) return answer(columns, 0, 0)

  const program = emptyProgram('least')
  for (const _ of sets.sites) addColumn(program, 0, { isWhole: true })
  for (const weight of sets.weights) addColumn(program, weight)
  for (const [row, list] of sets.columnsOf.entries())
    addRow(program, 1, Number.POSITIVE_INFINITY, [
      ...Array.from(list, (column) => [column, 1] as const),
      [sets.sites.length + row, 1] as const,
    ])
  addRow(
    program,
    0,
    problem.limit,
    Array.from(prices, (price, column) => [column, price] as const),
  )
  const start = new Float64Array(program.cost.length)
  for (const column of columns) start[column] = 1
  for (const [row, list] of sets.columnsOf.entries())
    if (!list.some((column) => start[column] === 1)) start[sets.sites.length + row] = 1
  const found = solve(program, { seconds: secondsLeft(), isOver, start })
  if (found.values.length > 0 && found.value < missed - 1e-6 * Math.max(1, missed)) {
    columns = [...sets.sites.keys()].filter((column) => found.values[column]! > 0.5)
    missed = sets.columnsOf.reduce(
      (sum, list, row) => (list.some((column) => columns.includes(column)) ? sum : sum + sets.weights[row]!),
      0,
    )
  }
  const isWhole = sets.weights.every(Number.isInteger)
  const bound = Math.max(0, isWhole ? Math.ceil(found.bound - 1e-6) : found.bound)
  return answer(columns, missed, found.state === 'optimal' ? missed : bound)
}

/** Sites × rows: the weight of a row that a site does not reach. */
function missedWeights({ rows, rowsOf, weights }: CoverSets): Float64Array {
  const missed = new Float64Array(rowsOf.length * rows)
  for (const [column, list] of rowsOf.entries()) {
    missed.set(weights, column * rows)
    for (const row of list) missed[column * rows + row] = 0
  }
  return missed
}
