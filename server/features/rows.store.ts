import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { type FeatureFilter, featureWhere } from './feature.filter.ts'
import { featureJson } from './feature.sql.ts'
import { tableOf } from './layer.columns.ts'
import { PAGE_POSITIONS, type Page } from './read.store.ts'

/**
 * The features that `ids` names, in its order; those that are gone, out of reach or do not match the filter are absent. A page ends
 * at the limit or where shapes get heavy: `next` and `after` count places in `ids`.
 */
export async function listByIds(
  sql: Sql,
  layer: LayerId,
  { ids, ...filter }: FeatureFilter & { ids: number[] },
  reach: Reach,
  { limit = ids.length, after, withGeometry }: { limit?: number; after: number; withGeometry: boolean },
): Promise<Page> {
  const where = featureWhere(layer, filter, reach)
  const count = where.parameters.length
  const weight = withGeometry ? 'ST_NPoints(t.geom)' : '0'
  const rows = await sql.unsafe<{ feature: StoredFeature; place: number; found: number }[]>(
    `SELECT ${featureJson(layer, 't', withGeometry)} AS feature, place, found
     FROM (
       SELECT t.*, count(*) OVER () AS found, sum(${weight}) OVER (ORDER BY t.place) - ${weight} AS positions_before
       FROM (SELECT t.*, wanted.place FROM unnest($${count + 1}::bigint[]) WITH ORDINALITY AS wanted (id, place)
         JOIN ${tableOf(layer)} t ON t.id = wanted.id
         WHERE ${where.text} AND wanted.place > $${count + 2} ORDER BY wanted.place LIMIT $${count + 3}) t
     ) t WHERE positions_before < ${PAGE_POSITIONS} ORDER BY place`,
    [...where.parameters, ids, after, limit + 1],
    { prepare: true },
  )
  const shown = rows.slice(0, limit)
  const more = rows.length > 0 && shown.length < rows[0]!.found
  return { features: shown.map((row) => row.feature), next: more ? shown.at(-1)!.place : undefined }
}
