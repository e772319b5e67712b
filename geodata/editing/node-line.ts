import type { CellSet } from './cell-set.ts'
import { boxAround, type SharedEdge } from './edge-index.ts'
import {
  edgeKeyOf,
  isOnSegment,
  type LatticePoint,
  METRES_PER_UNIT,
  nearestOnSegment,
  same,
  segmentsClash,
} from './lattice.ts'

/** A drawn line goes through a vertex that it passes this closely: no slivers. */
const SNAP_METRES = 0.3
const SNAP = Math.ceil(SNAP_METRES / METRES_PER_UNIT)
const MAX_ROUNDS = 8

export interface NodedLine {
  /** The line with a vertex wherever it meets a border; each piece crosses none. */
  path: LatticePoint[]
  /** Edges that get vertices where the line meets them, with those vertices from `edge.a` to `edge.b`. */
  splits: Map<string, { edge: SharedEdge; between: LatticePoint[] }>
}

/** An edge, or a piece of one that the line has split. */
interface Piece {
  a: LatticePoint
  b: LatticePoint
  edge: SharedEdge
}

/**
 * A line and the borders near it brought to common vertices, rounded to the lattice. Undefined when it would not
 * settle, which takes borders closer together than the lattice is fine.
 */
export function nodeLine(cells: CellSet, line: readonly LatticePoint[]): NodedLine | undefined {
  let pieces: Piece[] = [...cells.edges.near(boxAround(line, SNAP))].map((edge) => ({
    a: edge.a,
    b: edge.b,
    edge,
  }))
  const splits: NodedLine['splits'] = new Map()

  const split = (piece: Piece, at: LatticePoint) => {
    if (same(at, piece.a) || same(at, piece.b)) return
    pieces = pieces.filter((other) => other !== piece)
    pieces.push({ a: piece.a, b: at, edge: piece.edge }, { a: at, b: piece.b, edge: piece.edge })
    const { edge } = piece
    const key = edgeKeyOf(edge.a, edge.b)
    const between = [...(splits.get(key)?.between ?? []), at]
    const place = (point: LatticePoint) => nearestOnSegment(point, edge.a, edge.b).t
    splits.set(key, { edge, between: between.sort((one, other) => place(one) - place(other)) })
  }

  let path = withoutRepeats(line.map((point) => snapPoint(point)))
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next: LatticePoint[] = [path[0]!]
    for (let i = 0; i + 1 < path.length; i++)
      next.push(...nodesOn(path[i]!, path[i + 1]!, round === 0 ? SNAP : 0), path[i + 1]!)
    const settled = next.length === path.length
    path = withoutRepeats(next)
    if (settled) return { path, splits }
  }
  return undefined

  function snapPoint(point: LatticePoint): LatticePoint {
    const vertex = pieces
      .flatMap(({ a, b }) => [a, b])
      .map((at) => ({ at, distance: Math.hypot(at[0] - point[0], at[1] - point[1]) }))
      .reduce((best, one) => (one.distance < best.distance ? one : best), { at: point, distance: SNAP })
    if (vertex.distance < SNAP) return vertex.at
    for (const piece of pieces) {
      const { t, distance } = nearestOnSegment(point, piece.a, piece.b)
      if (distance >= SNAP) continue
      const at = along(piece, t)
      split(piece, at)
      return at
    }
    return point
  }

  /** Where the segment meets borders, in order, without its own ends. Splits the borders there. */
  function nodesOn(from: LatticePoint, to: LatticePoint, tolerance: number): LatticePoint[] {
    const found = new Map<string, { at: LatticePoint; t: number }>()
    const add = (at: LatticePoint) => {
      if (!same(at, from) && !same(at, to)) found.set(String(at), { at, t: nearestOnSegment(at, from, to).t })
    }
    for (const piece of [...pieces]) {
      const ends = [piece.a, piece.b].filter((end) => {
        if (tolerance === 0) return isOnSegment(end, from, to)
        const { t, distance } = nearestOnSegment(end, from, to)
        return distance <= tolerance && t > 0 && t < 1
      })
      for (const end of ends) add(end)
      if (ends.length > 0 || !segmentsClash(from, to, piece.a, piece.b)) continue
      if ([piece.a, piece.b].some((end) => same(end, from) || same(end, to))) continue
      const at = crossingOf(from, to, piece.a, piece.b)
      if (!at) continue
      split(piece, at)
      add(at)
    }
    return [...found.values()].sort((one, other) => one.t - other.t).map(({ at }) => at)
  }
}

/** Where two segments cross, rounded to the lattice; undefined when parallel. */
function crossingOf(
  a: LatticePoint,
  b: LatticePoint,
  c: LatticePoint,
  d: LatticePoint,
): LatticePoint | undefined {
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]]
  const denominator = rx * (d[1] - c[1]) - ry * (d[0] - c[0])
  if (denominator === 0) return undefined
  return along({ a: c, b: d }, ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / denominator)
}

const along = ({ a, b }: { a: LatticePoint; b: LatticePoint }, t: number): LatticePoint => [
  Math.round(a[0] + t * (b[0] - a[0])) + 0,
  Math.round(a[1] + t * (b[1] - a[1])) + 0,
]

const withoutRepeats = (points: LatticePoint[]): LatticePoint[] =>
  points.filter((point, i) => i === 0 || !same(point, points[i - 1]!))
