import { costMatrixSteps } from '../../geodata/network/cost-matrix.ts'
import { findPath } from '../../geodata/network/find-path.ts'
import type { LegKind, PathLeg, SnappedPlace } from '../../geodata/network/network.schema.ts'
import { parts, type StreetParts } from '../../geodata/network/parts.ts'
import { segmentMetres } from '../../geodata/network/segment-metres.ts'
import { snap } from '../../geodata/network/snap.ts'
import { StreetSearch } from '../../geodata/network/street-search.ts'
import type { SnappedPoint, WalkGraph } from '../../geodata/network/walk-graph.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Deps } from '../platform/deps.ts'
import { inSlices } from './in-slices.ts'
import { createResidentNetwork, type ResidentNetwork } from './resident-network.ts'

export interface WalkedPaths {
  legs: PathLeg[]
  /** null: no street near enough. */
  snapped: (SnappedPlace | null)[]
  networkVersion: number
}

export interface WalkMatrix {
  /** From each to each, row by row, with the ways to the streets; Infinity: there is no way. */
  metres: Float64Array
  from: (SnappedPlace | null)[]
  to: (SnappedPlace | null)[]
  networkVersion: number
}

/** Ways on foot between places anywhere near the streets. Work is done in slices; `signal` ends it. */
export interface Network extends ResidentNetwork {
  /** From each place to the next, along streets or straight. `legs`: left out, all along streets. */
  paths(
    points: readonly LngLat[],
    legs: readonly LegKind[] | undefined,
    options?: WalkOptions,
  ): Promise<WalkedPaths>
  /** Between places, the same place being no way from itself. */
  matrix(from: readonly LngLat[], to?: readonly LngLat[], options?: WalkOptions): Promise<WalkMatrix>
}

export interface WalkOptions {
  /** How far from a street a place may be, straight: 100 unless told. */
  withinMetres?: number
  signal?: AbortSignal
}

export function createNetwork(deps: Pick<Deps, 'database' | 'outbox'>): Network {
  const resident = createResidentNetwork(deps)
  return {
    current: resident.current,
    async paths(points, legs, { withinMetres, signal } = {}) {
      const { graph, version } = await resident.current()
      const answer = await inSlices(pathsInSteps(graph, points, legs, withinMetres), signal)
      return { ...answer, networkVersion: version }
    },
    async matrix(from, to = from, { withinMetres, signal } = {}) {
      const { graph, version } = await resident.current()
      const answer = await inSlices(matrixInSteps(graph, from, to, withinMetres), signal)
      return { ...answer, networkVersion: version }
    },
  }
}

function* pathsInSteps(
  graph: WalkGraph,
  points: readonly LngLat[],
  kinds: readonly LegKind[] | undefined,
  withinMetres: number | undefined,
): Generator<void, Omit<WalkedPaths, 'networkVersion'>> {
  const snapped = yield* snapInSteps(graph, points, withinMetres)
  const search = new StreetSearch(graph)
  const legs: PathLeg[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i]!, points[i + 1]!]
    if (kinds?.[i] === 'free') legs.push({ ...straight(from, to), free: true, way: true })
    else legs.push(streetLeg(graph, from, snapped[i], to, snapped[i + 1], search))
    yield
  }
  return { legs, snapped: placesOf(graph, snapped) }
}

/** From the place straight to its street, along the streets, and straight to the other place. */
function streetLeg(
  graph: WalkGraph,
  from: LngLat,
  start: SnappedPoint | undefined,
  to: LngLat,
  end: SnappedPoint | undefined,
  search: StreetSearch,
): PathLeg {
  if (isSame(from, to)) return { metres: 0, coordinates: [from, to], free: false, way: true }
  const path = start && end && findPath(graph, start, end, search)
  if (!path) return { metres: null, coordinates: [from, to], free: false, way: false }
  const coordinates = [from]
  for (const at of [...path.coordinates.map(rounded), to])
    if (!isSame(at, coordinates.at(-1)!)) coordinates.push(at)
  return {
    metres: millimetres(start.distanceMetres + path.metres + end.distanceMetres),
    coordinates: coordinates.length > 1 ? coordinates : [from, to],
    free: false,
    way: true,
  }
}

const straight = (from: LngLat, to: LngLat) => ({
  metres: millimetres(segmentMetres(...from, ...to)),
  coordinates: [from, to],
})

function* matrixInSteps(
  graph: WalkGraph,
  from: readonly LngLat[],
  to: readonly LngLat[],
  withinMetres: number | undefined,
): Generator<void, Omit<WalkMatrix, 'networkVersion'>> {
  const starts = yield* snapInSteps(graph, from, withinMetres)
  const ends = from === to ? starts : yield* snapInSteps(graph, to, withinMetres)
  // Places without a street take no part; the others' costs are put where they belong.
  const [rows, columns] = [indexesOf(starts), indexesOf(ends)]
  const costs = yield* costMatrixSteps(
    graph,
    rows.map((row) => starts[row]!),
    columns.map((column) => ends[column]!),
  )
  const metres = new Float64Array(from.length * to.length).fill(Number.POSITIVE_INFINITY)
  for (const [i, row] of rows.entries())
    for (const [j, column] of columns.entries())
      metres[row * to.length + column] =
        starts[row]!.distanceMetres + costs[i * columns.length + j]! + ends[column]!.distanceMetres
  for (const [row, a] of from.entries())
    for (const [column, b] of to.entries()) if (isSame(a, b)) metres[row * to.length + column] = 0
  return { metres, from: placesOf(graph, starts), to: placesOf(graph, ends) }
}

function* snapInSteps(
  graph: WalkGraph,
  points: readonly LngLat[],
  withinMetres: number | undefined,
): Generator<void, (SnappedPoint | undefined)[]> {
  const snapped: (SnappedPoint | undefined)[] = []
  for (const point of points) {
    snapped.push(snap(graph, point, withinMetres))
    yield
  }
  return snapped
}

/** Found once for each graph. */
const partsByGraph = new WeakMap<WalkGraph, StreetParts>()

export function partsOf(graph: WalkGraph): StreetParts {
  let found = partsByGraph.get(graph)
  if (!found) {
    found = parts(graph)
    partsByGraph.set(graph, found)
  }
  return found
}

const placesOf = (graph: WalkGraph, snapped: readonly (SnappedPoint | undefined)[]) =>
  snapped.map((at) =>
    at
      ? {
          lngLat: rounded(at.lngLat),
          distanceMetres: millimetres(at.distanceMetres),
          part: partsOf(graph).partOfEdge[at.edge]!,
        }
      : null,
  )

const indexesOf = (snapped: readonly (SnappedPoint | undefined)[]) =>
  snapped.flatMap((at, index) => (at ? [index] : []))

const isSame = (a: LngLat, b: LngLat) => a[0] === b[0] && a[1] === b[1]
const rounded = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
const millimetres = (metres: number) => Math.round(metres * 1000) / 1000
