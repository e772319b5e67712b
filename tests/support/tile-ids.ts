import type { Bbox } from '../../geodata/shared/geojson.ts'
import { type TileAddress, tileMetres, toMercator } from '../../server/tiles/tile-address.ts'
import { decodeStrictly } from './strict-mvt.ts'

const HALF_WORLD_METRES = 20_037_508.342789244

/** The tiles of a zoom that a box in degrees lies in. */
export function tilesAround(box: Bbox, z: number): TileAddress[] {
  const [west, south, east, north] = toMercator(box)
  const column = (x: number) => Math.floor((x + HALF_WORLD_METRES) / tileMetres(z))
  const row = (y: number) => Math.floor((HALF_WORLD_METRES - y) / tileMetres(z))
  const tiles: TileAddress[] = []
  for (let x = column(west); x <= column(east); x++)
    for (let y = row(north); y <= row(south); y++) tiles.push({ z, x, y })
  return tiles
}

/** Ids of the features in a tile without compression, those of labels too, each once in ascending order. */
export function idsInTile(bytes: ArrayBuffer): number[] {
  const ids = new Set<number>()
  if (bytes.byteLength === 0) return []
  for (const features of decodeStrictly(new Uint8Array(bytes), [-1026, 5122]).values())
    for (const { id } of features) ids.add(id!)
  return [...ids].sort((a, b) => a - b)
}
