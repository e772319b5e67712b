import type { LngLat } from '../shared/geojson.ts'
import { beltOfZone, type Crs, findCrs } from './crs-list.ts'

/** The Gauss–Krüger belt that surveyors use at a place (central-meridian form); WGS 84 outside China's 21 belts. */
export function suggestCrs([lng, lat]: LngLat): Crs {
  const belt = lat > 0 && lat < 60 ? beltOfZone(Math.round(lng / 3), '6-digit') : undefined
  return belt?.belt ? belt : findCrs('EPSG:4326')!
}
