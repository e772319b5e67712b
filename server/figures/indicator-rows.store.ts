import type {
  BarometerCount,
  IndicatorRow,
  IndicatorRows,
  RowPart,
} from '../../geodata/figures/indicator.schema.ts'
import { type Base, type Flag, isPatrolBase } from '../../geodata/figures/indicator-definition.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { type CaseQuestion, caseRows } from './case-rows.sql.ts'

export interface RowsAsked {
  part: RowPart
  limit: number
  /** `next` of the page before. */
  cursor?: string | undefined
}

const PART_CLAUSE: Record<RowPart, (flag: string) => string> = {
  denominator: () => 'true',
  numerator: (flag) => flag,
  others: (flag) => `NOT ${flag}`,
}

/** What is told of each row. */
const HAZARDS = {
  id: 'hazard_id',
  layer: 'hazards',
  facts: `coalesce(t.title, gone."row"->>'title', '') AS title,
    jsonb_build_object('standard', p.category_standard, 'kind', p.category_kind, 'code', p.category_code) AS category,
    coalesce(t.severity, gone."row"->>'severity', '') AS severity, l.to_state AS state`,
  source: `JOIN place p ON p.id = b.hazard_id
    JOIN (SELECT hazard_id, to_state FROM entry WHERE next_state IS NULL) l ON l.hazard_id = b.hazard_id
    LEFT JOIN hazard t ON t.id = b.hazard_id`,
} as const
const SITES = {
  id: 'site_id',
  layer: 'checkpoints',
  facts: `coalesce(t.name, gone."row"->>'name', '') AS title, NULL AS category, NULL AS severity, b.state`,
  source: 'LEFT JOIN checkpoint t ON t.id = b.site_id',
} as const

/** Rows of a base, and what of them is counted; undefined: all of them. */
export interface Told {
  base: Base | BarometerCount
  counts: Flag | undefined
}

/** The rows behind a figure, in the order of their times. Throws invalid-parameter for a cursor of something else. */
export async function readFigureRows(
  sql: Sql,
  { base, counts }: Told,
  question: CaseQuestion,
  { part, limit, cursor }: RowsAsked,
): Promise<IndicatorRows> {
  const { text, parameters, bind } = caseRows(question)
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const flag = counts ? `b.${counts}` : 'true'
  const { id, layer, facts, source } = isPatrolBase(base) ? SITES : HAZARDS
  const rows = await sql.unsafe<IndicatorRow[]>(
    `${text}
     SELECT '${layer}' AS layer, b.id, b.run::int AS run, ${isoTime('b.at')} AS at, ${flag} AS counts,
       t.id IS NOT NULL AS there, ${facts}, coalesce(g.code, gone."row"->>'grid_code') AS "gridCode"
     FROM (SELECT *, ${id} AS id, date_trunc('milliseconds', at) AS sort_at FROM "${base}") b ${source}
       LEFT JOIN grid g ON g.id = t.grid_id
       LEFT JOIN LATERAL (SELECT v."row" FROM feature_version v WHERE t.id IS NULL AND v.layer = '${layer}'
         AND v.feature_id = b.id AND v.ended = 'delete' ORDER BY v.version DESC LIMIT 1) gone ON true
     WHERE ${PART_CLAUSE[part](flag)}
       ${after ? `AND (b.sort_at, b.id, b.run) > (${bind(after.at)}::timestamptz, ${bind(after.id)}::bigint, ${bind(after.run)}::int)` : ''}
     ORDER BY b.sort_at, b.id, b.run LIMIT ${bind(limit + 1)}::int`,
    parameters,
    { prepare: true },
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page,
    next: rows.length > limit && last ? `${Date.parse(last.at)}.${last.id}.${last.run}` : null,
  }
}

function readCursor(cursor: string): { at: string; id: number; run: number } {
  const [at, id, run] = cursor.split('.').map(Number)
  if (!/^\d{1,14}\.\d{1,15}\.\d{1,6}$/.test(cursor) || at === undefined || !id || !run) {
    const message = `“${cursor.slice(0, 40)}” is no cursor of this list. Send “next” of the page before.`
    throw new Problem('invalid-parameter', message, { issues: [{ at: 'cursor', message }] })
  }
  return { at: new Date(at).toISOString(), id, run }
}
