import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { PAGE_POSITIONS } from '../features/read.store.ts'
import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'
import { versionJson, versionsQuery } from './version.sql.ts'

export interface AsOfQuery {
  /** ISO */
  time: string
  /** Degrees; west > east crosses the antimeridian. */
  bbox: Bbox | undefined
  limit: number
  /** Id after which the page begins. */
  after: number
}

/**
 * The features of a layer that were in force at a time, as they were then, in id order. A page ends at the limit or
 * where shapes get heavy; the query ends when the signal aborts. `next` is the `after` of the next page. Cells can be joined in SQL: cells_as_of(moment).
 */
export async function featuresAsOf(
  sql: Sql,
  layer: LayerId,
  reach: Reach,
  { time, bbox, limit, after }: AsOfQuery,
  signal: AbortSignal,
): Promise<{ features: StoredFeature[]; next: number | undefined }> {
  const values: (string | number | number[])[] = [time, after, limit + 1]
  const envelopes = boxesOf(bbox).map(
    (sides) => `ST_MakeEnvelope(${sides.map((side) => `$${values.push(side)}::float8`).join(', ')}, 4326)`,
  )
  const inside = (alias: string) =>
    bbox ? `AND (${envelopes.map((envelope) => `${alias}.geom && ${envelope}`).join(' OR ')})` : ''
  const present = `t.updated_at <= $1::timestamptz AND t.id > $2 ${inside('t')}`
  const past = `v.valid_from <= $1::timestamptz AND v.valid_to > $1::timestamptz AND v.feature_id > $2 ${inside('v')}`
  const rows = await runCancellable<{ feature: StoredFeature; found: number }>(
    sql,
    `SELECT ${versionJson('v')} AS feature, found FROM (
       SELECT v.*, count(*) OVER () AS found,
         sum(ST_NPoints(geom)) OVER (ORDER BY id) - ST_NPoints(geom) AS positions_before
       FROM (SELECT * FROM (${versionsQuery(layer, { reach, bind: (ids) => `$${values.push(ids)}` }, { present, past })}) v ORDER BY id LIMIT $3) v
     ) v WHERE positions_before < ${PAGE_POSITIONS} ORDER BY id`,
    values,
    signal,
  )
  const features = rows.slice(0, limit).map(({ feature }) => feature)
  const more = rows.length > 0 && features.length < rows[0]!.found
  return { features, next: more ? features.at(-1)!.id : undefined }
}

/** One box, or two where it crosses the antimeridian; none for the whole world. */
export function boxesOf(bbox: Bbox | undefined): Bbox[] {
  if (!bbox) return []
  const [west, south, east, north] = bbox
  if (west <= east) return [bbox]
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ]
}
