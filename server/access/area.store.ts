import type { Area, AreaCell } from '../../geodata/access/area.schema.ts'
import { CELL_LAYERS, type CellLayer } from '../../geodata/shared/codes.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import type { CellSet, Reach } from './reach.ts'
import { reachClause } from './scope.sql.ts'

export interface AreaRow {
  layer: CellLayer
  cellId: number
}

/**
 * The cells of codes; ids, since a code may change. Throws invalid-body naming the codes that no cell has, or none that
 * whoever asks reaches: the two answer alike.
 */
export async function resolveArea(
  sql: Sql | TransactionSql,
  codes: readonly string[],
  reach: Reach = 'everywhere',
): Promise<AreaRow[]> {
  const wanted = [...new Set(codes)]
  if (wanted.length === 0) return []
  const values: (string | string[] | number[])[] = [wanted]
  const bind = (ids: number[] | string) => `$${values.push(ids)}`
  const cells = await sql.unsafe<(AreaRow & { code: string })[]>(
    CELL_LAYERS.map(
      (layer) =>
        `SELECT '${layer}' AS layer, t.id AS "cellId", t.code FROM ${tableOf(layer)} t
         WHERE t.code = ANY($1::text[]) AND ${reachClause(layer, reach, bind)}`,
    ).join(' UNION ALL '),
    values,
  )
  const found = new Set(cells.map(({ code }) => code))
  const missing = wanted.filter((code) => !found.has(code))
  if (missing.length > 0)
    throw new Problem(
      'invalid-body',
      `No community, grid or micro-grid that you reach has the code ${missing.slice(0, 5).join(', ')}. Give codes of cells that there are.`,
      { issues: missing.map((code) => ({ at: '/area', message: `${code} is the code of no cell` })) },
    )
  return cells.map(({ layer, cellId }) => ({ layer, cellId }))
}

/** An area as SQL, for people or tokens: the cells that there still are, by code. */
export const areaJson = (
  table: 'person_area' | 'token_area' | 'patrol_plan_area',
  key: string,
  id: string,
): string => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('layer', a.layer, 'id', c.id, 'code', c.code, 'name', c.name)
     ORDER BY c.code), '[]')
   FROM ${table} a JOIN (
     SELECT 'communities' AS layer, id, code, name FROM community
     UNION ALL SELECT 'grids', id, code, name FROM grid
     UNION ALL SELECT 'micro-grids', id, code, name FROM micro_grid) c ON c.layer = a.layer AND c.id = a.cell_id
   WHERE a.${key} = ${id})`

/** What a reach of one set is made of, for people to read; of several sets the first: the token’s own. */
export async function describeReach(sql: Sql | TransactionSql, reach: Reach): Promise<Area> {
  if (reach === 'everywhere') return 'everywhere'
  const set: CellSet = reach[0] ?? { communities: [], grids: [], 'micro-grids': [] }
  const rows = await sql<AreaCell[]>`
    SELECT 'communities' AS layer, id, code, name FROM community WHERE id = ANY(${[...set.communities]}::bigint[])
    UNION ALL SELECT 'grids', id, code, name FROM grid WHERE id = ANY(${[...set.grids]}::bigint[])
    UNION ALL SELECT 'micro-grids', id, code, name FROM micro_grid WHERE id = ANY(${[...set['micro-grids']]}::bigint[])
    ORDER BY code`
  return [...rows]
}
