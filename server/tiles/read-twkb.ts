import { PbfReader } from 'pbf'

/** Flat x, y, x, y …; rings are closed (the last point is the first). */
export type Coordinates = number[]

export type TwkbShape =
  | { type: 'lines'; lines: Coordinates[] }
  | { type: 'polygons'; polygons: Coordinates[][] }

const LINE = 2
const POLYGON = 3
const MULTI_LINE = 5
const MULTI_POLYGON = 6

/**
 * Reads lines and polygons from TWKB of precision 0 without z, m, size, box or ids, as `ST_AsTWKB(geom, 0)` writes it
 * (https://github.com/TWKB/Specification). Undefined for an empty geometry and for any other type: clipping can leave
 * points, which have no place in a layer of shapes.
 */
export function readTwkb(bytes: Uint8Array): TwkbShape | undefined {
  const reader = new PbfReader(bytes)
  const type = reader.readVarint()
  const flags = reader.readVarint()
  const isEmpty = (flags & 16) !== 0
  if (isEmpty) return undefined
  if (type >> 4 !== 0 || flags !== 0)
    throw new Error(`TWKB with header ${type}, ${flags} is not expected here`)
  let x = 0
  let y = 0
  const points = (): Coordinates => {
    const count = reader.readVarint()
    const flat: Coordinates = new Array(count * 2)
    for (let i = 0; i < count; i++) {
      x += reader.readSVarint()
      y += reader.readSVarint()
      flat[2 * i] = x
      flat[2 * i + 1] = y
    }
    return flat
  }
  const several = <T>(read: () => T): T[] => Array.from({ length: reader.readVarint() }, read)
  switch (type & 15) {
    case LINE:
      return { type: 'lines', lines: [points()] }
    case MULTI_LINE:
      return { type: 'lines', lines: several(points) }
    case POLYGON:
      return { type: 'polygons', polygons: [several(points)] }
    case MULTI_POLYGON:
      return { type: 'polygons', polygons: several(() => several(points)) }
    default:
      return undefined
  }
}
