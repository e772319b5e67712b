import { DUTY_LAYERS, type DutyLayer } from '../../geodata/duties/duty.schema.ts'
import type { Reach } from '../access/reach.ts'
import { type BindIds, reachClause } from '../access/scope.sql.ts'
import { isLocated, tableOf } from '../features/layer.columns.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

/** Days are those of China, where a day begins at 16:00 UTC. */
export const TODAY = `(now() AT TIME ZONE interval '8 hours')::date`

/** Whether a duty is held today, over the table duty. */
export const isCurrent = (alias: string): string =>
  `(coalesce(${alias}.since <= ${TODAY}, true) AND coalesce(${alias}.until >= ${TODAY}, true))`

/** A day as YYYY-MM-DD. */
export const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`

/** How a feature is named, over its table; a duty's target has a code only where its layer has codes. */
export const targetName = (layer: DutyLayer, alias: string): string =>
  layer === 'buildings' || layer === 'facilities'
    ? `coalesce(${alias}.name, ${alias}.address)`
    : `${alias}.name`
export const targetCode = (layer: DutyLayer, alias: string): string =>
  layer === 'facilities' || layer === 'checkpoints' ? 'NULL::text' : `${alias}.code`

/** What a duty's own row gives on the wire, over duty d. */
export const DUTY_FIELDS = `d.id, d.version, d.role, d.layer, d.feature_id AS feature, d.holder,
  ${day('d.since')} AS since, ${day('d.until')} AS until, d.note, ${isoTime('d.updated_at')} AS "updatedAt",
  ${isCurrent('d')} AS current`

/** Duties of features that are there and in reach, with the names of what they are held for. `where`: over duty d. */
export const dutiesSql = (
  reach: Reach,
  bind: BindIds,
  where: string,
  layers: readonly DutyLayer[] = DUTY_LAYERS,
): string =>
  layers
    .map(
      (layer) => `SELECT ${DUTY_FIELDS}, ${targetCode(layer, 't')} AS code, ${targetName(layer, 't')} AS name
       FROM duty d JOIN ${tableOf(layer)} t ON t.id = d.feature_id
       WHERE d.layer = '${layer}' AND ${where} AND ${reachClause(layer, reach, bind)}`,
    )
    .join(' UNION ALL ')

/** A feature and the cells that hold it, own first: rows of (layer, id, step), over alias t of its table. */
export function withCells(layer: DutyLayer): string {
  const parents: [DutyLayer, string][] = isLocated(layer)
    ? [
        ['micro-grids', 't.micro_grid_id'],
        ['grids', 't.grid_id'],
        ['communities', 't.community_id'],
      ]
    : layer === 'micro-grids'
      ? [
          ['grids', 't.grid_id'],
          ['communities', 't.community_id'],
        ]
      : layer === 'grids'
        ? [['communities', 't.community_id']]
        : []
  const rows = [[layer, 't.id'] as const, ...parents].map(([of, id], step) => `('${of}', ${id}, ${step})`)
  return `(VALUES ${rows.join(', ')}) AS held (layer, id, step)`
}
