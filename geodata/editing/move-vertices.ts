import type { LngLat } from '../shared/geojson.ts'
import { type CellEdit, type CellSet, refuse } from './cell-set.ts'
import { reshape } from './check-edges.ts'
import { boxAround } from './edge-index.ts'
import { isInRing, isOnSegment, keyOf, type LatticePoint, type Shape, toLattice } from './lattice.ts'

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
  const edit = reshape(cells, next)
  if (!edit.ok) return edit
  const passed = findPassed(cells, next, moved)
  return passed ? refuse('flips-cell', passed) : edit
}

/**
 * A vertex that was inside a ring and would be outside it, or the other way round. Edges that end up crossing nothing
 * can still have jumped over a whole cell that does not touch them.
 */
function findPassed(
  cells: CellSet,
  next: ReadonlyMap<string, Shape>,
  moved: (point: LatticePoint) => LatticePoint,
): LatticePoint | undefined {
  const movers = new Map<string, LatticePoint>()
  for (const key of next.keys())
    for (const point of cells.shapeOf(key).flat(2))
      if (moved(point) !== point) movers.set(keyOf(point), point)
  for (const [key, shape] of next) {
    const befores = cells.shapeOf(key).flat()
    for (const [index, after] of shape.flat().entries()) {
      const before = befores[index]!
      const near = new Map(movers)
      const swept = sweptPoints(before, after)
      for (const { a, b } of swept.length > 0 ? cells.edges.near(boxAround(swept)) : [])
        near.set(keyOf(a), a).set(keyOf(b), b)
      for (const point of before) near.delete(keyOf(point))
      for (const point of near.values()) {
        const now = moved(point)
        if (isInRing(point, before) === isInRing(now, after) || isOnRing(point, before)) continue
        return now
      }
    }
  }
  return undefined
}

/** Where the edges that change were and will be. */
function sweptPoints(before: readonly LatticePoint[], after: readonly LatticePoint[]): LatticePoint[] {
  const { length } = before
  return after.flatMap((point, i) => {
    if (point === before[i]) return []
    return [i - 1, i, i + 1].flatMap((k) => [before.at(k % length)!, after.at(k % length)!])
  })
}

const isOnRing = (point: LatticePoint, ring: readonly LatticePoint[]): boolean =>
  ring.some((a, i) => isOnSegment(point, a, ring[(i + 1) % ring.length]!))
