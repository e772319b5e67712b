import type { Whistle } from '../../geodata/dispatch/whistle.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { reachClause } from '../access/scope.sql.ts'
import { type Doer, departmentOf } from '../cases/doer.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

/** The day that it is in China, over a placeholder of a moment. */
const dayOf = (now: string) => `(${now}::timestamptz AT TIME ZONE interval '8 hours')::date`

const CALLS = `SELECT jsonb_agg(jsonb_build_object(
    'department', jsonb_build_object('id', d.id, 'name', d.name), 'dueAt', ${isoTime('k.due_at')},
    'answer', coalesce(k.answer, 'waiting'), 'answeredAt', ${isoTime('k.answered_at')}, 'answeredBy', k.answered_by,
    'reason', k.reason, 'late', coalesce(k.answered_at, $2::timestamptz) > k.due_at,
    'mayAnswer', k.answer IS NULL AND $3 AND EXISTS (SELECT FROM hazard h WHERE h.id = w.hazard_id
      AND gridward_case_clock(h.state) IS NOT NULL) AND coalesce(k.department_id = $4::bigint, true)) ORDER BY k.due_at, d.name)
  FROM whistle_call k JOIN department d ON d.id = k.department_id WHERE k.whistle_id = w.id`

const TASKS = `SELECT jsonb_agg(jsonb_build_object(
    'id', k.id, 'department', jsonb_build_object('id', d.id, 'name', d.name), 'task', k.task,
    'due', to_char(k.due_day, 'YYYY-MM-DD'), 'state', k.state, 'settledAt', ${isoTime('k.settled_at')},
    'settledBy', k.settled_by, 'note', k.note,
    'late', k.state <> 'dropped' AND ${dayOf('coalesce(k.settled_at, $2::timestamptz)')} > k.due_day,
    'maySettle', $3 AND coalesce(k.department_id = $4::bigint, true)) ORDER BY k.due_day, k.id)
  FROM division_task k JOIN department d ON d.id = k.department_id WHERE k.whistle_id = w.id`

/** Whistles of a case in reach, the newest first. Throws not-found. */
export async function listWhistles(sql: Sql, hazardId: number, doer: Doer, now: Date): Promise<Whistle[]> {
  const own = await departmentOf(sql, doer)
  const mayHandle = doer.may('handle') && (own !== undefined || doer.role !== 'department')
  const parameters: (number | string | boolean | null | number[])[] = [
    hazardId,
    now.toISOString(),
    mayHandle,
    own ?? null,
  ]
  const [row] = await sql.unsafe<[{ there: boolean; whistles: Whistle[] }]>(
    `SELECT EXISTS (SELECT FROM hazard t WHERE t.id = $1
         AND ${reachClause('hazards', doer.reach, (ids) => `$${parameters.push(ids)}`)}) AS there,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'hazard', w.hazard_id, 'calledAt', ${isoTime('w.called_at')},
          'calledBy', w.called_by, 'reason', w.reason,
          'answerWithin', jsonb_build_object('kind', w.limit_kind, 'amount', w.limit_amount),
          'calls', (${CALLS}), 'tasks', coalesce((${TASKS}), '[]')) ORDER BY w.id DESC), '[]')
        FROM whistle w WHERE w.hazard_id = $1) AS whistles`,
    parameters as never[],
    { prepare: true },
  )
  if (row.there) return row.whistles
  throw new Problem('not-found', `There is no case ${hazardId} in your area.`)
}

/** The case that a whistle is for. Throws not-found. */
export async function hazardOfWhistle(sql: Sql | TransactionSql, id: number): Promise<number> {
  const [row] = await sql<{ hazard: number }[]>`SELECT hazard_id AS hazard FROM whistle WHERE id = ${id}`
  if (row) return row.hazard
  throw new Problem('not-found', `There is no whistle ${id}.`)
}
