/** Geometry of the local plane: metres, x east, y north. Rings are open (first point not repeated), anticlockwise. */
export type Vec = [x: number, y: number]

export interface Frame {
  origin: Vec
  /** Radians anticlockwise from east to the frame's first axis. */
  angle: number
}

export function toWorld(frame: Frame, [u, v]: Vec): Vec {
  const cos = Math.cos(frame.angle)
  const sin = Math.sin(frame.angle)
  return [frame.origin[0] + u * cos - v * sin, frame.origin[1] + u * sin + v * cos]
}

export function toLocal(frame: Frame, [x, y]: Vec): Vec {
  const cos = Math.cos(frame.angle)
  const sin = Math.sin(frame.angle)
  const dx = x - frame.origin[0]
  const dy = y - frame.origin[1]
  return [dx * cos + dy * sin, -dx * sin + dy * cos]
}

export const lerp = (a: Vec, b: Vec, t: number): Vec => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
export const distance = (a: Vec, b: Vec): number => Math.hypot(b[0] - a[0], b[1] - a[1])
export const unit = (a: Vec, b: Vec): Vec => {
  const length = distance(a, b) || 1
  return [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
}

export function ringArea(ring: readonly Vec[]): number {
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1]
  }
  return sum / 2
}

export function ringCentroid(ring: readonly Vec[]): Vec {
  let x = 0
  let y = 0
  let sum = 0
  const [ox, oy] = ring[0]!
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const ax = ring[j]![0] - ox
    const ay = ring[j]![1] - oy
    const bx = ring[i]![0] - ox
    const by = ring[i]![1] - oy
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
    sum += cross
  }
  return [ox + x / (3 * sum), oy + y / (3 * sum)]
}

export function isInside([x, y]: Vec, ring: readonly Vec[]): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

export function distanceToSegment([x, y]: Vec, a: Vec, b: Vec): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const lengthSquared = dx * dx + dy * dy
  const t = lengthSquared && Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / lengthSquared))
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy)
}

/** Where segment a→b crosses segment c→d: [along ab, along cd], each in [0, 1]. */
export function crossing(a: Vec, b: Vec, c: Vec, d: Vec): [number, number] | undefined {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const cross = rx * sy - ry * sx
  if (Math.abs(cross) < 1e-9) return undefined
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
  const s = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
  return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? [t, s] : undefined
}

export function isSimple(ring: readonly Vec[]): boolean {
  const n = ring.length
  if (n < 3) return false
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue
      if (crossing(ring[i]!, ring[(i + 1) % n]!, ring[j]!, ring[(j + 1) % n]!)) return false
    }
  }
  return true
}

/** Part of a (nearly) convex ring on the left of the line through `p` in direction `d` (Sutherland and Hodgman). */
export function clipLeft(ring: readonly Vec[], p: Vec, d: Vec): Vec[] {
  const side = (q: Vec) => d[0] * (q[1] - p[1]) - d[1] * (q[0] - p[0])
  const out: Vec[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j]!
    const b = ring[i]!
    const sa = side(a)
    const sb = side(b)
    if (sa >= 0 !== sb >= 0) out.push(lerp(a, b, sa / (sa - sb)))
    if (sb >= 0) out.push(b)
  }
  return out
}

/** Do two convex rings come nearer than `gap` metres? Separating axes; exact for rectangles apart from corners. */
export function convexNear(a: readonly Vec[], b: readonly Vec[], gap: number): boolean {
  for (const ring of [a, b]) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ux, uy] = unit(ring[j]!, ring[i]!)
      let aLow = Infinity
      let aHigh = -Infinity
      let bLow = Infinity
      let bHigh = -Infinity
      for (const [x, y] of a) {
        const along = x * uy - y * ux
        if (along < aLow) aLow = along
        if (along > aHigh) aHigh = along
      }
      for (const [x, y] of b) {
        const along = x * uy - y * ux
        if (along < bLow) bLow = along
        if (along > bHigh) bHigh = along
      }
      if (aHigh + gap <= bLow || bHigh + gap <= aLow) return false
    }
  }
  return true
}

/**
 * An anticlockwise ring moved inwards, edge i (from point i to i+1) by `distances[i]` metres. Edges that vanish are
 * dropped. Meant for gently bent blocks; returns undefined when the result is not a simple ring.
 */
export function insetRing(ring: readonly Vec[], distances: readonly number[]): Vec[] | undefined {
  let sides = ring.map((a, i) => ({ a, b: ring[(i + 1) % ring.length]!, d: distances[i]! }))
  sides = sides.filter((side) => distance(side.a, side.b) > 0.05)
  for (;;) {
    const n = sides.length
    if (n < 3) return undefined
    const corners = sides.map((side, i) => insetCorner(sides[(i + n - 1) % n]!, side))
    const vanished = sides.findIndex((side, i) => {
      const [ux, uy] = unit(side.a, side.b)
      const from = corners[i]!
      const to = corners[(i + 1) % n]!
      return (to[0] - from[0]) * ux + (to[1] - from[1]) * uy < 0
    })
    if (vanished === -1) return isSimple(corners) && ringArea(corners) > 0 ? corners : undefined
    sides.splice(vanished, 1)
  }
}

interface Side {
  a: Vec
  b: Vec
  d: number
}

function insetCorner(before: Side, after: Side): Vec {
  const [ux, uy] = unit(before.a, before.b)
  const [vx, vy] = unit(after.a, after.b)
  const p: Vec = [before.a[0] - uy * before.d, before.a[1] + ux * before.d]
  const q: Vec = [after.a[0] - vy * after.d, after.a[1] + vx * after.d]
  const cross = ux * vy - uy * vx
  if (Math.abs(cross) < 0.12) {
    const d = Math.max(before.d, after.d)
    const [nx, ny] = unit([0, 0], [-uy - vy, ux + vx])
    const joint = distance(before.b, after.a) < 0.05 ? after.a : lerp(before.b, after.a, 0.5)
    return [joint[0] + nx * d, joint[1] + ny * d]
  }
  const t = ((q[0] - p[0]) * vy - (q[1] - p[1]) * vx) / cross
  return [p[0] + ux * t, p[1] + uy * t]
}
