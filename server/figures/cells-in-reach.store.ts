import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { MOST_CELLS } from './figures.store.ts'

export interface CellName {
  id: number
  code: string
  name: string
}

/** Cells of a layer that someone reaches, by code, at most MOST_CELLS. */
export async function cellsInReach(sql: Sql, cells: CellLayer, reach: Reach): Promise<CellName[]> {
  const parameters: (string | number[])[] = []
  const reached = reachClause(cells, reach, (ids) => `$${parameters.push(ids)}`, 'c')
  const rows = await sql.unsafe<CellName[]>(
    `SELECT c.id, c.code, c.name FROM ${tableOf(cells)} c WHERE ${reached} ORDER BY c.code LIMIT ${MOST_CELLS}`,
    parameters,
    { prepare: true },
  )
  return [...rows]
}
