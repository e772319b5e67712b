import {
  CHECKED_LAYER,
  type CheckedRole,
  type DutyParams,
} from '../../geodata/duties/duty-analysis.schema.ts'
import type { DutyTarget } from '../../geodata/duties/sum-duties.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { isCurrent, targetCode, targetName, withCells } from './duty.sql.ts'

/** Buildings in which people live, whether or not it is known how many. */
const INHABITED = `(t.households > 0 OR t.households IS NULL AND t.use IN ('residential', 'mixed'))`

/** Everything that a role is to look after, with who does today, by code and id. */
export async function readTargets(
  sql: Sql,
  role: CheckedRole,
  buildings: DutyParams['buildings'],
  reach: Reach,
): Promise<DutyTarget[]> {
  const layer = CHECKED_LAYER[role]
  const table = tableOf(layer)
  const parameters: (string | number[])[] = [role]
  const reached = reachClause(layer, reach, (ids) => `$${parameters.push(ids)}`)
  // What area staff hold for a community or a grid, they hold for each micro-grid in it.
  const held =
    role === 'area-staff'
      ? `LATERAL ${withCells(layer)} JOIN duty d ON d.layer = held.layer AND d.feature_id = held.id`
      : `duty d`
  const own = role === 'area-staff' ? 'true' : `d.layer = '${layer}' AND d.feature_id = t.id`
  const holders = `ARRAY(SELECT DISTINCT d.holder FROM ${held}
    WHERE d.role = $1 AND ${own} AND ${isCurrent('d')} ORDER BY d.holder)`
  const figures =
    layer === 'buildings'
      ? 't.households, 1 AS buildings, 0::float8'
      : layer === 'checkpoints'
        ? '0 AS households, 0 AS buildings, 0::float8'
        : `CASE WHEN b.cell IS NULL THEN 0 ELSE b.households END AS households, coalesce(b.buildings, 0)::int AS buildings, ST_Area(t.geom::geography)`
  const inCells =
    layer === 'grids' || layer === 'micro-grids'
      ? `LEFT JOIN (SELECT ${table}_id AS cell, sum(households)::int AS households, count(*) AS buildings
           FROM building GROUP BY 1) b ON b.cell = t.id`
      : ''
  const place = layer === 'checkpoints' ? 't.geom' : 't.anchor'
  const rows = await sql.unsafe<(Omit<DutyTarget, 'lngLat'> & { lng: number; lat: number })[]>(
    `SELECT '${layer}' AS layer, t.id, ${targetCode(layer, 't')} AS code, ${targetName(layer, 't')} AS name,
       ${figures} AS "squareMetres", ST_X(${place}) AS lng, ST_Y(${place}) AS lat, ${holders} AS holders
     FROM ${table} t ${inCells}
     WHERE ${reached} ${layer === 'buildings' && buildings === 'inhabited' ? `AND ${INHABITED}` : ''}
     ORDER BY 3, 2`,
    parameters,
    { prepare: true },
  )
  return rows.map(({ lng, lat, ...row }) => ({ ...row, lngLat: [lng, lat] }))
}
