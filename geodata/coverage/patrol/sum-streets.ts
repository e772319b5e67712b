import { pointsOf } from '../../network/find-path.ts'
import { segmentMetres } from '../../network/segment-metres.ts'
import type { CellClipper } from './cell-clipper.ts'
import type { AskedStreets } from './patrol-question.ts'
import type { EdgeWalks } from './walked-edges.ts'

/** Metres of streets that were walked, and of all. */
export interface StreetMetres {
  walked: number
  all: number
}

/** Σ |U_e| and Σ ℓ_e of the streets that are asked about, by cell and in all, cut exactly at the borders. */
export function sumStreets(
  { graph, isAsked }: AskedStreets,
  edges: ReadonlyMap<number, EdgeWalks>,
  clipper: CellClipper,
  cellCount: number,
): StreetMetres[] {
  const cells = Array.from({ length: cellCount }, (): StreetMetres => ({ walked: 0, all: 0 }))
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (isAsked[edge] !== 1) continue
    for (const [from, to, isWalked] of partsOf(edges.get(edge)?.walked ?? [])) {
      const points = pointsOf(graph, { edge, fromFraction: from, toFraction: to })
      for (let at = 1; at < points.length; at++) {
        const [a, b] = [points[at - 1]!, points[at]!]
        const metres = segmentMetres(...a, ...b)
        for (const [cell, share] of clipper.shares(a, b)) {
          if (cell === undefined) continue
          cells[cell]!.all += share * metres
          if (isWalked) cells[cell]!.walked += share * metres
        }
      }
    }
  }
  return cells
}

/** An edge from end to end as parts that were walked and parts that were not. */
function partsOf(walked: EdgeWalks['walked']): [from: number, to: number, isWalked: boolean][] {
  const parts: [number, number, boolean][] = []
  let until = 0
  for (const [from, to] of walked) {
    if (from > until) parts.push([until, from, false])
    if (to > from) parts.push([from, to, true])
    until = Math.max(until, to)
  }
  if (until < 1) parts.push([until, 1, false])
  return parts
}

/** The same of all streets together, whether a cell holds them or not. */
export function allStreets(
  { graph, isAsked }: AskedStreets,
  edges: ReadonlyMap<number, EdgeWalks>,
): StreetMetres {
  const sums: StreetMetres = { walked: 0, all: 0 }
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (isAsked[edge] !== 1) continue
    const metres = graph.edgeMetres[edge]!
    sums.all += metres
    for (const [from, to] of edges.get(edge)?.walked ?? []) sums.walked += (to - from) * metres
  }
  return sums
}
