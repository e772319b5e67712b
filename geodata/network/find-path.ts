import type { LngLat } from '../shared/geojson.ts'
import { between } from './snap.ts'
import { alongEdge, metresTo, StreetSearch } from './street-search.ts'
import type { SnappedPoint, Streets } from './walk-graph.ts'

export interface StreetPath {
  metres: number
  /** From place to place on the streets, degrees, at least two. */
  coordinates: LngLat[]
  /** Ids of the roads in the order in which they are walked. */
  roadIds: number[]
}

/** Part of an edge in the direction in which it is walked. */
export interface PathPiece {
  edge: number
  fromFraction: number
  toFraction: number
}

/**
 * The shortest way along the streets between two places on them; undefined when no street leads there. Its metres are
 * those of costMatrix. `search` may be one that was made for the graph before.
 */
export function findPath(
  graph: Streets,
  from: SnappedPoint,
  to: SnappedPoint,
  search = new StreetSearch(graph),
): StreetPath | undefined {
  const found = findPieces(graph, from, to, search)
  if (!found) return undefined
  const coordinates: LngLat[] = []
  const roadIds: number[] = []
  for (const piece of found.pieces) {
    for (const at of pointsOf(graph, piece)) {
      const last = coordinates.at(-1)
      if (last?.[0] !== at[0] || last[1] !== at[1]) coordinates.push(at)
    }
    const road = graph.edgeRoad[piece.edge]!
    if (piece.fromFraction !== piece.toFraction && roadIds.at(-1) !== road) roadIds.push(road)
  }
  if (coordinates.length === 1) coordinates.push(coordinates[0]!)
  return { metres: found.metres, coordinates, roadIds }
}

/** The same as parts of edges. */
export function findPieces(
  graph: Streets,
  from: SnappedPoint,
  to: SnappedPoint,
  search = new StreetSearch(graph),
): { metres: number; pieces: PathPiece[] } | undefined {
  const direct = alongEdge(graph, from, to)
  const ends = [graph.edgeFrom[to.edge]!, graph.edgeTo[to.edge]!] as const
  search.clear()
  search.startAt(from)
  let best = direct
  while (!ends.every((end) => search.isSettled(end)) && search.settledMetres < best) {
    if (search.settle() < 0) break
    best = Math.min(direct, metresTo(graph, search, to))
  }
  if (best === Number.POSITIVE_INFINITY) return undefined
  const pieces =
    best === direct
      ? [{ edge: from.edge, fromFraction: from.fraction, toFraction: to.fraction }]
      : piecesOf(graph, search, from, to)
  return { metres: best, pieces }
}

function piecesOf(
  graph: Streets,
  { metres, cameBy }: StreetSearch,
  from: SnappedPoint,
  to: SnappedPoint,
): PathPiece[] {
  const { edgeFrom, edgeTo, edgeMetres } = graph
  const toLength = edgeMetres[to.edge]!
  const entersAtStart =
    metres[edgeFrom[to.edge]!]! + to.fraction * toLength <=
    metres[edgeTo[to.edge]!]! + toLength - to.fraction * toLength
  const pieces: PathPiece[] = [
    { edge: to.edge, fromFraction: entersAtStart ? 0 : 1, toFraction: to.fraction },
  ]
  let node = entersAtStart ? edgeFrom[to.edge]! : edgeTo[to.edge]!
  while (cameBy[node]! >= 0) {
    const edge = cameBy[node]!
    const forwards = edgeTo[edge] === node
    pieces.push({ edge, fromFraction: forwards ? 0 : 1, toFraction: forwards ? 1 : 0 })
    node = forwards ? edgeFrom[edge]! : edgeTo[edge]!
  }
  // Both ends of a closed edge are this node: the shorter way was taken.
  const leavesAtStart = edgeFrom[from.edge] === node && (edgeTo[from.edge] !== node || from.fraction <= 0.5)
  pieces.push({ edge: from.edge, fromFraction: from.fraction, toFraction: leavesAtStart ? 0 : 1 })
  return pieces.reverse()
}

/** Along a part of an edge, in the direction walked. */
export function pointsOf(graph: Streets, { edge, fromFraction, toFraction }: PathPiece): LngLat[] {
  const { pointStart, pointMetres, pointLng, pointLat, edgeMetres } = graph
  const isBackwards = fromFraction > toFraction
  const [low, high] = [Math.min(fromFraction, toFraction), Math.max(fromFraction, toFraction)]
  const length = edgeMetres[edge]!
  const points: LngLat[] = [placeOn(graph, edge, low)]
  for (let point = pointStart[edge]!; point < pointStart[edge + 1]!; point++) {
    const metres = pointMetres[point]!
    if (metres > low * length && metres < high * length) points.push([pointLng[point]!, pointLat[point]!])
  }
  points.push(placeOn(graph, edge, high))
  return isBackwards ? points.reverse() : points
}

/** Where a fraction of an edge's length is reached, in degrees, not rounded. */
export function placeOn(graph: Streets, edge: number, fraction: number): LngLat {
  const { pointStart, pointMetres, edgeMetres } = graph
  const metres = fraction * edgeMetres[edge]!
  let point = pointStart[edge]!
  const last = pointStart[edge + 1]! - 2
  if (fraction >= 1) return between(graph, last, 1)
  while (point < last && pointMetres[point + 1]! <= metres) point++
  const stretch = pointMetres[point + 1]! - pointMetres[point]!
  return between(graph, point, stretch === 0 ? 0 : (metres - pointMetres[point]!) / stretch)
}
