import type { LayerId } from '../../geodata/shared/layer.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import type { Reach } from './reach.ts'
import { pastReachClause, reachClause } from './scope.sql.ts'

/** Which of these rows are there and in reach. */
export async function reachedIds(
  sql: Sql | TransactionSql,
  layer: LayerId,
  ids: number[],
  reach: Reach,
): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const parameters: (string | number[])[] = [ids]
  const reached = reachClause(layer, reach, (more) => `$${parameters.push(more)}`)
  const rows = await sql.unsafe<{ id: number }[]>(
    `SELECT t.id FROM ${tableOf(layer)} t WHERE t.id = ANY($1::bigint[]) AND ${reached}`,
    parameters,
    { prepare: true },
  )
  return new Set(rows.map(({ id }) => id))
}

/** Whether a feature is in reach, or was when it was deleted: for what outlives it, its notes and photos. */
export async function reachesFeature(
  sql: Sql | TransactionSql,
  layer: LayerId,
  id: number,
  reach: Reach,
): Promise<boolean> {
  if (reach === 'everywhere') return true
  const parameters: (number | string | number[])[] = [id, layer]
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const [row] = await sql.unsafe<[{ reached: boolean }]>(
    `SELECT coalesce(
       (SELECT coalesce(${reachClause(layer, reach, bind)}, false) FROM ${tableOf(layer)} t WHERE t.id = $1),
       (SELECT ${pastReachClause(layer, reach, bind)} FROM feature_version v
        WHERE v.layer = $2 AND v.feature_id = $1 ORDER BY v.version DESC LIMIT 1),
       false) AS reached`,
    parameters,
    { prepare: true },
  )
  return row.reached
}
