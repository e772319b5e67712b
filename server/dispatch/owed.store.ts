import type { Owed, OwedList } from '../../geodata/dispatch/owed.schema.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

/** Rows of (kind, hazard_id, department_id, what, own_due, due_day): own_due goes before the deadline of the case. */
const OWED = `
  SELECT 'answer' AS kind, w.hazard_id, k.department_id, w.reason AS what, k.due_at AS own_due, NULL::date AS due_day
  FROM whistle_call k JOIN whistle w ON w.id = k.whistle_id WHERE k.answer IS NULL
  UNION ALL
  SELECT 'task', w.hazard_id, k.department_id, k.task, (k.due_day + 1)::timestamp AT TIME ZONE interval '8 hours', k.due_day
  FROM division_task k JOIN whistle w ON w.id = k.whistle_id WHERE k.state = 'open'
  UNION ALL
  SELECT call.kind, o.hazard_id, CASE WHEN call.kind <> 'street-call-back' THEN c.department_id END, o.number, NULL, NULL
  FROM hotline_order o JOIN hazard h ON h.id = o.hazard_id JOIN hazard_case c ON c.hazard_id = h.id
    CROSS JOIN (VALUES ('contact'), ('unit-call-back'), ('street-call-back')) AS call (kind)
  WHERE CASE call.kind WHEN 'contact' THEN o.first_contact_at IS NULL AND h.state NOT IN ('handled', 'pending_check')
    WHEN 'unit-call-back' THEN o.unit_called_at IS NULL AND h.state IN ('handled', 'pending_check')
    ELSE o.street_called_at IS NULL AND h.state IN ('handled', 'pending_check') END`

export interface OwedQuestion {
  /** undefined: by anybody. */
  department: number | undefined
  overdue: boolean
  limit: number
}

/** Answers, tasks, contacts and call-backs that open cases in reach still wait for: what is due first comes first. */
export async function listOwed(
  sql: Sql,
  { department, overdue, limit }: OwedQuestion,
  reach: Reach,
  now: Date,
): Promise<OwedList> {
  const parameters: (number | string | null | boolean | number[])[] = [
    now.toISOString(),
    department ?? null,
    overdue,
    limit,
  ]
  const due = 'coalesce(o.own_due, t.due_at)'
  const rows = await sql.unsafe<(Owed & { total: number })[]>(
    `SELECT o.kind, o.hazard_id AS hazard, t.title, o.what, ${isoTime(due)} AS "dueAt",
       CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('id', d.id, 'name', d.name) END AS department,
       to_char(o.due_day, 'YYYY-MM-DD') AS "dueDay", coalesce(${due} <= $1::timestamptz, false) AS late,
       count(*) OVER ()::int AS total
     FROM (${OWED}) o JOIN hazard t ON t.id = o.hazard_id LEFT JOIN department d ON d.id = o.department_id
     WHERE gridward_case_clock(t.state) IS NOT NULL AND ($2::bigint IS NULL OR o.department_id = $2::bigint)
       AND (NOT $3 OR ${due} <= $1::timestamptz) AND ${reachClause('hazards', reach, (ids) => `$${parameters.push(ids)}`)}
     ORDER BY ${due} NULLS LAST, o.hazard_id, o.kind, o.department_id, o.what LIMIT $4`,
    parameters as never[],
    { prepare: true },
  )
  return { owed: rows.map(({ total: _, ...owed }) => owed), total: rows[0]?.total ?? 0 }
}
