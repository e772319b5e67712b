import type { Bbox, LngLat } from '../shared/geojson.ts'
import { toLngLat } from './convert.ts'
import type { OgcCrs } from './ogc-crs.ts'

type Read = { ok: true; bbox: Bbox } | { ok: false; reason: string }
type Box = [west: number, south: number, east: number, north: number]

const EARTH_RADIUS = 6_378_137
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i
/** Sides of a box are not straight in another system; of this many parts the ends are looked at. */
const PARTS = 16
/** Degrees; about a millimetre, to which clients round metres. */
const PAD = 1e-8

/**
 * The box of an OGC `bbox` parameter in degrees: four numbers in the order of axes of its system, or six with heights,
 * which are passed over. Degrees may go over the antimeridian (west > east). A box in metres becomes the smallest in
 * degrees that holds it.
 */
export function readOgcBox(text: string, from: OgcCrs): Read {
  const parts = text.length > 400 ? [] : text.split(',')
  const numbers = parts.map((part) => (NUMBER.test(part) ? Number(part) : Number.NaN))
  const flat = numbers.length === 6 ? numbers.filter((_, index) => index % 3 !== 2) : numbers
  const order = from.northFirst ? 'south,west,north,east' : 'west,south,east,north'
  if (flat.length !== 4 || !numbers.every(Number.isFinite))
    return refuse(`is “${text.slice(0, 80)}”; expected four numbers, ${order}`)
  const [a, b, c, d] = flat as Box
  const box: Box = from.northFirst ? [b, a, d, c] : [a, b, c, d]
  if (box[1] > box[3]) return refuse(`has its south in the north of its north; expected ${order}`)
  if (from.crs.unit === 'degree')
    return Math.max(Math.abs(box[0]), Math.abs(box[2])) <= 180 &&
      Math.max(Math.abs(box[1]), Math.abs(box[3])) <= 90
      ? { ok: true, bbox: box }
      : refuse(`goes beyond 180 degrees of longitude or 90 of latitude; expected ${order}`)
  if (box[0] > box[2]) return refuse(`has its west in the east of its east; expected ${order}`)
  const border = from.crs.belt ? alongBorder(box).map((at) => toLngLat(from.crs.id, at)) : fromMercator(box)
  return border.every((lngLat): lngLat is LngLat => lngLat !== null)
    ? { ok: true, bbox: around(border) }
    : refuse(`reaches further than ${from.crs.id} does; take a smaller box or another bbox-crs`)
}

const refuse = (reason: string): Read => ({ ok: false, reason })

/** The inverse of Web Mercator (EPSG method 1024), which unlike toLngLat goes on to the edge of the world. */
const fromMercator = ([west, south, east, north]: Box): LngLat[] =>
  [
    [west, south],
    [east, north],
  ].map(([x, y]) => [
    ((x! / EARTH_RADIUS) * 180) / Math.PI,
    ((2 * Math.atan(Math.exp(y! / EARTH_RADIUS)) - Math.PI / 2) * 180) / Math.PI,
  ])

const alongBorder = ([west, south, east, north]: Box): [number, number][] =>
  Array.from({ length: PARTS + 1 }, (_, part) => part / PARTS).flatMap((share): [number, number][] => {
    const x = west + share * (east - west)
    const y = south + share * (north - south)
    return [
      [x, south],
      [x, north],
      [west, y],
      [east, y],
    ]
  })

function around(positions: LngLat[]): Bbox {
  const lngs = positions.map(([lng]) => lng)
  const lats = positions.map(([, lat]) => lat)
  const within = (limit: number, value: number) => Math.max(-limit, Math.min(limit, value))
  return [
    within(180, Math.min(...lngs) - PAD),
    within(90, Math.min(...lats) - PAD),
    within(180, Math.max(...lngs) + PAD),
    within(90, Math.max(...lats) + PAD),
  ]
}
