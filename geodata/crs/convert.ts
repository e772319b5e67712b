import gcoord from 'gcoord'
import proj4, { type Converter } from 'proj4'
import type { LngLat } from '../shared/geojson.ts'
import { type Crs, findCrs } from './crs-list.ts'

const MAX_LATITUDE = 85.05
/** A 3° belt is 1.5° to either side; files run over, but this far out the numbers mean something else. */
const MAX_DEGREES_FROM_MERIDIAN = 20

/**
 * A pair in a system's own axes (east first) as longitude and latitude, EPSG:4326, degrees, not rounded. Null where
 * the system is not known or has no such place. GCJ-02 and BD-09 are defined forwards only (formula: gcoord); the
 * inverse iterates until the forward result differs by less than 1e-10 degree.
 */
export function toLngLat(crsId: string, [east, north]: readonly [number, number]): LngLat | null {
  const crs = findCrs(crsId)
  if (!crs || !Number.isFinite(east) || !Number.isFinite(north)) return null
  return valid(crs, inverse(crs, east, north))
}

/** Longitude and latitude in a system's own axes (east first), not rounded. Null where the system does not reach. */
export function fromLngLat(crsId: string, lngLat: LngLat): [east: number, north: number] | null {
  const crs = findCrs(crsId)
  if (!crs || !valid(crs, lngLat)) return null
  const [east, north] = forward(crs, lngLat)
  return Number.isFinite(east) && Number.isFinite(north) ? [east, north] : null
}

function valid({ belt }: Crs, lngLat: LngLat): LngLat | null {
  const [lng, lat] = lngLat
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= MAX_LATITUDE)) return null
  if (belt && Math.abs(lng - belt.centralMeridian) > MAX_DEGREES_FROM_MERIDIAN) return null
  return lngLat
}

function forward(crs: Crs, [lng, lat]: LngLat): [number, number] {
  if (crs.proj) {
    const [east, north] = converterOf(crs.proj).forward([lng, lat])
    return [east!, north!]
  }
  if (!crs.obfuscated) return [lng, lat]
  const [east, north] = gcoord.transform(
    [lng, lat],
    gcoord.WGS84,
    crs.id === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09,
  )
  return [east!, north!]
}

function inverse(crs: Crs, east: number, north: number): LngLat {
  if (crs.proj) {
    const [lng, lat] = converterOf(crs.proj).inverse([east, north])
    return [lng!, lat!]
  }
  if (!crs.obfuscated) return [east, north]
  let lngLat: LngLat = [east, north]
  for (let round = 0; round < 50; round++) {
    const [x, y] = forward(crs, lngLat)
    const [dx, dy] = [east - x, north - y]
    lngLat = [lngLat[0] + dx, lngLat[1] + dy]
    if (Math.abs(dx) < 1e-10 && Math.abs(dy) < 1e-10) break
  }
  return lngLat
}

const converters = new Map<string, Converter>()

function converterOf(definition: string): Converter {
  const found = converters.get(definition) ?? proj4(definition)
  converters.set(definition, found)
  return found
}
