import { isEnded } from '../../geodata/hazards/workflow.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Doer } from '../cases/doer.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { every } from '../platform/hourly.ts'
import type { Named } from './blow-whistle.ts'
import { tellCase } from './case-entry.ts'

/** The server itself: it may do all that it does. */
const SWEEPER: Doer = { actor: { name: 'gridward' }, reach: 'everywhere', role: undefined, may: () => true }
type Parts = Pick<Deps, 'database' | 'now'>

/** So many whistles, and tasks, in one turn; the next has the others. */
const MOST = 200
const PERIOD_MS = 15_000

/**
 * Tells each open case whose called departments have let their limit pass, or a task its last day, once for each of them: the
 * history gets an entry and live readers an event. Returns how many were told. Of several servers that sweep at once one tells.
 * One that cannot be told holds up no other.
 */
export async function sweepWhistles(
  deps: Parts,
  failed: (error: unknown) => void = (error) => {
    throw error
  },
): Promise<number> {
  const { sql } = deps.database
  const now = (deps.now?.() ?? new Date()).toISOString()
  const overdue = await sql<{ whistle: number; hazard: number }[]>`
    SELECT DISTINCT w.id AS whistle, w.hazard_id AS hazard
    FROM whistle_call k JOIN whistle w ON w.id = k.whistle_id JOIN hazard t ON t.id = w.hazard_id
    WHERE k.answer IS NULL AND k.escalated_at IS NULL AND k.due_at < ${now}::text::timestamptz
      AND gridward_case_clock(t.state) IS NOT NULL
    ORDER BY 1 LIMIT ${MOST}`
  const tasks = await sql<{ hazard: number; task: number }[]>`
    SELECT w.hazard_id AS hazard, k.id AS task
    FROM division_task k JOIN whistle w ON w.id = k.whistle_id JOIN hazard t ON t.id = w.hazard_id
    WHERE k.state = 'open' AND ${isPast(sql, now)} AND gridward_case_clock(t.state) IS NOT NULL AND NOT ${isTold(sql)}
    ORDER BY 2 LIMIT ${MOST}`
  let told = 0
  const count = async (telling: Promise<boolean>) => {
    if ((await telling.catch(failed)) === true) told++
  }
  for (const { whistle, hazard } of overdue) await count(tellUnanswered(deps, whistle, hazard, now))
  for (const { hazard, task } of tasks) await count(tellTask(deps, task, hazard))
  return told
}

/** Now and four times a minute. Returns what ends it. */
export function sweepWhistlesRegularly(
  deps: Pick<Deps, 'database' | 'outbox'>,
  failed: (error: unknown) => void,
): () => void {
  return every(
    PERIOD_MS,
    async () => {
      if ((await sweepWhistles(deps, failed)) > 0) deps.outbox.wake()
    },
    failed,
  )
}

/** Days are those of China. */
const isPast = (sql: Sql | TransactionSql, now: string) =>
  sql`(k.due_day + 1)::timestamp AT TIME ZONE interval '8 hours' <= ${now}::text::timestamptz`
const isTold = (sql: Sql | TransactionSql) =>
  sql`EXISTS (SELECT FROM case_entry e WHERE e.hazard_id = w.hazard_id AND e.kind = 'escalated'
    AND e.action = 'task-overdue' AND (e.detail->'task'->>'id')::bigint = k.id)`

class NothingToTell extends Error {}

const tellUnanswered = (deps: Parts, whistle: number, hazardId: number, now: string) =>
  tell(deps, hazardId, async (tx) => {
    const departments = await tx<Named[]>`
      UPDATE whistle_call k SET escalated_at = ${now}::text::timestamptz FROM department d
      WHERE k.whistle_id = ${whistle} AND d.id = k.department_id AND k.answer IS NULL AND k.escalated_at IS NULL
        AND k.due_at < ${now}::text::timestamptz
      RETURNING d.id, d.name`
    // Another server was quicker, or somebody has answered.
    if (departments.length === 0) throw new NothingToTell()
    return { action: 'whistle-overdue', detail: { whistle, departments: [...departments] } }
  })

const tellTask = (deps: Parts, id: number, hazardId: number) =>
  tell(deps, hazardId, async (tx) => {
    const [found] = await tx<{ whistle: number; task: object }[]>`
      SELECT w.id AS whistle, jsonb_build_object('id', k.id, 'task', k.task, 'due', to_char(k.due_day, 'YYYY-MM-DD'),
        'department', jsonb_build_object('id', d.id, 'name', d.name)) AS task
      FROM division_task k JOIN whistle w ON w.id = k.whistle_id JOIN department d ON d.id = k.department_id
      WHERE k.id = ${id} AND k.state = 'open' AND NOT ${isTold(tx)}`
    if (!found) throw new NothingToTell()
    return { action: 'task-overdue', detail: { ...found } }
  })

/** false: there was nothing to tell any more, or nobody to tell it to: the case is over, or was deleted. */
async function tell(
  deps: Parts,
  hazardId: number,
  find: (tx: TransactionSql) => Promise<{ action: string; detail: Record<string, unknown> }>,
): Promise<boolean> {
  try {
    await tellCase(deps, hazardId, SWEEPER, async (tx, { state }) => {
      if (isEnded(state.state)) throw new NothingToTell()
      return { answer: undefined, told: { kind: 'escalated', ...(await find(tx)) } }
    })
    return true
  } catch (error) {
    if (error instanceof NothingToTell || error instanceof Problem) return false
    throw error
  }
}
