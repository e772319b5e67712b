import type { Bbox } from '../../geodata/shared/geojson.ts'

export interface TileId {
  z: number
  x: number
  y: number
}

/** Share of a tile's edge that its buffer reaches beyond it; a change there is drawn in the neighbour as well. */
const BUFFER = 128 / 4096

/**
 * Tiles (XYZ scheme, Web Mercator) of the zooms from `minZoom` to `maxZoom` that a box in degrees touches, buffers
 * included. Undefined when they are more than `most`: refreshing the whole source is cheaper then.
 */
export function coverTiles(box: Bbox, minZoom: number, maxZoom: number, most = 200): TileId[] | undefined {
  const tiles: TileId[] = []
  for (let z = minZoom; z <= maxZoom; z++) {
    const count = 2 ** z
    const clamp = (value: number) => Math.min(count - 1, Math.max(0, Math.floor(value)))
    const [west, east] = [column(box[0]) * count, column(box[2]) * count]
    const [north, south] = [row(box[3]) * count, row(box[1]) * count]
    const [left, right] = [clamp(west - BUFFER), clamp(east + BUFFER)]
    const [top, bottom] = [clamp(north - BUFFER), clamp(south + BUFFER)]
    if (tiles.length + (right - left + 1) * (bottom - top + 1) > most) return undefined
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) tiles.push({ z, x, y })
  }
  return tiles
}

const column = (lng: number) => (lng + 180) / 360
const row = (lat: number) => {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}
