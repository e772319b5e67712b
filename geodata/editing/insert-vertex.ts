import type { LngLat } from '../shared/geojson.ts'
import { type CellEdit, type CellSet, refuse } from './cell-set.ts'
import { reshape } from './check-edges.ts'
import { type LatticePoint, type Shape, same, toLattice } from './lattice.ts'

/**
 * Puts a vertex between the two ends of an edge, in every cell of every level that has the edge. `at` may lie beside
 * the edge: the border then bends to it.
 */
export function insertVertex(cells: CellSet, edge: readonly [LngLat, LngLat], at: LngLat): CellEdit {
  const [from, to] = [toLattice(edge[0]), toLattice(edge[1])]
  const vertex = toLattice(at)
  const found = cells.edges.get(from, to)
  if (!found) return refuse('not-found', from)
  if (cells.keysAt(vertex).size > 0) return refuse('vertex-taken', vertex)
  if (!cells.mayChange(vertex)) return refuse('outside-area', vertex)
  const next = new Map<string, Shape>()
  for (const key of found.cells) next.set(key, insertInto(cells.shapeOf(key), from, to, [vertex]))
  return reshape(cells, next)
}

/** A shape with further vertices, in order from a to b, on its edge a–b or b–a. */
export function insertInto(
  shape: Shape,
  a: LatticePoint,
  b: LatticePoint,
  between: readonly LatticePoint[],
): Shape {
  return shape.map((rings) =>
    rings.map((ring) =>
      ring.flatMap((point, i) => {
        const next = ring[(i + 1) % ring.length]!
        if (same(point, a) && same(next, b)) return [point, ...between]
        if (same(point, b) && same(next, a)) return [point, ...between.toReversed()]
        return [point]
      }),
    ),
  )
}
