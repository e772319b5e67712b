import { LAYERS } from '../../geodata/layers.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { type FeatureFilter, featureWhere } from './feature.filter.ts'
import { featureJson } from './feature.sql.ts'
import { tableOf } from './layer.columns.ts'

export interface Page {
  features: StoredFeature[]
  /** Pass as `after` for the next page; undefined on the last one. */
  next: number | undefined
}

/** A page ends early where its shapes get heavy: its text stays within some tens of megabytes. */
export const PAGE_POSITIONS = 500_000

/** One page of a layer in id order. Keyset paging: stable under edits, never an empty last page. */
export async function listFeatures(
  sql: Sql,
  layer: LayerId,
  filter: FeatureFilter,
  reach: Reach,
  { limit, after, withGeometry }: { limit: number; after: number; withGeometry: boolean },
): Promise<Page> {
  const where = featureWhere(layer, filter, reach)
  const count = where.parameters.length
  const weight = withGeometry ? 'ST_NPoints(t.geom)' : '0'
  const rows = await sql.unsafe<{ feature: StoredFeature; found: number }[]>(
    `SELECT ${featureJson(layer, 't', withGeometry)} AS feature, found
     FROM (
       SELECT t.*, count(*) OVER () AS found, sum(${weight}) OVER (ORDER BY t.id) - ${weight} AS positions_before
       FROM (SELECT t.* FROM ${tableOf(layer)} t
         WHERE ${where.text} AND t.id > $${count + 1} ORDER BY t.id LIMIT $${count + 2}) t
     ) t WHERE positions_before < ${PAGE_POSITIONS} ORDER BY t.id`,
    [...where.parameters, after, limit + 1],
    { prepare: true },
  )
  const features = rows.slice(0, limit).map((row) => row.feature)
  const more = rows.length > 0 && features.length < rows[0]!.found
  return { features, next: more ? features.at(-1)!.id : undefined }
}

/** Throws not-found, also for a feature out of reach. */
export async function getFeature(
  sql: Sql | TransactionSql,
  layer: LayerId,
  id: number,
  reach: Reach,
): Promise<StoredFeature> {
  const where = featureWhere(layer, {}, reach, 2)
  const [row] = await sql.unsafe<{ feature: StoredFeature }[]>(
    `SELECT ${featureJson(layer, 't')} AS feature FROM ${tableOf(layer)} t WHERE t.id = $1 AND ${where.text}`,
    [id, ...where.parameters],
    { prepare: true },
  )
  if (!row) throw noSuchFeature(layer, id)
  return row.feature
}

export const noSuchFeature = (layer: LayerId, id: number) =>
  new Problem(
    'not-found',
    `There is no ${LAYERS[layer].noun.en.toLowerCase()} ${id}. It may have been deleted.`,
  )
