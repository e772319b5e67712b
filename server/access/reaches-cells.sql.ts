import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Reach } from './reach.ts'
import { type BindIds, reachClause } from './scope.sql.ts'

/**
 * Whether all cells that something is for are in reach, as SQL: those of the rows of `areas` whose `key` is `id`. One
 * without cells, or for a cell that is gone, is for those alone who reach everything.
 */
export function reachesCellsClause(
  reach: Reach,
  bind: BindIds,
  areas: 'patrol_plan_area' | 'patrol_route_area' | 'analysis_area',
  key: 'plan_id' | 'analysis_id',
  id: string,
): string {
  if (reach === 'everywhere') return 'true'
  const isReached = CELL_LAYERS.map(
    (layer) =>
      `WHEN '${layer}' THEN (SELECT ${reachClause(layer, reach, bind, 'c')} FROM ${tableOf(layer)} c WHERE c.id = named.cell_id)`,
  )
  return `(EXISTS (SELECT FROM ${areas} named WHERE named.${key} = ${id}) AND NOT EXISTS (
    SELECT FROM ${areas} named WHERE named.${key} = ${id} AND NOT coalesce(CASE named.layer ${isReached.join(' ')} END, false)))`
}

/** The largest cells that someone reaches, as a query of layer and "cellId". Not for whoever reaches everything. */
export function cellsInReach(reach: Exclude<Reach, 'everywhere'>, bind: BindIds): string {
  const [community, grid, microGrid] = CELL_LAYERS
  const unless = (layer: typeof community | typeof grid, key: string) =>
    `NOT EXISTS (SELECT FROM ${tableOf(layer)} outer_cell WHERE outer_cell.id = t.${key} AND ${reachClause(layer, reach, bind, 'outer_cell')})`
  return `
    SELECT '${community}' AS layer, t.id AS "cellId" FROM ${tableOf(community)} t WHERE ${reachClause(community, reach, bind)}
    UNION ALL SELECT '${grid}', t.id FROM ${tableOf(grid)} t
      WHERE ${reachClause(grid, reach, bind)} AND ${unless(community, 'community_id')}
    UNION ALL SELECT '${microGrid}', t.id FROM ${tableOf(microGrid)} t
      WHERE ${reachClause(microGrid, reach, bind)} AND ${unless(grid, 'grid_id')}`
}
