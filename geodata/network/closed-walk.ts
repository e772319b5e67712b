import { snap as snapToLines } from '../editing/snap.ts'
import type { LngLat } from '../shared/geojson.ts'
import type { WalkPiece } from './cut-spurs.ts'
import { findPieces, type PathPiece, placeOn } from './find-path.ts'
import { StreetSearch } from './street-search.ts'
import { metresOf, walkBesideSteps } from './walk-beside.ts'
import type { SnappedPoint, WalkGraph } from './walk-graph.ts'

/** A walk that ends where it begins, in stretches whose ends are enough to tell the way between them. */
export interface ClosedWalk {
  metres: number
  /** Of them, along streets. */
  streetMetres: number
  /** From the line that it was to follow, mean over its length. */
  meanDistanceMetres: number
  stretches: Stretch[]
}

export interface Stretch {
  /** Metres from where the walk begins. */
  from: number
  to: number
  /** Of the leg between its ends: the shortest way along the streets is this one alone, or it is straight. */
  kind: WalkPiece['kind']
  pieces: WalkPiece[]
}

/** A third of a street from its end no way is as short as the street itself, even where it closes on itself. */
const PARTS = 3
/** Longer ways are not compared with the shortest. */
const MOST_STRETCH_METRES = 400
/** Past two whole streets, as round half a block, another way may be just as short. */
const MOST_WHOLE_STREETS = 1
const MEASURE_METRES = 20
const FARTHEST_METRES = 1000

/** The closed walk nearest to a ring, see walkBesideSteps. undefined: the ring has no length. Yields between steps. */
export function* closedWalkSteps(
  graph: WalkGraph,
  ring: readonly LngLat[],
  withinMetres = 60,
): Generator<void, ClosedWalk | undefined> {
  const pieces = yield* walkBesideSteps(graph, ring, withinMetres)
  const metres = metresOf(pieces)
  if (!(metres > 0)) return undefined
  const stretches = yield* stretchesOf(graph, pieces)
  const walk = { metres, streetMetres: metresOf(pieces.filter(({ kind }) => kind === 'street')), stretches }
  const line = [{ geometry: { type: 'LineString' as const, coordinates: [...ring] } }]
  const count = Math.max(1, Math.round(metres / MEASURE_METRES))
  let away = 0
  for (let i = 0; i < count; i++) {
    const at = placeAlong(graph, walk, (metres * i) / count)
    away += snapToLines(at, line, FARTHEST_METRES, 'nearest')?.metres ?? FARTHEST_METRES
    yield
  }
  return { ...walk, meanDistanceMetres: away / count }
}

/** Where a walk is after so many metres, which may be rounds later or before its beginning. Degrees, not rounded. */
export function placeAlong(
  graph: WalkGraph,
  { metres, stretches }: Pick<ClosedWalk, 'metres' | 'stretches'>,
  at: number,
): LngLat {
  let left = ((at % metres) + metres) % metres
  const stretch = stretches.find(({ to }) => left <= to) ?? stretches[stretches.length - 1]!
  left -= stretch.from
  for (const piece of stretch.pieces) {
    if (left <= piece.metres) return placeOnPiece(graph, piece, piece.metres > 0 ? left / piece.metres : 0)
    left -= piece.metres
  }
  return placeOnPiece(graph, stretch.pieces[stretch.pieces.length - 1]!, 1)
}

function placeOnPiece(graph: WalkGraph, piece: WalkPiece, share: number): LngLat {
  if (piece.kind === 'street')
    return placeOn(graph, piece.edge, piece.fromFraction + (piece.toFraction - piece.fromFraction) * share)
  const { from, to } = piece
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

/** As few stretches as can be told by their ends, each grown as far as its way stays the shortest. */
function* stretchesOf(graph: WalkGraph, pieces: readonly WalkPiece[]): Generator<void, Stretch[]> {
  const search = new StreetSearch(graph)
  const stretches: Stretch[] = []
  for (const piece of pieces.flatMap(inParts)) {
    const last = stretches.at(-1)
    const from = last?.to ?? 0
    const to = from + piece.metres
    if (last?.kind === 'street' && piece.kind === 'street' && to - last.from <= MOST_STRETCH_METRES) {
      const grown = [...last.pieces, piece]
      if (isOnlyWay(graph, search, grown)) {
        Object.assign(last, { to, pieces: grown })
        yield
        continue
      }
    }
    stretches.push({ from, to, kind: piece.kind, pieces: [piece] })
    yield
  }
  return stretches
}

function inParts(piece: WalkPiece): WalkPiece[] {
  if (piece.kind === 'free') return [piece]
  const at = (part: number) =>
    part === PARTS
      ? piece.toFraction
      : piece.fromFraction + ((piece.toFraction - piece.fromFraction) * part) / PARTS
  return Array.from({ length: PARTS }, (_, part) => ({
    ...piece,
    fromFraction: at(part),
    toFraction: at(part + 1),
    metres: piece.metres / PARTS,
  }))
}

function isOnlyWay(graph: WalkGraph, search: StreetSearch, pieces: readonly WalkPiece[]): boolean {
  const streets = pieces.filter((piece) => piece.kind === 'street')
  if (streets.length >= (MOST_WHOLE_STREETS + 1) * PARTS && wholeStreets(streets) > MOST_WHOLE_STREETS)
    return false
  const [first, last] = [streets[0]!, streets[streets.length - 1]!]
  const found = findPieces(
    graph,
    onEdge(first.edge, first.fromFraction),
    onEdge(last.edge, last.toFraction),
    search,
  )
  return (
    found !== undefined &&
    edgesOf(found.pieces).join() === edgesOf(streets).join() &&
    // The ends of one street may be joined by a part of it that is walked the other way round.
    Math.abs(found.metres - metresOf(streets)) < 0.01
  )
}

function wholeStreets(streets: readonly PathPiece[]): number {
  const walked = new Map<number, number>()
  for (const { edge, fromFraction, toFraction } of streets)
    walked.set(edge, (walked.get(edge) ?? 0) + Math.abs(toFraction - fromFraction))
  return [...walked.values()].filter((share) => share > 1 - 1e-9).length
}

const onEdge = (edge: number, fraction: number): SnappedPoint => ({
  edge,
  fraction,
  lngLat: [0, 0],
  distanceMetres: 0,
})

const edgesOf = (pieces: readonly PathPiece[]): number[] =>
  pieces
    .filter(({ fromFraction, toFraction }) => fromFraction !== toFraction)
    .flatMap(({ edge }, i, all) => (all[i - 1]?.edge === edge ? [] : [edge]))
