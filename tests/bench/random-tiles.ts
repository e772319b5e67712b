import type { Sql } from '../../server/platform/database.ts'
import { HALF_WORLD_METRES, type TileAddress, tileMetres } from '../../server/tiles/tile-address.ts'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Tiles around buildings picked at random, so that every tile has something in it; some come more than once. */
export async function randomTiles(
  sql: Sql,
  zoom: () => number,
  count: number,
  random: () => number,
): Promise<TileAddress[]> {
  const points = await sql`
    SELECT ST_X(ST_Transform(anchor, 3857)) AS x, ST_Y(ST_Transform(anchor, 3857)) AS y FROM building ORDER BY id`
  return Array.from({ length: count }, () => {
    const point = points[Math.floor(random() * points.length)]!
    const z = zoom()
    const size = tileMetres(z)
    return {
      z,
      x: Math.floor((point.x + HALF_WORLD_METRES) / size),
      y: Math.floor((HALF_WORLD_METRES - point.y) / size),
    }
  })
}
