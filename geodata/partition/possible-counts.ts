import { type Impossible, isOversize, type PartitionProblem, totalOf } from './partition.ts'

/** The most counts that are tried, those nearest to the middle of the band first. */
const MAX_COUNTS = 12

/**
 * Numbers of cells for which the sums come out (count·min ≤ total ≤ count·max), the likeliest first, or why there is
 * none. Atoms above the maximum may each make one cell heavier, so with them only the lower end binds.
 */
export function possibleCounts({
  weights,
  band,
  count,
}: Pick<PartitionProblem, 'weights' | 'band' | 'count'>): { counts: number[] } | { impossible: Impossible } {
  const total = totalOf(weights)
  const oversize = weights.filter((weight) => isOversize(weight, band))
  const ordinary = total - totalOf(oversize)
  // Cells with an oversize atom may take any part of the rest, and need none of it.
  const most = Math.min(
    weights.length,
    oversize.length + (band.min > 0 ? Math.floor(ordinary / band.min) : weights.length),
  )
  const fewest = oversize.length > 0 ? 1 : Math.max(1, Math.ceil(total / band.max))
  if (count !== undefined && count > weights.length)
    return { impossible: { reason: 'too-few', atoms: weights.length, count } }
  if (fewest > most && oversize.length === 0 && fewest <= weights.length)
    return { impossible: { reason: 'no-count', total, fewest, most } }
  if (count !== undefined)
    return count >= fewest && count <= Math.max(most, fewest)
      ? { counts: [count] }
      : { impossible: { reason: 'count', total, count, fewest, most } }
  if (fewest > most) return { impossible: { reason: 'no-count', total, fewest, most } }
  const wished = Math.max(1, ordinary / ((band.min + band.max) / 2)) + oversize.length
  const counts = Array.from({ length: Math.min(most - fewest + 1, 1000) }, (_, i) => fewest + i)
  counts.sort((a, b) => Math.abs(a - wished) - Math.abs(b - wished) || a - b)
  return { counts: counts.slice(0, MAX_COUNTS) }
}
