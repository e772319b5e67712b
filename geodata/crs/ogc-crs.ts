import type { Bbox, LngLat } from '../shared/geojson.ts'
import { fromLngLat } from './convert.ts'
import { CRS_LIST, type Crs, findCrs } from './crs-list.ts'

/**
 * A coordinate system by the address that OGC standards name it by. There the order of axes is that of its authority,
 * not ours: EPSG has the latitude and the northing first, of Web Mercator the easting; CRS84 has the longitude first.
 */
export interface OgcCrs {
  uri: string
  crs: Crs
  northFirst: boolean
}

export const CRS84_URI = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const EPSG_URI = 'http://www.opengis.net/def/crs/EPSG/0/'
/** A tenth of a millimetre or better for metres, and what is stored for degrees. */
const DECIMALS = { metre: 4, degree: 7 } as const

export const CRS84: OgcCrs = { uri: CRS84_URI, crs: findCrs('EPSG:4326')!, northFirst: false }

/** CRS84 first. Those of map services have no address. */
const OGC_CRS_LIST: readonly OgcCrs[] = [
  CRS84,
  ...CRS_LIST.filter(({ obfuscated }) => !obfuscated).map((crs) => ({
    uri: EPSG_URI + crs.id.slice('EPSG:'.length),
    crs,
    northFirst: crs.id !== 'EPSG:3857',
  })),
]

/** The systems in which everything in a box can be told; all of them for no box. */
export const crsReaching = (bbox: Bbox | undefined): OgcCrs[] =>
  OGC_CRS_LIST.filter(({ crs }) => {
    if (!crs.belt || !bbox) return true
    const [west, south, east, north] = bbox
    return [west, east].every((lng) => [south, north].every((lat) => fromLngLat(crs.id, [lng, lat])))
  })

/** A position in the order of axes of a system, rounded; null where the system does not reach. */
export function toOgc({ crs, northFirst }: OgcCrs, lngLat: LngLat): [number, number] | null {
  const at = crs.unit === 'degree' ? lngLat : fromLngLat(crs.id, lngLat)
  if (!at) return null
  const scale = 10 ** DECIMALS[crs.unit]
  const [east, north] = at.map((value) => Math.round(value * scale) / scale) as LngLat
  return northFirst ? [north, east] : [east, north]
}
