import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { type BindIds, pastReachClause, reachClause } from '../access/scope.sql.ts'
import { derivedValue, geometryJson } from '../features/feature.sql.ts'
import { columnOf, inputColumns, tableOf } from '../features/layer.columns.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

/** Derived properties that belong to a version; sums over what a cell holds do not. */
const KEPT = ['sourceId', 'createdAt', 'updatedAt', 'communityCode', 'gridCode', 'microGridCode']
const keptOf = (layer: LayerId) => KEPT.filter((property) => property in LAYERS[layer].derived.shape)

/** Properties of the version in force, which is the row t of the layer itself. */
function presentProperties(layer: LayerId): string {
  const members = inputColumns(layer).map(
    ({ property, column, type }) =>
      `'${property}', ${type === 'timestamptz' ? isoTime(`t.${column}`) : `t.${column}`}`,
  )
  for (const property of keptOf(layer)) members.push(`'${property}', ${derivedValue(layer, property, 't')}`)
  return `jsonb_build_object(${members.join(', ')})`
}

/** The same of a row v of feature_version. */
function pastProperties(layer: LayerId): string {
  const members = inputColumns(layer).map(
    ({ property, column, type }) =>
      `'${property}', ${type === 'timestamptz' ? isoTime(`(v."row"->>'${column}')::timestamptz`) : `v."row"->'${column}'`}`,
  )
  for (const property of keptOf(layer))
    members.push(
      `'${property}', ${property === 'updatedAt' ? isoTime('v.valid_from') : property === 'createdAt' ? isoTime(`(v."row"->>'created_at')::timestamptz`) : `v."row"->'${columnOf(property)}'`}`,
    )
  return `jsonb_build_object(${members.join(', ')})`
}

/**
 * Every version of a layer's features, past and present, as a query. Columns: id, version, valid_from, valid_to (null:
 * in force), actor, how, change_set_id, ended (null, update, delete), ended_by, ended_in, geom, properties.
 * `present` and `past` are conditions on the rows t and v. Each version is in it if the row, as it was then, is in reach.
 */
export const versionsQuery = (
  layer: LayerId,
  { reach, bind }: { reach: Reach; bind: BindIds },
  { present, past }: { present: string; past: string },
): string => `
  SELECT t.id, t.version, t.updated_at AS valid_from, NULL::timestamptz AS valid_to, t.updated_by AS actor, t.how,
    t.change_set_id, NULL::text AS ended, NULL::text AS ended_by, NULL::uuid AS ended_in, t.geom::geometry AS geom,
    ${presentProperties(layer)} AS properties
  FROM ${tableOf(layer)} t WHERE ${present} AND ${reachClause(layer, reach, bind)}
  UNION ALL
  SELECT v.feature_id, v.version, v.valid_from, v.valid_to, v.actor, v.how, v.change_set_id, v.ended, v.ended_by,
    v.ended_in, v.geom, ${pastProperties(layer)}
  FROM feature_version v WHERE v.layer = '${layer}' AND ${past} AND ${pastReachClause(layer, reach, bind)}`

/** A version as a feature (StoredFeature). */
export const versionJson = (alias: string): string =>
  `jsonb_build_object('type', 'Feature', 'id', ${alias}.id, 'version', ${alias}.version,
    'geometry', ${geometryJson(alias)}, 'properties', ${alias}.properties)`
