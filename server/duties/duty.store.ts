import { DUTY_LAYERS, type Duty, type DutyLayer, type DutyRole } from '../../geodata/duties/duty.schema.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { DUTY_FIELDS, dutiesSql, isCurrent, targetCode, targetName, withCells } from './duty.sql.ts'

export interface DutyFilter {
  role?: DutyRole | undefined
  layer?: DutyLayer | undefined
  holder?: string | undefined
  /** Only what is held today. */
  current?: boolean | undefined
  ids?: readonly number[]
}

/** In the order of their ids. `next`: the id to go on behind. */
export async function listDuties(
  sql: Sql | TransactionSql,
  { role, layer, holder, current, ids }: DutyFilter,
  reach: Reach,
  { limit, after }: { limit: number; after: number },
): Promise<{ duties: Duty[]; next: number | undefined }> {
  const parameters: (string | number | number[])[] = [limit + 1, after]
  const bind = (value: string | number | number[]) => `$${parameters.push(value)}`
  const clauses = ['d.id > $2']
  if (role !== undefined) clauses.push(`d.role = ${bind(role)}`)
  if (holder !== undefined) clauses.push(`d.holder = ${bind(holder)}`)
  if (current) clauses.push(isCurrent('d'))
  if (ids !== undefined) clauses.push(`d.id = ANY(${bind([...ids])}::bigint[])`)
  const rows = await sql.unsafe<Duty[]>(
    `${dutiesSql(reach, bind, clauses.join(' AND '), layer ? [layer] : DUTY_LAYERS)} ORDER BY id LIMIT $1`,
    parameters,
    { prepare: true },
  )
  const duties = rows.slice(0, limit)
  return { duties, next: rows.length > limit ? duties.at(-1)!.id : undefined }
}

/**
 * Who looks after a feature: its own duties first, then those of the cells that hold it, the innermost first. None of a
 * feature out of reach. The heads of outer cells are told like their names: also to those who reach the inner ones alone.
 */
export async function dutiesOf(sql: Sql, layer: DutyLayer, id: number, reach: Reach): Promise<Duty[]> {
  const parameters: (string | number | number[])[] = [id]
  const reached = reachClause(layer, reach, (ids) => `$${parameters.push(ids)}`)
  const names = DUTY_LAYERS.map(
    (of) => `SELECT '${of}' AS layer, n.id, ${targetCode(of, 'n')} AS code, ${targetName(of, 'n')} AS name
      FROM ${tableOf(of)} n WHERE n.id IN (SELECT held.id FROM held WHERE held.layer = '${of}')`,
  )
  const rows = await sql.unsafe<Duty[]>(
    `WITH held AS MATERIALIZED (SELECT held.* FROM ${tableOf(layer)} t, LATERAL ${withCells(layer)}
       WHERE t.id = $1 AND ${reached}),
     named AS (${names.join(' UNION ALL ')})
     SELECT ${DUTY_FIELDS}, named.code, named.name FROM held JOIN named USING (layer, id)
       JOIN duty d ON d.layer = held.layer AND d.feature_id = held.id
     ORDER BY held.step, d.role, d.holder LIMIT 500`,
    parameters,
    { prepare: true },
  )
  return [...rows]
}

export interface HolderRow {
  holder: string
  role: DutyRole
  duties: number
}
const MOST_HOLDERS = 2000

/** Who holds duties in reach now, and how many, by name. */
export async function listHolders(sql: Sql, reach: Reach): Promise<HolderRow[]> {
  const parameters: (string | number | number[])[] = []
  const duties = dutiesSql(reach, (ids) => `$${parameters.push(ids)}`, isCurrent('d'))
  const rows = await sql.unsafe<HolderRow[]>(
    `SELECT holder, role, count(*)::int AS duties FROM (${duties}) held
     GROUP BY 1, 2 ORDER BY holder, role LIMIT ${MOST_HOLDERS}`,
    parameters,
    { prepare: true },
  )
  return [...rows]
}
