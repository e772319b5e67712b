import type { CellSet } from './cell-set.ts'
import { boxAround } from './edge-index.ts'
import { edgeKeyOf, isInRing, isOnSegment, keyOf, type LatticePoint, type Shape } from './lattice.ts'

/**
 * A vertex that was inside a ring and would be outside it, or the other way round. Edges that end up crossing nothing
 * can still have jumped over a whole cell that does not touch them. `next` has the rings of existing cells in the
 * same order; `moved` says where a vertex goes.
 */
export function findPassed(
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

/** The ends of the edges that only one of two rings has. */
function sweptPoints(before: readonly LatticePoint[], after: readonly LatticePoint[]): LatticePoint[] {
  const edges = (ring: readonly LatticePoint[]) =>
    new Map(
      ring.map((a, i) => {
        const b = ring[(i + 1) % ring.length]!
        return [edgeKeyOf(a, b), [a, b]] as const
      }),
    )
  const [olds, news] = [edges(before), edges(after)]
  return [
    ...[...olds].filter(([key]) => !news.has(key)),
    ...[...news].filter(([key]) => !olds.has(key)),
  ].flatMap(([, ends]) => ends)
}

const isOnRing = (point: LatticePoint, ring: readonly LatticePoint[]): boolean =>
  ring.some((a, i) => isOnSegment(point, a, ring[(i + 1) % ring.length]!))
