import { createRandom } from '../demo/random.ts'
import {
  addColumn,
  addRow,
  emptyProgram,
  type LinearProgram,
  type SolveProgram,
} from '../solving/linear-program.ts'
import { type CoverSets, reduceCover } from './cover-sets.ts'
import { searchCover } from './search-cover.ts'

export interface Cover {
  /** Columns of the sets, in order. */
  columns: number[]
  price: number
  /** No cover costs less. */
  bound: number
}

/** One column a site, one row each of the sets: Σ open ≥ 1. */
export function coverProgram(
  { columnsOf }: CoverSets,
  prices: readonly number[],
  isWhole: boolean,
): LinearProgram {
  const program = emptyProgram('least')
  for (const price of prices) addColumn(program, price, { isWhole })
  for (const list of columnsOf)
    addRow(
      program,
      1,
      Number.POSITIVE_INFINITY,
      Array.from(list, (column) => [column, 1] as const),
    )
  return program
}

/** The next price that some columns can have together: prices that are whole add up to whole numbers. */
export const roundUp = (bound: number, prices: readonly number[]): number => {
  const unit = prices[0] ?? 1
  return prices.every((price) => Number.isInteger(price / unit))
    ? unit * Math.ceil(bound / unit - 1e-6)
    : bound
}

/**
 * The location set covering problem (Toregas, 1971): columns that reach all rows for the least price. What is left after
 * rows and columns that say nothing are gone is searched, then solved exactly in the seconds there are.
 */
export function cheapestCover(
  whole: CoverSets,
  allPrices: readonly number[],
  solve: SolveProgram,
  {
    seconds,
    seed,
    isOver,
    steps = 2000,
  }: { seconds: number; seed: number; isOver: () => boolean; steps?: number },
): Cover {
  const { sets, columns } = reduceCover(whole, allPrices)
  const prices = columns.map((column) => allPrices[column]!)
  if (sets.rows === 0) return { columns: [], price: 0, bound: 0 }
  const priceOf = (chosen: readonly number[]) => chosen.reduce((sum, column) => sum + prices[column]!, 0)
  let best = greedyCover(sets, prices)
  if (new Set(prices).size === 1) {
    const random = createRandom(seed)
    for (;;) {
      const found = searchCover(sets, best.length - 1, { random, steps, isOver, start: best })
      if (!found) break
      best = found
    }
  }
  let bound = 0
  const start = new Float64Array(prices.length)
  for (const column of best) start[column] = 1
  const answer = solve(coverProgram(sets, prices, true), { seconds, isOver, start })
  if (answer.values.length > 0) {
    const found = [...prices.keys()].filter((column) => answer.values[column]! > 0.5)
    if (priceOf(found) < priceOf(best)) best = found
  }
  bound = Math.max(0, roundUp(answer.bound, prices))
  const price = priceOf(best)
  return {
    columns: best.map((column) => columns[column]!).sort((a, b) => a - b),
    price,
    bound: Math.min(bound, price),
  }
}

/** Again and again the column that reaches most for its price; columns that turn out to be needless are left out. */
function greedyCover({ rows, columnsOf, rowsOf }: CoverSets, prices: readonly number[]): number[] {
  const reached = new Int32Array(rows)
  const gain = rowsOf.map((list) => list.length)
  const chosen: number[] = []
  for (let left = rows; left > 0; ) {
    let best = -1
    for (const [column, more] of gain.entries())
      if (more > 0 && (best < 0 || more / prices[column]! > gain[best]! / prices[best]!)) best = column
    chosen.push(best)
    for (const row of rowsOf[best]!) {
      if (reached[row]!++ > 0) continue
      left--
      for (const column of columnsOf[row]!) gain[column]!--
    }
  }
  return chosen.filter((column) => {
    if (rowsOf[column]!.some((row) => reached[row] === 1)) return true
    for (const row of rowsOf[column]!) reached[row]!--
    return false
  })
}
