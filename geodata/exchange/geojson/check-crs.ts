import { Problem } from '../../shared/problem.ts'

const LONGITUDE_LATITUDE = [
  /^urn:ogc:def:crs:OGC:[\d.]*:CRS84h?$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/CRS84h?$/i,
  /^OGC:CRS84h?$/i,
  /^CRS84$/i,
  /^(urn:ogc:def:crs:)?EPSG:[\d.]*:?4326$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/4326$/i,
]
const CGCS2000 = [/^(urn:ogc:def:crs:)?EPSG:[\d.]*:?4490$/i, /\/EPSG\/[\d.]+\/4490$/i]

/**
 * Looks at the `crs` member of older GeoJSON. Returns a note, if there is something to tell. Throws
 * `unsupported-format` naming a system that is not longitude and latitude: coordinates are never shifted silently.
 */
export function checkCrs(crs: unknown): string | undefined {
  if (crs === undefined) return undefined
  if (crs === null)
    return 'crs is null (unknown); the coordinates were taken as longitude, latitude on WGS 84'
  const { type, properties } = crs as { type?: unknown; properties?: { name?: unknown; code?: unknown } }
  const name = type === 'EPSG' ? `EPSG:${properties?.code}` : properties?.name
  if (typeof name === 'string' && LONGITUDE_LATITUDE.some((pattern) => pattern.test(name))) return undefined
  if (typeof name === 'string' && CGCS2000.some((pattern) => pattern.test(name)))
    return 'the coordinates are CGCS2000 (EPSG:4490), within millimetres of WGS 84; they were taken unchanged'
  throw new Problem(
    'unsupported-format',
    `The file's crs is ${JSON.stringify(name ?? crs)?.slice(0, 120)}; Gridward reads longitude, latitude in degrees ` +
      '(CRS84 / EPSG:4326). Convert it, e.g. with ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES out.geojson in.geojson.',
  )
}
