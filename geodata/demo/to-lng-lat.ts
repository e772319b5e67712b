import type { LngLat, MultiPolygon } from '../shared/geojson.ts'
import { distance, type Vec } from './plane.ts'

/** Where the plane's (0, 0), the north-west corner of the town, lies: among the water towns west of Shanghai. */
const ORIGIN: LngLat = [120.62, 31.31]
const METRES_PER_DEGREE_LAT = 110_877
const METRES_PER_DEGREE_LNG = 111_320 * Math.cos((ORIGIN[1] * Math.PI) / 180)

/**
 * Local metres to WGS 84 longitude and latitude, by an equirectangular projection about the origin: true to scale there
 * and within 0.4 % over the largest demo area. Rounded to 7 decimals, so that shared vertices stay identical.
 */
export const toLngLat = ([x, y]: Vec): LngLat => [
  Math.round((ORIGIN[0] + x / METRES_PER_DEGREE_LNG) * 1e7) / 1e7,
  Math.round((ORIGIN[1] + y / METRES_PER_DEGREE_LAT) * 1e7) / 1e7,
]

/** Polygons of open rings, outer ring first, as a closed MultiPolygon. */
export const toMultiPolygon = (polygons: readonly (readonly (readonly Vec[])[])[]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: polygons.map((rings) =>
    rings.map((ring, i) => {
      // RFC 7946: outer rings anticlockwise, holes clockwise.
      const points = ring.map(toLngLat)
      const turns = i > 0 === isAnticlockwise(ring) ? points.reverse() : points
      return [...turns, [...turns[0]!]]
    }),
  ),
})

/**
 * A ring that shares no border, without corners that lie within a hand's breadth of the one before: rounding could turn
 * such a pair round.
 */
export const withoutTwins = (ring: readonly Vec[]): Vec[] =>
  ring.filter((corner, i) => distance(corner, ring[(i + ring.length - 1) % ring.length]!) > 0.1)

function isAnticlockwise(ring: readonly Vec[]): boolean {
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1]
  }
  return sum > 0
}
