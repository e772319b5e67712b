import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'

/** Half of what is shown around a single thing, degrees of latitude: about 130 m. */
const NEAR_DEGREES = 0.0012

/** What is shown of a place: enough around it to know where it is. */
export const boxAround = ([lng, lat]: LngLat, halfDegrees = NEAR_DEGREES): Bbox => {
  const across = halfDegrees / Math.cos((lat * Math.PI) / 180)
  return [lng - across, lat - halfDegrees, lng + across, lat + halfDegrees]
}

/** Pixels of a tile of MapLibre, by whose zoom a view is pushed. */
const TILE_PIXELS = 512

/** What a map so many pixels high shows at a zoom. */
export const boxAtZoom = (centre: LngLat, zoom: number, heightPixels: number): Bbox =>
  boxAround(
    centre,
    ((360 / 2 ** zoom) * (heightPixels / TILE_PIXELS) * Math.cos((centre[1] * Math.PI) / 180)) / 2,
  )
