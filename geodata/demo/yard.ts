import { convexNear, distanceToSegment, isInside, type Vec } from './plane.ts'

/** Metres that must stay free beside a segment. */
export type Obstacle = [a: Vec, b: Vec, clear: number]

/** A piece of ground on which things are placed without touching its borders, its obstacles or each other. */
export interface Yard {
  isFree(p: Vec): boolean
  /** May a convex ring stand here, `gap` metres from whatever stands already? */
  fits(ring: readonly Vec[], gap: number): boolean
  take(ring: Vec[]): void
}

export function createYard(rings: readonly (readonly Vec[])[], obstacles: readonly Obstacle[]): Yard {
  const taken: { ring: Vec[]; x: number; y: number; radius: number }[] = []
  const isFree = (p: Vec) =>
    rings.every((ring) => isInside(p, ring)) &&
    obstacles.every(([a, b, clear]) => distanceToSegment(p, a, b) >= clear)
  return {
    isFree,
    fits(ring, gap) {
      const { x, y, radius } = circle(ring)
      return (
        taken.every(
          (other) =>
            Math.hypot(other.x - x, other.y - y) > other.radius + radius + gap ||
            !convexNear(ring, other.ring, gap),
        ) && samples(ring).every(isFree)
      )
    },
    take(ring) {
      taken.push({ ring, ...circle(ring) })
    },
  }
}

function circle(ring: readonly Vec[]) {
  let x = 0
  let y = 0
  for (const p of ring) {
    x += p[0] / ring.length
    y += p[1] / ring.length
  }
  return { x, y, radius: Math.max(...ring.map((p) => Math.hypot(p[0] - x, p[1] - y))) }
}

/** Corners, and points at most five metres apart along the sides. */
function samples(ring: readonly Vec[]): Vec[] {
  const out: Vec[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    const pieces = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 5))
    for (let k = 0; k < pieces; k++) out.push([ax + ((bx - ax) * k) / pieces, ay + ((by - ay) * k) / pieces])
  }
  return out
}
