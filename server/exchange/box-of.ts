import type { Bbox, Geometry, LngLat } from '../../geodata/shared/geojson.ts'

/** Degrees; the antimeridian is not looked at. */
export function boxOf({ type, coordinates }: Geometry): Bbox {
  const positions: LngLat[] =
    type === 'Point' ? [coordinates] : type === 'LineString' ? coordinates : coordinates.flat(2)
  const box: Bbox = [180, 90, -180, -90]
  for (const [lng, lat] of positions) {
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], lat)
  }
  return box
}

export const joinBoxes = (a: Bbox | undefined, b: Bbox): Bbox =>
  a ? [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])] : b
