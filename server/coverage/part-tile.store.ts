import { LRUCache } from 'lru-cache'
import type { Json } from '../../geodata/coverage/analysis.schema.ts'
import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'
import type { Tile } from '../tiles/make-tile.ts'
import { readTwkb } from '../tiles/read-twkb.ts'
import { type TileAddress, tileBounds, tileTouches, toMercator } from '../tiles/tile-address.ts'
import { bodyBytes, type TileBody, tileBody } from '../tiles/tile-body.ts'
import { BYTE_BUDGET } from '../tiles/tile-rules.ts'
import { meetsTile, owned, pointUnits, shapeInUnits } from '../tiles/tile-sql.ts'
import { type MvtFeature, type MvtValue, writeMvtLayer } from '../tiles/write-mvt.ts'
import type { ReadablePart } from './part.store.ts'

/** Of one tile, first and after each time that it came out too large. */
const LIMITS = [20_000, 5000, 1000]
const CACHE_BYTES = 32 * 1024 * 1024

interface Row {
  seq: number
  properties: { [name: string]: Json }
  x: number
  y: number
  twkb: never | null
}

export interface PartTiles {
  /** undefined: nothing is there. Whether whoever asks may see the part is for the caller to see. */
  get(part: ReadablePart, address: TileAddress, signal: AbortSignal): Promise<TileBody | undefined>
  /** Called once a tile holds another compressed form. */
  grown(part: ReadablePart, address: TileAddress, body: TileBody): void
}

/** Tiles of parts, one layer each, named as the part. What an analysis found never changes, so they are kept as they are. */
export function createPartTiles(sql: Sql): PartTiles {
  const kept = new LRUCache<string, TileBody>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (body) => bodyBytes(body) + 500,
  })
  return {
    async get(part, address, signal) {
      if (!part.bbox || !tileTouches(address, toMercator(part.bbox))) return undefined
      const key = keyOf(part, address)
      const found = kept.get(key)
      if (found) return found
      const body = tileBody(await makePartTile(sql, part, address, signal))
      kept.set(key, body)
      return body
    },
    grown: (part, address, body) => void kept.set(keyOf(part, address), body),
  }
}

const keyOf = ({ analysisId, part }: ReadablePart, { z, x, y }: TileAddress) =>
  `${analysisId} ${part} ${z}/${x}/${y}`

/** Large shapes come before small ones, and features that were found first before later ones. */
async function makePartTile(
  sql: Sql,
  part: ReadablePart,
  address: TileAddress,
  signal: AbortSignal,
): Promise<Tile> {
  for (let step = 0; ; step++) {
    const limit = LIMITS[step]!
    const rows = await runCancellable<Row>(
      sql,
      tileSql(part, address.z, limit),
      [...tileBounds(address), part.analysisId, part.part] as never[],
      signal,
    )
    const isCut = rows.length > limit
    const { bytes } = writeMvtLayer(part.part, features(rows.slice(0, limit), part))
    if (bytes.length > BYTE_BUDGET && step + 1 < LIMITS.length) continue
    return { bytes, degraded: isCut ? 'features' : 'nothing' }
  }
}

const ORDER = {
  Point: 'seq',
  LineString: 'ST_Length(geom_3857) DESC, seq',
  MultiLineString: 'ST_Length(geom_3857) DESC, seq',
  Polygon: 'ST_Area(geom_3857) DESC, seq',
  MultiPolygon: 'ST_Area(geom_3857) DESC, seq',
}

function tileSql({ geometry }: ReadablePart, z: number, limit: number): string {
  const ofPart = 'analysis_id = $5::uuid AND part = $6'
  if (geometry === 'Point') {
    const { x, y } = pointUnits('geom_3857', z)
    return `SELECT seq, properties, ${x} AS x, ${y} AS y FROM analysis_feature
      WHERE ${ofPart} AND ${owned('geom_3857')} ORDER BY seq LIMIT ${limit + 1}`
  }
  const dimension = geometry.endsWith('LineString') ? 2 : 3
  return `SELECT seq, properties, ST_AsTWKB(${shapeInUnits(dimension, z)}, 0) AS twkb
    FROM (SELECT seq, properties, geom_3857 FROM analysis_feature
      WHERE ${ofPart} AND ${meetsTile(z).join(' AND ')} ORDER BY ${ORDER[geometry]} LIMIT ${limit + 1}) AS picked`
}

function* features(rows: readonly Row[], { geometry, fields }: ReadablePart): Generator<MvtFeature> {
  const carried = fields.filter(({ type }) => type !== 'json').map(({ name }) => name)
  for (const { seq, properties, x, y, twkb } of rows) {
    const shape =
      geometry === 'Point' ? { type: 'point' as const, x, y } : twkb === null ? undefined : readTwkb(twkb)
    if (!shape) continue
    const attributes = Object.fromEntries(carried.map((name) => [name, scalar(properties[name])]))
    yield { id: seq, shape, attributes }
  }
}

const scalar = (value: Json | undefined): MvtValue | null =>
  value === undefined || typeof value === 'object' ? null : value
