import { snap } from '../../network/snap.ts'
import type { Streets } from '../../network/walk-graph.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import { type Span, unionOf } from '../visit-metrics.ts'
import { stretchesOf } from './walked-lines.ts'

/** A street may have been moved so far since it was walked, and is still the same. */
const SAME_STREET_METRES = 3

export interface EdgeWalks {
  /** Parts that were walked, as fractions of its length, in order, apart from each other. */
  walked: [from: number, to: number][]
  /** How often somebody went along it, or into it. */
  passes: number
  /** When somebody was there last, milliseconds. */
  lastAt: number
}

/**
 * Which parts of edges were walked within a time: U_e, the union of what lines cover of each edge. `offStreetMetres`: along
 * no street of the graph, as it is now.
 */
export function walkedEdges(
  streets: Streets,
  lines: readonly TimedLine[],
  span: Span,
): { edges: Map<number, EdgeWalks>; offStreetMetres: number } {
  const edges = new Map<number, EdgeWalks>()
  let offStreetMetres = 0
  for (const line of lines) {
    let last = -1
    for (const { from, to, ends, metres } of stretchesOf(line, span)) {
      if (metres === 0) continue
      const middle = snap(streets, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], SAME_STREET_METRES)
      if (!middle) {
        offStreetMetres += metres
        last = -1
        continue
      }
      const length = streets.edgeMetres[middle.edge]!
      const half = length === 0 ? 0 : metres / 2 / length
      const found = edges.get(middle.edge) ?? { walked: [], passes: 0, lastAt: ends }
      found.walked.push([Math.max(0, middle.fraction - half), Math.min(1, middle.fraction + half)])
      found.lastAt = Math.max(found.lastAt, ends)
      if (middle.edge !== last) found.passes++
      last = middle.edge
      edges.set(middle.edge, found)
    }
  }
  for (const edge of edges.values()) edge.walked = unionOf(edge.walked)
  return { edges, offStreetMetres }
}
