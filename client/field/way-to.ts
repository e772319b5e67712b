import type { LngLat } from '../../geodata/shared/geojson.ts'

const EARTH_METRES = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres as the crow flies: haversine on the mean sphere, within 0.6 % of the ellipsoid. */
export function metresTo([lng, lat]: LngLat, [toLng, toLat]: LngLat): number {
  const [a, b] = [radians(lat), radians(toLat)]
  const half =
    Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(toLng - lng) / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** Direction at the start of the great circle: degrees clockwise from north, 0 ≤ direction < 360. */
export function bearingTo([lng, lat]: LngLat, [toLng, toLat]: LngLat): number {
  const [a, b, turn] = [radians(lat), radians(toLat), radians(toLng - lng)]
  const east = Math.sin(turn) * Math.cos(b)
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn)
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360
}

export const WINDS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const

/** Which of eight winds a bearing is nearest to. */
export const windOf = (bearing: number): (typeof WINDS)[number] => WINDS[Math.round(bearing / 45) % 8]!
