import type { LngLat } from '../shared/geojson.ts'
import { type CellEdit, type CellSet, refuse } from './cell-set.ts'
import { reshape } from './check-edges.ts'
import { keyOf, type LatticePoint, type Shape, toLattice } from './lattice.ts'

export interface VertexMove {
  from: LngLat
  to: LngLat
}

/** Moves one vertex in every cell of every level that has it. */
export const moveVertex = (cells: CellSet, from: LngLat, to: LngLat): CellEdit =>
  moveVertices(cells, [{ from, to }])

/**
 * Moves vertices together (one, a segment, a stretch of border) in every cell of every level that has them, so that
 * neither gap nor overlap comes about; all of it or nothing. A place that another vertex holds is refused with
 * `vertex-taken` and not merged with it. `at` of a refusal is the place of the trouble.
 */
export function moveVertices(cells: CellSet, moves: readonly VertexMove[]): CellEdit {
  const to = new Map<string, LatticePoint>()
  for (const move of moves) {
    const from = toLattice(move.from)
    const target = toLattice(move.to)
    if (cells.keysAt(from).size === 0) return refuse('not-found', from)
    if (!cells.mayChange(from) || !cells.mayChange(target)) return refuse('outside-area', from)
    if (keyOf(from) !== keyOf(target)) to.set(keyOf(from), target)
  }
  const targets = new Set<string>()
  for (const target of to.values()) {
    const key = keyOf(target)
    if (targets.has(key) || (cells.keysAt(target).size > 0 && !to.has(key)))
      return refuse('vertex-taken', target)
    targets.add(key)
  }
  const moved = (point: LatticePoint) => to.get(keyOf(point)) ?? point
  const next = new Map<string, Shape>()
  for (const { from } of moves) {
    for (const key of cells.keysAt(toLattice(from))) {
      if (!next.has(key))
        next.set(
          key,
          cells.shapeOf(key).map((rings) => rings.map((ring) => ring.map(moved))),
        )
    }
  }
  if (to.size === 0) return { ok: true, changed: [], created: [], removed: [] }
  return reshape(cells, next, moved)
}
