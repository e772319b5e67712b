import type { CasePage, CaseSummary } from '../../geodata/hazards/case.schema.ts'
import { DUE_SOON_MINUTES, ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { type FeatureFilter, featureWhere } from '../features/feature.filter.ts'
import type { Sql } from '../platform/database.ts'
import { CASE_TABLES, caseSummary } from './case.sql.ts'

export const CASE_CLOCKS = ['overdue', 'soon', 'running', 'asked', 'suspended', 'none'] as const
/** Each by a text that orders as it does, so that a page can go on where the last one ended. */
const SORTS = {
  dueAt: [`coalesce(to_char(t.due_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS'), '~')`, 'ASC'],
  '-reportedAt': [`to_char(t.reported_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS')`, 'DESC'],
  '-stateSince': [`to_char(c.state_since AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS')`, 'DESC'],
  '-severity': [`array_position('{low,medium,high,critical}'::text[], t.severity)::text`, 'DESC'],
} as const
export const CASE_SORTS = Object.keys(SORTS) as [keyof typeof SORTS, ...(keyof typeof SORTS)[]]

export interface CaseFilter extends FeatureFilter {
  /** Whose they are; null: nobody's. */
  department?: number | null | undefined
  clock?: (typeof CASE_CLOCKS)[number] | undefined
  source?: string | undefined
  campaign?: number | undefined
  /** Only those to which something is still to be done. */
  open?: boolean | undefined
}

export interface CaseQuestion {
  sort: keyof typeof SORTS
  limit: number
  cursor?: string | undefined
  now: Date
}

/** One page of cases in reach. Throws invalid-parameter for a cursor of another list. */
export async function listCases(
  sql: Sql,
  { department, clock, source, campaign, open, ...filter }: CaseFilter,
  reach: Reach,
  { sort, limit, cursor, now }: CaseQuestion,
): Promise<CasePage> {
  const where = featureWhere('hazards', filter, reach, 2)
  const parameters: unknown[] = [now.toISOString(), ...where.parameters]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const clauses = [where.text]
  if (department === null) clauses.push('c.department_id IS NULL')
  else if (department !== undefined) clauses.push(`c.department_id = ${bind(department)}::bigint`)
  if (source !== undefined) clauses.push(`c.source = ${bind(source)}::text`)
  if (campaign !== undefined) clauses.push(`c.campaign_id = ${bind(campaign)}::bigint`)
  if (open) clauses.push(`t.state <> ALL(${bind(ENDED_STATES)}::text[])`)
  if (clock) clauses.push(CLOCKS[clock])
  const [key, direction] = SORTS[sort]
  if (cursor !== undefined) {
    const after = readCursor(cursor)
    clauses.push(
      `(${key} COLLATE "C", t.id) ${direction === 'ASC' ? '>' : '<'} (${bind(after.key)}::text, ${bind(after.id)}::bigint)`,
    )
  }
  const rows = await sql.unsafe<{ row: CaseSummary; key: string }[]>(
    `SELECT ${caseSummary('$1')} AS row, ${key} AS key FROM ${CASE_TABLES} WHERE ${clauses.join(' AND ')}
     ORDER BY ${key} COLLATE "C" ${direction}, t.id ${direction} LIMIT ${bind(limit + 1)}::integer`,
    parameters as never[],
    { prepare: true },
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    cases: page.map(({ row }) => row),
    next: rows.length > limit && last ? writeCursor(last.key, last.row.id) : null,
  }
}

const CLOCKS: Record<(typeof CASE_CLOCKS)[number], string> = {
  // As lateAt has it; no run at all is not true either, and so only those that run are looked through.
  overdue: 'coalesce(k.paused_at, $1::timestamptz) > k.due_at',
  soon: `k.paused_at IS NULL AND k.due_at >= $1::timestamptz
    AND k.due_at < $1::timestamptz + interval '${DUE_SOON_MINUTES} minutes'`,
  running: 'k.due_at IS NOT NULL AND k.paused_at IS NULL',
  asked: 'c.extension_asked IS NOT NULL',
  suspended: 'c.suspended_until IS NOT NULL',
  none: 'k.due_at IS NULL',
}

const writeCursor = (key: string, id: number): string => Buffer.from(`${id}.${key}`).toString('base64url')

function readCursor(cursor: string): { key: string; id: number } {
  const [, id, key] =
    /^(\d{1,16})\.([\d~]{1,20})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (id !== undefined && key !== undefined) return { key, id: Number(id) }
  throw new Problem(
    'invalid-parameter',
    'The cursor is of no such list. Take it from `next` of the page before.',
  )
}
