import { buildGraph } from '../network/build-graph.ts'
import { findPath } from '../network/find-path.ts'
import { segmentMetres } from '../network/segment-metres.ts'
import { snap } from '../network/snap.ts'
import { StreetSearch } from '../network/street-search.ts'
import type { SnappedPoint } from '../network/walk-graph.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { LineString, LngLat } from '../shared/geojson.ts'
import type { BeatSite } from './beats.ts'

export interface Way {
  metres: number
  /** At least two places. */
  coordinates: LngLat[]
  /** false: no street leads there, and this is the straight line. */
  way: boolean
}

/** Finds the way on foot between two sites; the same two are looked for once. */
export type FindWay = (from: BeatSite, to: BeatSite) => Way

/** A bit over 200 m: rounds leave their community by no more. */
const MARGIN_DEGREES = 0.002

/** Ways along the streets between sites, with the steps from site to street and back, as the network measures them. */
export function findWays(roads: readonly IncomingFeature[], sites: readonly BeatSite[]): FindWay {
  const lngs = sites.map(({ lngLat }) => lngLat[0])
  const lats = sites.map(({ lngLat }) => lngLat[1])
  const [west, east] = [min(lngs) - MARGIN_DEGREES, -min(lngs.map((lng) => -lng)) + MARGIN_DEGREES]
  const [south, north] = [min(lats) - MARGIN_DEGREES, -min(lats.map((lat) => -lat)) + MARGIN_DEGREES]
  const graph = buildGraph(
    roads
      .map(({ geometry, properties }, index) => ({
        id: index + 1,
        coordinates: (geometry as LineString).coordinates,
        walkable: properties.walkable === true,
      }))
      .filter(({ coordinates }) =>
        coordinates.some(([lng, lat]) => lng > west && lng < east && lat > south && lat < north),
      ),
  )
  const search = new StreetSearch(graph)
  const snapped = new Map<number, SnappedPoint | undefined>()
  const found = new Map<string, Way>()
  const place = (site: BeatSite) => {
    if (!snapped.has(site.number)) snapped.set(site.number, snap(graph, site.lngLat))
    return snapped.get(site.number)
  }
  const find = (from: BeatSite, to: BeatSite): Way => {
    const [start, end] = [place(from), place(to)]
    const path = start && end && findPath(graph, start, end, search)
    if (!path) {
      const metres = segmentMetres(...from.lngLat, ...to.lngLat)
      return { metres, coordinates: [from.lngLat, to.lngLat], way: false }
    }
    const coordinates = [from.lngLat, ...path.coordinates, to.lngLat].map(rounded)
    return { metres: start.distanceMetres + path.metres + end.distanceMetres, coordinates, way: true }
  }
  return (from, to) => {
    const key = `${from.number} ${to.number}`
    const way = found.get(key) ?? find(from, to)
    found.set(key, way)
    return way
  }
}

const min = (numbers: readonly number[]): number => numbers.reduce((low, one) => Math.min(low, one), Infinity)

const rounded = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
