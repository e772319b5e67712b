import type { LngLat } from '../shared/geojson.ts'
import { fromLngLat } from './convert.ts'
import { findCrs } from './crs-list.ts'

/** A place as text in a system, east first: `120.6203000, 31.3187000` or `559043.89, 3466475.43`. Null outside it. */
export function formatCoordinates(crsId: string, lngLat: LngLat): string | null {
  const crs = findCrs(crsId)
  const pair = fromLngLat(crsId, lngLat)
  return crs && pair ? pair.map((value) => value.toFixed(crs.decimals)).join(', ') : null
}
