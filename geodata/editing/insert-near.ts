import { keyOf, type LatticePoint, nearestOnSegment, type Shape } from './lattice.ts'
import { NODE_TOLERANCE } from './node-cells.ts'

/** A shape with those of the points that lie on its border as vertices of it; undefined: it has them all, or none lies there. */
export function insertNear(shape: Shape, points: readonly LatticePoint[]): Shape | undefined {
  let hasNew = false
  const own = new Set(shape.flat(2).map(keyOf))
  const fresh = [...new Map(points.map((point) => [keyOf(point), point])).values()].filter(
    (point) => !own.has(keyOf(point)),
  )
  const made = shape.map((rings) =>
    rings.map((ring) =>
      ring.flatMap((from, i) => {
        const to = ring[(i + 1) % ring.length]!
        const between = fresh
          .filter((point) => isInBox(point, from, to))
          .map((point) => ({ point, ...nearestOnSegment(point, from, to) }))
          .filter(({ t, distance }) => t > 0 && t < 1 && distance <= NODE_TOLERANCE)
          .sort((one, other) => one.t - other.t)
        hasNew ||= between.length > 0
        return [from, ...between.map(({ point }) => point)]
      }),
    ),
  )
  return hasNew ? made : undefined
}

const isInBox = ([x, y]: LatticePoint, a: LatticePoint, b: LatticePoint): boolean =>
  x >= Math.min(a[0], b[0]) - NODE_TOLERANCE &&
  x <= Math.max(a[0], b[0]) + NODE_TOLERANCE &&
  y >= Math.min(a[1], b[1]) - NODE_TOLERANCE &&
  y <= Math.max(a[1], b[1]) + NODE_TOLERANCE
