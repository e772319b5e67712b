import type { Geometry, GeometryType, LngLat, Ring } from './geojson.ts'

const MAX_POSITIONS = 200_000
/** Web Mercator, in which the map and tiles are drawn, ends here. */
const MAX_LATITUDE = 85.05
const SCALE = 1e7

export type NormalisedGeometry =
  | { ok: true; geometry: Geometry; notes: string[]; rounded: boolean }
  | { ok: false; reason: string }

/** Thrown and caught inside this file only. */
class Refusal extends Error {}

interface Work {
  positions: number
  notes: Set<string>
  rounded: boolean
}

/**
 * A GeoJSON geometry from outside, brought to the form in which Gridward keeps it, or the reason why it cannot be.
 * Degrees, longitude first, EPSG:4326; at most 7 decimals; two ordinates; no consecutive duplicates; rings closed,
 * outer ones counter-clockwise and holes clockwise (RFC 7946). A Polygon becomes a MultiPolygon and a Multi* with one
 * part that part. Whatever was changed is told in `notes`, each at most once, but for rounding, which most programs'
 * files need: `rounded`. Never throws.
 * Self-intersections are not looked for here: the database answers for them.
 */
export function normaliseGeometry(value: unknown, type: GeometryType): NormalisedGeometry {
  const work: Work = { positions: 0, notes: new Set(), rounded: false }
  try {
    const geometry = readGeometry(value, type, work)
    return { ok: true, geometry, notes: [...work.notes], rounded: work.rounded }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message }
    throw error
  }
}

function readGeometry(value: unknown, type: GeometryType, work: Work): Geometry {
  if (value === null || value === undefined) throw new Refusal('has no geometry (null)')
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Refusal(`the geometry is ${describe(value)}, expected an object with type and coordinates`)
  const { type: found, coordinates } = value as { type?: unknown; coordinates?: unknown }
  if (typeof found !== 'string')
    throw new Refusal(`the geometry's type is ${describe(found)}, expected ${type}`)
  if (type === 'Point') {
    if (found === 'Point') return { type, coordinates: position(coordinates, work) }
    if (found === 'MultiPoint')
      return { type, coordinates: position(onlyPart(coordinates, found, work), work) }
  } else if (type === 'LineString') {
    if (found === 'LineString') return { type, coordinates: line(coordinates, work) }
    if (found === 'MultiLineString')
      return { type, coordinates: line(onlyPart(coordinates, found, work), work) }
  } else {
    if (found === 'Polygon') return { type, coordinates: [polygon(coordinates, work)] }
    if (found === 'MultiPolygon') {
      const parts = list(coordinates, 'a MultiPolygon')
      if (parts.length === 0) throw new Refusal('a MultiPolygon without polygons is empty')
      return { type, coordinates: parts.map((part) => polygon(part, work)) }
    }
  }
  throw new Refusal(`is a ${found.slice(0, 40)}, but this layer holds ${type}`)
}

function onlyPart(coordinates: unknown, found: string, work: Work): unknown {
  const parts = list(coordinates, `a ${found}`)
  if (parts.length !== 1)
    throw new Refusal(`is a ${found} with ${parts.length} parts, expected one part; split it into features`)
  work.notes.add(`${found} with one part taken as that part`)
  return parts[0]
}

function polygon(value: unknown, work: Work): Ring[] {
  const rings = list(value, 'a polygon')
  if (rings.length === 0) throw new Refusal('a polygon without rings is empty')
  return rings.map((item, index) => ring(item, index > 0, work))
}

function ring(value: unknown, hole: boolean, work: Work): Ring {
  const what = hole ? 'a hole' : 'an outer ring'
  const raw = list(value, what)
  const read = raw.map((item) => position(item, work))
  const first = read[0]
  const last = read.at(-1)
  if (!first || !last || read.length < 4)
    throw new Refusal(`${what} has ${read.length} positions, expected at least 4`)
  if (!same(first, last))
    throw new Refusal(
      `${what} is not closed: it starts at ${first.join(', ')} and ends at ${last.join(', ')}`,
    )
  const kept = withoutRepeats(read, work)
  const twiceArea = signedArea(kept)
  if (kept.length < 4 || twiceArea === 0)
    throw new Refusal(
      `${what} at ${first.join(', ')} encloses no area at 7 decimals of a degree: it is flat or crosses itself`,
    )
  if (twiceArea > 0 === hole) {
    work.notes.add(hole ? 'a hole was turned clockwise' : 'an outer ring was turned counter-clockwise')
    kept.reverse()
  }
  return kept
}

function line(value: unknown, work: Work): LngLat[] {
  const read = list(value, 'a line').map((item) => position(item, work))
  if (read.length < 2) throw new Refusal(`a line has ${read.length} positions, expected at least 2`)
  const kept = withoutRepeats(read, work)
  if (kept.length < 2) throw new Refusal(`a line at ${read[0]!.join(', ')} has no length`)
  return kept
}

function position(value: unknown, work: Work): LngLat {
  if (++work.positions > MAX_POSITIONS)
    throw new Refusal(`has more than ${MAX_POSITIONS} positions; split or simplify it`)
  const ordinates = list(value, 'a position')
  if (ordinates.length < 2)
    throw new Refusal(`a position has ${ordinates.length} numbers, expected longitude and latitude`)
  if (ordinates.length > 4)
    throw new Refusal(`a position has ${ordinates.length} numbers, expected longitude and latitude`)
  for (const ordinate of ordinates) {
    if (typeof ordinate !== 'number' || !Number.isFinite(ordinate))
      throw new Refusal(`a coordinate is ${describe(ordinate)}, expected a number`)
  }
  const [lng, lat] = ordinates as [number, number]
  if (Math.abs(lng) > 180 || Math.abs(lat) > MAX_LATITUDE) throw new Refusal(outOfRange(lng, lat))
  if (ordinates.length > 2) work.notes.add('heights and measures were left out')
  const kept: LngLat = [round(lng), round(lat)]
  if (kept[0] !== lng || kept[1] !== lat) work.rounded = true
  return kept
}

function outOfRange(lng: number, lat: number): string {
  const found = `position ${lng}, ${lat} is outside longitude ±180, latitude ±${MAX_LATITUDE}`
  if (Math.abs(lng) > 360 || Math.abs(lat) > 360)
    return `${found}: it looks like projected metres; convert the file to EPSG:4326 (longitude, latitude in degrees)`
  if (Math.abs(lng) <= MAX_LATITUDE && Math.abs(lat) <= 180)
    return `${found}: the axes look swapped; longitude comes first`
  return found
}

/** Adding 0 turns −0 into 0. */
const round = (degrees: number): number => Math.round(degrees * SCALE) / SCALE + 0
const same = (a: LngLat, b: LngLat): boolean => a[0] === b[0] && a[1] === b[1]

function withoutRepeats(positions: LngLat[], work: Work): LngLat[] {
  const kept = positions.filter((item, index) => index === 0 || !same(item, positions[index - 1]!))
  if (kept.length < positions.length) work.notes.add('repeated positions were left out')
  return kept
}

/** Twice the area in square degrees, positive when counter-clockwise; exact for rings on the 7-decimal lattice. */
function signedArea(points: Ring): number {
  const [originLng, originLat] = points[0]!
  let sum = 0
  for (let i = 1; i + 1 < points.length; i++) {
    const [ax, ay] = points[i]!
    const [bx, by] = points[i + 1]!
    sum +=
      Math.round((ax - originLng) * SCALE) * Math.round((by - originLat) * SCALE) -
      Math.round((bx - originLng) * SCALE) * Math.round((ay - originLat) * SCALE)
  }
  return sum / (SCALE * SCALE)
}

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new Refusal(`${what} is ${describe(value)}, expected an array`)
  return value
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`
  return String(value)
}
