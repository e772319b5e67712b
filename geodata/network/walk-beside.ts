import { snap as snapToLine } from '../editing/snap.ts'
import type { LngLat } from '../shared/geojson.ts'
import { cutSpurs, type WalkPiece } from './cut-spurs.ts'
import { findPieces } from './find-path.ts'
import { segmentMetres } from './segment-metres.ts'
import { snapToEach } from './snap.ts'
import { alongEdge, metresTo, StreetSearch } from './street-search.ts'
import type { SnappedPoint, WalkGraph } from './walk-graph.ts'

/** The ring is looked at about so often; its own corners count. */
const SAMPLE_METRES = 50
const LEAST_SAMPLES = 12
const MOST_STREETS = 4
/** Ways along the streets that are this much longer than straight are not looked for. */
const MOST_DETOUR = 3
const DETOUR_MORE_METRES = 150
const STRAIGHT_METRES = 3

/** A place beside the ring where the walk may pass; without a street it lies on the ring. */
interface Beside {
  lngLat: LngLat
  street: SnappedPoint | undefined
  /** From the ring; off the streets as though it were at the end of reach, so that streets go first. */
  awayMetres: number
}

/**
 * The closed walk that stays nearest to a ring, along streets where they run within some metres of it and straight along the
 * ring elsewhere: of all ways past it the one with the least sum of distances from the ring and of detours (a hidden Markov
 * model’s best path, as in Newson and Krumm 2009, closed on itself), without ways out and back. Where such streets lead round
 * less than half of the ring it is the ring itself. Empty for a ring of no length. `ring`: closed, [lng, lat] in degrees.
 * Yields between steps.
 */
export function* walkBesideSteps(
  graph: WalkGraph,
  ring: readonly LngLat[],
  withinMetres: number,
): Generator<void, WalkPiece[]> {
  const samples = sampleRing(ring)
  const search = new StreetSearch(graph)
  const places: Beside[][] = []
  for (const at of samples) {
    places.push(besideOf(graph, at, withinMetres))
    yield
  }
  const costs: number[][][] = []
  for (const [i, here] of places.entries()) {
    const next = (i + 1) % places.length
    const straight = metresBetween(samples[i]!, samples[next]!)
    const weight = Math.max(1, straight) / SAMPLE_METRES
    const row: number[][] = []
    for (const from of here) {
      const ways = waysFrom(graph, search, from, places[next]!, straight)
      row.push(
        ways.map((metres, to) => Math.max(0, metres - straight) + places[next]![to]!.awayMetres * weight),
      )
      yield
    }
    costs.push(row)
  }
  const chosen = bestRound(costs)
  const pieces: WalkPiece[] = []
  for (const [i, place] of chosen.entries()) {
    const next = (i + 1) % places.length
    pieces.push(...piecesBetween(graph, search, places[i]![place]!, places[next]![chosen[next]!]!))
    yield
  }
  const cut = cutSpurs(pieces)
  const around = cutSpurs(ring.slice(1).map((to, i) => free(ring[i]!, to)))
  return straighten(metresOf(cut) < metresOf(around) / 2 ? around : cut)
}

/** Off the streets, corners that lie almost on a straight line are none. */
function straighten(pieces: readonly WalkPiece[]): WalkPiece[] {
  const straight: WalkPiece[] = []
  let left: LngLat[] = []
  for (const piece of pieces) {
    const last = straight.at(-1)
    if (piece.kind === 'free' && last?.kind === 'free' && last.to.join() === piece.from.join()) {
      left.push(piece.from)
      if (left.every((at) => offLine(at, last.from, piece.to) <= STRAIGHT_METRES)) {
        straight[straight.length - 1] = free(last.from, piece.to)
        continue
      }
    }
    left = []
    straight.push(piece)
  }
  return straight
}

function offLine(at: LngLat, from: LngLat, to: LngLat): number {
  const line = [{ geometry: { type: 'LineString' as const, coordinates: [from, to] } }]
  return snapToLine(at, line, Number.MAX_VALUE, 'nearest')?.metres ?? 0
}

export const metresOf = (pieces: readonly WalkPiece[]): number =>
  pieces.reduce((sum, { metres }) => sum + metres, 0)

const metresBetween = (a: LngLat, b: LngLat): number => segmentMetres(a[0], a[1], b[0], b[1])

/** Corners of the ring that stand apart, and places between them. */
function sampleRing(ring: readonly LngLat[]): LngLat[] {
  const around = ring.reduce((sum, at, i) => sum + (i > 0 ? metresBetween(ring[i - 1]!, at) : 0), 0)
  const most = Math.min(SAMPLE_METRES, around / LEAST_SAMPLES)
  const samples: LngLat[] = []
  let behind = Number.POSITIVE_INFINITY
  for (const [i, at] of ring.slice(0, -1).entries()) {
    if (behind >= most * 0.4) {
      samples.push(at)
      behind = 0
    }
    const to = ring[i + 1]!
    const metres = metresBetween(at, to)
    const parts = Math.ceil(metres / most)
    for (let part = 1; part < parts; part++)
      samples.push([at[0] + ((to[0] - at[0]) * part) / parts, at[1] + ((to[1] - at[1]) * part) / parts])
    behind = parts > 1 ? metres / parts : behind + metres
  }
  return samples
}

function besideOf(graph: WalkGraph, at: LngLat, withinMetres: number): Beside[] {
  const streets = snapToEach(graph, at, withinMetres).slice(0, MOST_STREETS)
  return [
    ...streets.map((street) => ({ lngLat: street.lngLat, street, awayMetres: street.distanceMetres })),
    { lngLat: at, street: undefined, awayMetres: withinMetres },
  ]
}

/** Metres from a place to each of others: along the streets between two on streets, else straight. */
function waysFrom(
  graph: WalkGraph,
  search: StreetSearch,
  from: Beside,
  to: readonly Beside[],
  straight: number,
): number[] {
  const limit = straight * MOST_DETOUR + DETOUR_MORE_METRES
  const { street } = from
  if (street) {
    search.clear()
    search.startAt(street)
    while (search.settledMetres <= limit && search.settle() >= 0);
  }
  return to.map((other) => {
    if (!street || !other.street) return metresBetween(from.lngLat, other.lngLat)
    const metres = Math.min(alongEdge(graph, street, other.street), metresTo(graph, search, other.street))
    return metres <= limit ? metres : Number.POSITIVE_INFINITY
  })
}

function piecesBetween(graph: WalkGraph, search: StreetSearch, from: Beside, to: Beside): WalkPiece[] {
  if (!from.street || !to.street) return [free(from.lngLat, to.lngLat)]
  return findPieces(graph, from.street, to.street, search)!.pieces.map((piece) => ({
    kind: 'street',
    ...piece,
    metres: Math.abs(piece.toFraction - piece.fromFraction) * graph.edgeMetres[piece.edge]!,
  }))
}

const free = (from: LngLat, to: LngLat): WalkPiece => ({
  kind: 'free',
  from,
  to,
  metres: metresBetween(from, to),
})

/**
 * The place of each sample on the cheapest way round. `costs[i][a][b]`: from place a of sample i to place b of the next; the last
 * goes back to the first. Viterbi’s algorithm, once for each place of the first.
 */
function bestRound(costs: readonly (readonly (readonly number[])[])[]): number[] {
  let best: { cost: number; places: number[] } = { cost: Number.POSITIVE_INFINITY, places: [] }
  for (const start of costs[0]?.keys() ?? []) {
    let reached = costs[0]!.map((_, place) => (place === start ? 0 : Number.POSITIVE_INFINITY))
    const cameFrom: number[][] = []
    for (const row of costs) {
      const width = row[0]!.length
      const from = Array.from({ length: width }, (_, to) =>
        row.reduce(
          (least, ways, a) => (reached[a]! + ways[to]! < reached[least]! + row[least]![to]! ? a : least),
          0,
        ),
      )
      reached = from.map((a, to) => reached[a]! + row[a]![to]!)
      cameFrom.push(from)
    }
    if (!(reached[start]! < best.cost)) continue
    const places: number[] = []
    for (let i = costs.length - 1, at = start; i >= 0; i--) {
      at = cameFrom[i]![at]!
      places[i] = at
    }
    best = { cost: reached[start]!, places }
  }
  return best.places
}
