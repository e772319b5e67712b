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
import { measureInWorker } from './measure-in-worker.ts'
import { createResidentNetwork, type ResidentNetwork } from './resident-network.ts'
import { isSame, wayMetres } from './way-metres.ts'

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

/** From so few places the ways are found before a thread has begun. */
const FEW_ROWS = 16

/** Ways on foot between places anywhere near the streets. Work is done in slices, or in a thread; `signal` ends it. */
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
      const starts = await inSlices(snapInSteps(graph, from, withinMetres), signal)
      const ends = from === to ? starts : await inSlices(snapInSteps(graph, to, withinMetres), signal)
      const question = { from, starts, to, ends }
      const metres = await (from.length > FEW_ROWS
        ? measureInWorker(graph, question, signal)
        : inSlices(wayMetres(graph, question), signal))
      return {
        metres,
        from: placesOf(graph, starts),
        to: placesOf(graph, ends),
        networkVersion: version,
      }
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

const rounded = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
const millimetres = (metres: number) => Math.round(metres * 1000) / 1000
