import type { TimedLine } from '../../walks/draw-matched.ts'
import type { Span } from '../visit-metrics.ts'
import type { CellClipper } from './cell-clipper.ts'
import { stretchesOf } from './walked-lines.ts'

/** Time on the way, standing still included, and length. */
export interface Effort {
  minutes: number
  metres: number
}

export interface CellEffort {
  /** By cell. */
  cells: Effort[]
  outside: Effort
  total: Effort
}

/**
 * E_c = Σ |segment ∩ c| / v over all lines within a time, v being the pace of the segment: its minutes by the share of it
 * that lies in the cell. Σ E_c + outside = total.
 */
export function sumEffort(
  lines: readonly TimedLine[],
  span: Span,
  clipper: CellClipper,
  cellCount: number,
): CellEffort {
  const cells = Array.from({ length: cellCount }, (): Effort => ({ minutes: 0, metres: 0 }))
  const outside: Effort = { minutes: 0, metres: 0 }
  const total: Effort = { minutes: 0, metres: 0 }
  for (const line of lines)
    for (const { from, to, begins, ends, metres } of stretchesOf(line, span)) {
      const minutes = (ends - begins) / 60_000
      total.minutes += minutes
      total.metres += metres
      for (const [cell, share] of clipper.shares(from, to)) {
        const effort = cell === undefined ? outside : cells[cell]!
        effort.minutes += share * minutes
        effort.metres += share * metres
      }
    }
  return { cells, outside, total }
}
