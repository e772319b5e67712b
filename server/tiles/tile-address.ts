import type { Bbox } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'

export interface TileAddress {
  z: number
  x: number
  y: number
}

/** west, south, east, north in Web Mercator metres (EPSG:3857). */
export type MercatorBox = [west: number, south: number, east: number, north: number]

/** Tile units along a side, and how many of them a shape may reach beyond the side before it is clipped. */
export const EXTENT = 4096
export const BUFFER = 64
export const MAX_ZOOM = 22

export const HALF_WORLD_METRES = 20_037_508.342789244

export const tileMetres = (z: number): number => (2 * HALF_WORLD_METRES) / 2 ** z
export const unitMetres = (z: number): number => tileMetres(z) / EXTENT

/** Checks z, x, y as they stand in the path. Throws `invalid-parameter` naming the part and its range. */
export function parseTileAddress(z: string, x: string, y: string): TileAddress {
  const zoom = wholeNumber('z', z, MAX_ZOOM)
  const last = 2 ** zoom - 1
  return { z: zoom, x: wholeNumber('x', x, last), y: wholeNumber('y', y, last) }
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = /^\d{1,8}$/.test(text) ? Number(text) : Number.NaN
  if (value <= max) return value
  throw new Problem(
    'invalid-parameter',
    `The tile’s ${name} is “${text.slice(0, 40)}”; expected a whole number from 0 to ${max}.`,
    { issues: [{ at: name, message: `is not a whole number from 0 to ${max}` }] },
  )
}

/** Without the buffer. Neighbours give the same number for the side that they share. */
export function tileBounds({ z, x, y }: TileAddress): MercatorBox {
  const size = tileMetres(z)
  return [
    x * size - HALF_WORLD_METRES,
    HALF_WORLD_METRES - (y + 1) * size,
    (x + 1) * size - HALF_WORLD_METRES,
    HALF_WORLD_METRES - y * size,
  ]
}

/** A box in degrees; one across the antimeridian becomes the whole parallel. Latitudes end at the projection's. */
export function toMercator([west, south, east, north]: Bbox): MercatorBox {
  const x = (lng: number) => (lng / 180) * HALF_WORLD_METRES
  return west > east
    ? [-HALF_WORLD_METRES, mercatorY(south), HALF_WORLD_METRES, mercatorY(north)]
    : [x(west), mercatorY(south), x(east), mercatorY(north)]
}

function mercatorY(latitude: number): number {
  const bounded = Math.min(85.0511287798066, Math.max(-85.0511287798066, latitude))
  return (Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / Math.PI) * HALF_WORLD_METRES
}

/** The tile with its buffer. One unit more allows for rounding of degrees. */
export function tileReach(address: TileAddress): MercatorBox {
  const [west, south, east, north] = tileBounds(address)
  const margin = unitMetres(address.z) * (BUFFER + 1)
  return [west - margin, south - margin, east + margin, north + margin]
}

/** Whether anything in the box can be in the tile or its buffer. */
export const tileTouches = (address: TileAddress, box: MercatorBox): boolean =>
  boxesTouch(tileReach(address), box)

export const boxesTouch = (a: MercatorBox, b: MercatorBox): boolean =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]

export const joinBoxes = (a: MercatorBox, b: MercatorBox): MercatorBox => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]
