import { type Band, isOversize, missOf, type PartitionProblem, type Priority } from './partition.ts'

/** What a metre of border along a street or wall counts, what unequal weights and what moved weights. */
const WEIGHTS: Record<Priority, { balance: number; border: number; barrier: number; moved: number }> = {
  balance: { balance: 60, border: 1, barrier: 0.5, moved: 4 },
  compact: { balance: 4, border: 4, barrier: 0.8, moved: 4 },
  streets: { balance: 4, border: 4, barrier: 0.1, moved: 4 },
  moves: { balance: 0.5, border: 0.2, barrier: 0.5, moved: 60 },
}
/** Being out of the band outweighs everything else. */
const MISS = 1000

export interface Scoring {
  band: Band
  weights: Float64Array
  /** What one row of the graph costs when a border runs there; rows are there in both directions. */
  borderCost: Float64Array
  /** Of a cell: lower is better. `oversize`: the weight of its atoms that alone are above the maximum. */
  ofCell(weight: number, oversize: number): number
  /** Of one unit of weight that lies in another cell than now. */
  moved: number
}

export function makeScoring(
  problem: PartitionProblem,
  count: number,
  priority: Priority,
  total: number,
): Scoring {
  const { graph, weights, band, standing } = problem
  const { balance, border, barrier, moved } = WEIGHTS[priority]
  const all = graph.metres.reduce((sum, metres) => sum + metres, 0) / 2
  // In a lattice of squares, compact cells have about this share of all borders between them.
  const usual = all * Math.sqrt(count / weights.length) || 1
  const borderCost = graph.metres.map(
    (metres, row) => (border * (metres - graph.barrierMetres[row]! * (1 - barrier))) / usual + 1e-6 * border,
  )
  const mean = total / count || 1
  return {
    band,
    weights,
    borderCost,
    moved: standing && total > 0 ? moved / total : 0,
    ofCell(weight, oversize) {
      if (oversize > 0) return (MISS / 10) * ((weight - oversize) / mean)
      const off = (weight - mean) / mean
      return (MISS * missOf(weight, band)) / mean + (balance * off * off) / count
    },
  }
}

/** The part of an atom's weight that makes its cell an exception. */
export const oversizeOf = (weight: number, band: Band): number => (isOversize(weight, band) ? weight : 0)
