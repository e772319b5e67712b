import { Problem } from '../../geodata/shared/problem.ts'
import { type AreaRow, resolveArea } from '../access/area.store.ts'
import { type CellSet, type Reach, within } from '../access/reach.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

/** What of a reach lies in cells; no cells: all of it. */
export function reachWithin(reach: Reach, cells: readonly AreaRow[]): Reach {
  if (cells.length === 0) return reach
  const set: Record<keyof CellSet, number[]> = { communities: [], grids: [], 'micro-grids': [] }
  for (const { layer, cellId } of cells) set[layer].push(cellId)
  return within(reach, [set])
}

/** The same by codes that stand in a parameter. Throws invalid-parameter for codes of no cell in reach. */
export async function reachOfCodes(
  sql: Sql | TransactionSql,
  codes: readonly string[],
  reach: Reach,
): Promise<Reach> {
  try {
    return reachWithin(reach, await resolveArea(sql, codes, reach))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem('invalid-parameter', error.message, {
      issues: [{ at: 'area', message: error.message }],
    })
  }
}
