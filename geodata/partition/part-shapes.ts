import { edgesOf, keyOf, type LatticePoint, type Shape } from '../editing/lattice.ts'
import { tracePolygons } from '../editing/trace-faces.ts'
import type { Border } from './divide-ground.ts'
import { STANDING, STREET, WALL } from './node-segments.ts'
import { findClashes, smoothArc, type WallIndex } from './smooth-arc.ts'

/** How far a border may be moved to make it straighter, in lattice units: along a street or a wall a good metre. */
const TOLERANCE = 120
/** Five metres where nothing but ground lies. */
const OPEN_TOLERANCE = 500

/** A stretch of border between two cells, or of one and what lies outside (−1), with the same two all along. */
export interface Arc {
  points: LatticePoint[]
  left: number
  right: number
  /** It lies on a border that stood before. */
  isStanding: boolean
  /** It lies on open ground: along no street and no wall. */
  isOpen: boolean
}

/**
 * The shapes of cells made of atoms, in the order of their numbers, and the borders between them. Together they are the cell
 * that was shared out: its outline keeps its own vertices and gets new ones only where a border meets it. Borders are
 * drawn straighter where that moves them by little and past no building (`walls`); those that stood before (`standing`) stay.
 */
export function partShapes(
  borders: readonly Border[],
  part: ArrayLike<number>,
  cell: Shape,
  walls: WallIndex,
  standing: readonly Shape[] = [],
): { shapes: Shape[]; arcs: Arc[] } {
  const corners = new Set(
    [cell, ...standing].flatMap((shape) => [...edgesOf(shape)].map(([from]) => keyOf(from))),
  )
  const raw = arcsOf(borders, part)
  const arcs = raw.map((arc) => ({
    ...arc,
    points:
      arc.right < 0 || arc.isStanding
        ? alongOutline(arc.points, corners)
        : smoothArc(arc.points, walls, arc.isOpen ? OPEN_TOLERANCE : TOLERANCE),
  }))
  // Two borders that were straightened across each other go back to what they were.
  for (;;) {
    const clashing = [...findClashes(arcs.map(({ points }) => points))].filter(
      (i) => arcs[i] !== raw[i] && arcs[i]!.right >= 0,
    )
    if (clashing.length === 0) break
    for (const i of clashing) arcs[i] = raw[i]!
  }
  let count = 0
  for (let atom = 0; atom < part.length; atom++) count = Math.max(count, part[atom]! + 1)
  const edges: [LatticePoint, LatticePoint][][] = Array.from({ length: count }, () => [])
  for (const { points, left, right } of arcs)
    for (let i = 1; i < points.length; i++) {
      edges[left]!.push([points[i - 1]!, points[i]!])
      if (right >= 0) edges[right]!.push([points[i]!, points[i - 1]!])
    }
  return { shapes: edges.map(tracePolygons), arcs }
}

function arcsOf(borders: readonly Border[], part: ArrayLike<number>): Arc[] {
  const between = borders.flatMap(({ a, b, left, right, kind }) => {
    const [one, other] = [part[left]!, right < 0 ? -1 : part[right]!]
    const isStanding = (kind & STANDING) !== 0
    return one === other
      ? []
      : [{ a, b, left: one, right: other, isStanding, isOpen: (kind & (STREET | WALL)) === 0 }]
  })
  const ends = new Map<string, number[]>()
  const touch = (point: LatticePoint, i: number) => {
    const held = ends.get(keyOf(point))
    if (held) held.push(i)
    else ends.set(keyOf(point), [i])
  }
  between.forEach(({ a, b }, i) => {
    touch(a, i)
    touch(b, i)
  })
  const sameSides = (i: number, j: number) => {
    const [one, other] = [between[i]!, between[j]!]
    if (one.isStanding !== other.isStanding || one.isOpen !== other.isOpen) return false
    return (
      (one.left === other.left && one.right === other.right) ||
      (one.left === other.right && one.right === other.left)
    )
  }
  const isJunction = (point: LatticePoint) => {
    const held = ends.get(keyOf(point))!
    return held.length !== 2 || !sameSides(held[0]!, held[1]!)
  }
  const used = new Uint8Array(between.length)
  const arcs: Arc[] = []
  const follow = (first: number, isBack: boolean) => {
    let at = between[first]!
    const { left, right, isStanding, isOpen } = at
    const points = isBack ? [at.b, at.a] : [at.a, at.b]
    used[first] = 1
    for (;;) {
      const end = points[points.length - 1]!
      if (isJunction(end) || keyOf(end) === keyOf(points[0]!)) break
      const next = ends.get(keyOf(end))!.find((i) => !used[i])
      if (next === undefined) break
      used[next] = 1
      at = between[next]!
      points.push(keyOf(at.a) === keyOf(end) ? at.b : at.a)
    }
    arcs.push({ points: isBack ? points.reverse() : points, left, right, isStanding, isOpen })
  }
  between.forEach(({ a, b }, i) => {
    if (used[i]) return
    if (isJunction(a)) follow(i, false)
    else if (isJunction(b)) follow(i, true)
  })
  between.forEach((_, i) => {
    if (!used[i]) follow(i, false)
  })
  return arcs
}

/** What was put into an outline between its own vertices goes, but for the two ends. */
function alongOutline(points: LatticePoint[], corners: ReadonlySet<string>): LatticePoint[] {
  const isRing = keyOf(points[0]!) === keyOf(points[points.length - 1]!)
  if (!isRing)
    return points.filter((point, i) => i === 0 || i === points.length - 1 || corners.has(keyOf(point)))
  const own = points.slice(1).filter((point) => corners.has(keyOf(point)))
  return own.length > 2 ? [own[own.length - 1]!, ...own] : points
}
