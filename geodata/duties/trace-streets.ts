import type { Metres } from '../editing/local-plane.ts'

/** A road between two nodes: its ends are those of other roads where they have the same coordinates. */
export interface StreetPiece {
  id: number
  name: string | null
  isMain: boolean
  points: readonly Metres[]
}

/** Pieces that go on as one street, in order; `back`: walked from its last point to its first. */
export interface TracedStreet {
  name: string | null
  isMain: boolean
  pieces: { piece: number; back: boolean; fromMetres: number }[]
  metres: number
  /** Metres along it at which a main road that it is no part of crosses or ends. */
  crossings: number[]
}

/** A street that bends more than this at a crossing is another one behind it. */
const MOST_BEND = Math.PI / 3

/**
 * Joins pieces of the same name and rank into streets: at each node the two that bend least go on into each other, and
 * nothing else does, so that a street is a line without branches. Each piece is in one street.
 */
export function traceStreets(pieces: readonly StreetPiece[]): TracedStreet[] {
  const ends = endsAtNodes(pieces)
  const next = pairEnds(pieces, ends)
  const isTraced = new Uint8Array(pieces.length)
  const streets: TracedStreet[] = []
  const trace = (start: number) => {
    if (isTraced[start >> 1]) return
    const street: TracedStreet = {
      name: pieces[start >> 1]!.name,
      isMain: pieces[start >> 1]!.isMain,
      pieces: [],
      metres: 0,
      crossings: [],
    }
    const own = new Set<number>()
    const nodes: { node: string; at: number }[] = [{ node: nodeOf(pieces, start), at: 0 }]
    for (let end = start; !isTraced[end >> 1]; ) {
      const piece = end >> 1
      isTraced[piece] = 1
      own.add(piece)
      street.pieces.push({ piece, back: (end & 1) === 1, fromMetres: street.metres })
      street.metres += lengthOf(pieces[piece]!.points)
      nodes.push({ node: nodeOf(pieces, end ^ 1), at: street.metres })
      const on = next[end ^ 1]!
      if (on < 0) break
      end = on
    }
    for (const { node, at } of nodes)
      if (ends.get(node)!.some((end) => pieces[end >> 1]!.isMain && !own.has(end >> 1)))
        street.crossings.push(at)
    streets.push(street)
  }
  // Streets with an end first, from it; what is left goes round.
  for (let end = 0; end < pieces.length * 2; end++) if (next[end]! < 0) trace(end)
  for (let end = 0; end < pieces.length * 2; end++) trace(end)
  return streets
}

/** Ends are numbered twice the piece, and one more for its last point. */
const nodeOf = (pieces: readonly StreetPiece[], end: number): string => {
  const { points } = pieces[end >> 1]!
  const [east, north] = points[end & 1 ? points.length - 1 : 0]!
  return `${Math.round(east * 100)} ${Math.round(north * 100)}`
}

function endsAtNodes(pieces: readonly StreetPiece[]): Map<string, number[]> {
  const ends = new Map<string, number[]>()
  for (let end = 0; end < pieces.length * 2; end++) {
    const node = nodeOf(pieces, end)
    const held = ends.get(node)
    if (held) held.push(end)
    else ends.set(node, [end])
  }
  return ends
}

/** By end: the end of another piece that the street goes on with, or -1. */
function pairEnds(pieces: readonly StreetPiece[], ends: ReadonlyMap<string, readonly number[]>): Int32Array {
  const next = new Int32Array(pieces.length * 2).fill(-1)
  for (const here of ends.values()) {
    const pairs: { a: number; b: number; bend: number }[] = []
    for (const [at, a] of here.entries())
      for (const b of here.slice(at + 1)) {
        const [pieceA, pieceB] = [pieces[a >> 1]!, pieces[b >> 1]!]
        if (a >> 1 === b >> 1 || pieceA.name !== pieceB.name || pieceA.isMain !== pieceB.isMain) continue
        const bend = Math.PI - angleBetween(awayFrom(pieceA, a), awayFrom(pieceB, b))
        // Where nothing else meets, a bend is a bend of the street.
        if (bend <= MOST_BEND || here.length === 2) pairs.push({ a, b, bend })
      }
    pairs.sort((x, y) => x.bend - y.bend || x.a - y.a || x.b - y.b)
    for (const { a, b } of pairs) {
      if (next[a]! >= 0 || next[b]! >= 0) continue
      next[a] = b
      next[b] = a
    }
  }
  return next
}

function awayFrom({ points }: StreetPiece, end: number): Metres {
  const from = end & 1 ? points.length - 1 : 0
  const step = end & 1 ? -1 : 1
  const [x, y] = points[from]!
  for (let at = from + step; points[at]; at += step) {
    const [dx, dy] = [points[at]![0] - x, points[at]![1] - y]
    if (dx !== 0 || dy !== 0) return [dx, dy]
  }
  return [0, 0]
}

const angleBetween = (a: Metres, b: Metres): number => {
  const lengths = Math.hypot(...a) * Math.hypot(...b)
  return lengths === 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, (a[0] * b[0] + a[1] * b[1]) / lengths)))
}

export const lengthOf = (points: readonly Metres[]): number =>
  points.reduce(
    (sum, [x, y], at) => (at === 0 ? 0 : sum + Math.hypot(x - points[at - 1]![0], y - points[at - 1]![1])),
    0,
  )
