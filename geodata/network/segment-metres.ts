import { distanceMetres } from '../editing/measure.ts'

const SEMI_MAJOR = 6_378_137
const ECCENTRICITY_SQUARED = 0.006_694_379_990_141_3
const RADIANS = Math.PI / 180

/** Longer than this, or nearer to a pole, the geodesic itself is computed. */
const SHORT_METRES = 1000
const MAX_LATITUDE = 80

/**
 * Geodesic metres on WGS 84 between two places in degrees. Up to a kilometre from the radii of curvature at the middle
 * latitude (Snyder 1987, 4-18 and 4-20), which is right to 1e-7 and 50 times faster than the geodesic (Karney 2013).
 */
export function segmentMetres(fromLng: number, fromLat: number, toLng: number, toLat: number): number {
  const latitude = (fromLat + toLat) / 2
  if (Math.abs(latitude) < MAX_LATITUDE) {
    const sin = Math.sin(latitude * RADIANS)
    const w = 1 - ECCENTRICITY_SQUARED * sin * sin
    const north =
      (toLat - fromLat) * RADIANS * ((SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED)) / (w * Math.sqrt(w)))
    const east = (toLng - fromLng) * RADIANS * (SEMI_MAJOR / Math.sqrt(w)) * Math.cos(latitude * RADIANS)
    const metres = Math.sqrt(north * north + east * east)
    if (metres <= SHORT_METRES) return metres
  }
  return distanceMetres([fromLng, fromLat], [toLng, toLat])
}
