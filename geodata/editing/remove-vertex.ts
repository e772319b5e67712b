import type { LngLat } from '../shared/geojson.ts'
import { type CellEdit, type CellSet, refuse } from './cell-set.ts'
import { reshape } from './check-edges.ts'
import { keyOf, type Shape, same, toLattice } from './lattice.ts'

/**
 * Takes a vertex out of every cell of every level that has it. Only where exactly two edges meet: elsewhere borders
 * branch and the vertex holds them together (`junction`).
 */
export function removeVertex(cells: CellSet, at: LngLat): CellEdit {
  const vertex = toLattice(at)
  const keys = cells.keysAt(vertex)
  if (keys.size === 0) return refuse('not-found', vertex)
  if (!cells.mayChange(vertex)) return refuse('outside-area', vertex)
  const neighbours = new Map<string, (typeof vertex)[]>()
  const next = new Map<string, Shape>()
  for (const key of keys) {
    const shape = cells.shapeOf(key)
    for (const ring of shape.flat()) {
      const index = ring.findIndex((point) => same(point, vertex))
      if (index < 0) continue
      for (const step of [-1, 1]) {
        const neighbour = ring.at((index + step) % ring.length)!
        neighbours.set(keyOf(neighbour), [neighbour])
      }
    }
    next.set(
      key,
      shape.map((rings) => rings.map((ring) => ring.filter((point) => !same(point, vertex)))),
    )
  }
  if (neighbours.size !== 2) return refuse('junction', vertex)
  const [a, b] = [...neighbours.values()].flat()
  if (cells.edges.get(a!, b!)) return refuse('too-small', vertex)
  return reshape(cells, next)
}
