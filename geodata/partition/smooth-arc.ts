import {
  edgesOf,
  isInRing,
  keyOf,
  type LatticePoint,
  nearestOnSegment,
  type Shape,
  same,
  segmentsClash,
} from '../editing/lattice.ts'
import { BoxIndex } from './box-index.ts'

/** Buildings, to keep borders off them. */
export class WallIndex {
  private readonly index: BoxIndex
  private readonly shapes: readonly Shape[]

  constructor(shapes: readonly Shape[]) {
    this.shapes = shapes
    this.index = new BoxIndex(shapes)
  }

  /** Whether a straight line in place of a stretch would touch a building, or leave one on its other side. */
  isInTheWay(stretch: readonly LatticePoint[]): boolean {
    const [a, b] = [stretch[0]!, stretch[stretch.length - 1]!]
    const xs = stretch.map(([x]) => x)
    const ys = stretch.map(([, y]) => y)
    const near = this.index.near(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
    for (const i of near) {
      const shape = this.shapes[i]!
      for (const [c, d] of edgesOf(shape)) if (segmentsClash(a, b, c, d)) return true
      if (isInRing(shape[0]![0]![0]!, stretch)) return true
    }
    return false
  }
}

/**
 * Fewer vertices: a stretch becomes straight where no vertex of it is farther off than the tolerance, in lattice units (Douglas
 * and Peucker 1973), and no building is in the way. Ends stay; a closed arc keeps three corners. The very points given when nothing changes.
 */
export function smoothArc(points: LatticePoint[], walls: WallIndex, tolerance: number): LatticePoint[] {
  if (points.length < 3) return points
  const isRing = keyOf(points[0]!) === keyOf(points[points.length - 1]!)
  const kept = new Uint8Array(points.length)
  kept[0] = 1
  kept[points.length - 1] = 1
  const straighten = (from: number, to: number, mayJoin: boolean) => {
    if (to - from < 2) return
    let far = from + 1
    let most = -1
    for (let i = from + 1; i < to; i++) {
      const { distance } = mayJoin
        ? nearestOnSegment(points[i]!, points[from]!, points[to]!)
        : { distance: Math.hypot(points[i]![0] - points[from]![0], points[i]![1] - points[from]![1]) }
      if (distance <= most) continue
      most = distance
      far = i
    }
    if (mayJoin && most <= tolerance && !walls.isInTheWay(points.slice(from, to + 1))) return
    kept[far] = 1
    straighten(from, far, true)
    straighten(far, to, true)
  }
  straighten(0, points.length - 1, !isRing)
  const smooth = points.filter((_, i) => kept[i])
  return isRing && smooth.length < 4 ? points : smooth
}

/** Side of a bucket in lattice units: about 100 metres. */
const BUCKET = 10_000

/** The same segment: two borders that were straightened onto each other leave nothing between. */
const isAlike = (a: LatticePoint, b: LatticePoint, other: { a: LatticePoint; b: LatticePoint }): boolean =>
  (same(a, other.a) && same(b, other.b)) || (same(a, other.b) && same(b, other.a))

/** Numbers of the lines that cross, touch or overlap another one or themselves, but for ends in common. */
export function findClashes(lines: readonly (readonly LatticePoint[])[]): Set<number> {
  const buckets = new Map<string, { a: LatticePoint; b: LatticePoint; line: number }[]>()
  const clashing = new Set<number>()
  lines.forEach((points, line) => {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!]
      const seen = new Set<object>()
      const [west, east] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])].map((x) => Math.floor(x / BUCKET))
      const [south, north] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])].map((y) => Math.floor(y / BUCKET))
      const own = { a, b, line }
      for (let x = west!; x <= east!; x++)
        for (let y = south!; y <= north!; y++) {
          const held = buckets.get(`${x} ${y}`)
          if (!held) {
            buckets.set(`${x} ${y}`, [own])
            continue
          }
          for (const other of held) {
            if (seen.has(other)) continue
            seen.add(other)
            if (!isAlike(a, b, other) && !segmentsClash(a, b, other.a, other.b)) continue
            clashing.add(line)
            clashing.add(other.line)
          }
          held.push(own)
        }
    }
  })
  return clashing
}
