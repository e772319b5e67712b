import type { LngLat } from '../shared/geojson.ts'

export type Metres = readonly [east: number, north: number]

const A = 6_378_137
const E2 = 0.0066943799901413165
const RADIANS = Math.PI / 180

/**
 * Metres east and north of a place, by the radii of curvature of WGS 84 there (Snyder 1987, 4-18 and 4-20): true to
 * about a thousandth within 10 km. Across the antimeridian it takes the shorter way.
 */
export function localPlane([originLng, originLat]: LngLat) {
  const sin = Math.sin(originLat * RADIANS)
  const w = 1 - E2 * sin * sin
  const perLat = ((A * (1 - E2)) / w ** 1.5) * RADIANS
  const perLng = (A / Math.sqrt(w)) * Math.cos(originLat * RADIANS) * RADIANS
  return {
    toMetres: ([lng, lat]: LngLat): Metres => [
      (((lng - originLng + 540) % 360) - 180) * perLng,
      (lat - originLat) * perLat,
    ],
    /** Degrees, not rounded. */
    toLngLat: ([east, north]: Metres): LngLat => [originLng + east / perLng, originLat + north / perLat],
  }
}
