import type { IdList } from '../../geodata/lists/list.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { type FeatureFilter, featureWhere } from './feature.filter.ts'
import { tableOf } from './layer.columns.ts'
import { orderBy } from './sort.sql.ts'

export const MAX_LISTED_IDS = 200_000

/** The ids of everything that matches, up to `max`: what a list scrolls by. Throws invalid-parameter. */
export async function listIds(
  sql: Sql,
  layer: LayerId,
  filter: FeatureFilter,
  reach: Reach,
  sort: string,
  max = MAX_LISTED_IDS,
): Promise<IdList> {
  const { text, parameters } = featureWhere(layer, filter, reach)
  // One JSON text: as many rows of the protocol would take several times as long.
  const [row] = await sql.unsafe<[{ ids: number[] }]>(
    `SELECT array_to_json(ARRAY(SELECT t.id FROM ${tableOf(layer)} t WHERE ${text}
       ORDER BY ${orderBy(layer, sort)} LIMIT ${max + 1})) AS ids`,
    parameters,
    { prepare: true },
  )
  const { ids } = row
  if (ids.length <= max) return { ids, total: ids.length, truncated: false }
  ids.length = max
  return { ids, total: await countMatches(sql, layer, filter, reach), truncated: true }
}

export async function countMatches(
  sql: Sql,
  layer: LayerId,
  filter: FeatureFilter,
  reach: Reach,
): Promise<number> {
  const { text, parameters } = featureWhere(layer, filter, reach)
  const [row] = await sql.unsafe<[{ count: number }]>(
    `SELECT count(*) AS count FROM ${tableOf(layer)} t WHERE ${text}`,
    parameters,
    { prepare: true },
  )
  return row.count
}
