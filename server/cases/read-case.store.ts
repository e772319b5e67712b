import type { Case } from '../../geodata/hazards/case.schema.ts'
import type { CaseState } from '../../geodata/hazards/case-state.ts'
import { possibleActions } from '../../geodata/hazards/possible-actions.ts'
import { reachClause } from '../access/scope.sql.ts'
import { closesWithReason } from '../dispatch/expect-settled.store.ts'
import { noSuchFeature } from '../features/read.store.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { CASE_TABLES, caseSummary } from './case.sql.ts'
import { type Doer, departmentOf, refusal } from './doer.ts'
import { clocksOf } from './lock-case.store.ts'
import { readRules } from './rules.store.ts'

const ENTRY = `jsonb_build_object('seq', e.seq, 'at', ${isoTime('e.at')}, 'kind', e.kind, 'action', e.action,
  'fromState', e.from_state, 'toState', e.to_state, 'actor', e.actor, 'personId', e.person_id, 'role', e.role,
  'departmentId', e.department_id, 'departmentName', (SELECT name FROM department WHERE id = e.department_id),
  'reason', e.reason, 'note', e.note, 'photos', to_jsonb(e.photos), 'dueAt', ${isoTime('e.due_at')}, 'detail', e.detail)`

type Row = Omit<Case, 'allowed' | 'extensionAsked'> & { asked: number | null; wasSuspended: boolean }

/** All of a case, and what whoever asks may do to it. Throws not-found, also out of reach. */
export async function readCase(sql: Sql, id: number, doer: Doer, moment = new Date()): Promise<Case> {
  const parameters: unknown[] = [id, moment.toISOString()]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const reached = reachClause('hazards', doer.reach, bind)
  const [[found], departmentId, rules] = await Promise.all([
    sql.unsafe<{ row: Row }[]>(
      `SELECT ${caseSummary('$2')} || jsonb_build_object('description', t.description, 'externalRef', c.external_ref,
       'asked', c.extension_asked, 'wasSuspended', c.was_suspended, 'extensions', c.extensions, 'clocks', ${clocksOf('t.id')},
       'entries', (SELECT jsonb_agg(${ENTRY} ORDER BY e.seq) FROM case_entry e WHERE e.hazard_id = t.id)) AS row
     FROM ${CASE_TABLES} WHERE t.id = $1 AND ${reached}`,
      parameters as never[],
      { prepare: true },
    ),
    departmentOf(sql, doer),
    readRules(sql),
  ])
  if (!found) throw noSuchFeature('hazards', id)
  const { asked, wasSuspended, ...row } = found.row
  const last = row.entries.at(-1)!
  const state: CaseState = {
    ...row,
    entries: row.entries.length,
    lastAt: last.at,
    departmentId: row.department?.id ?? null,
    wasSuspended,
    extensionAsked: asked,
  }
  const at = new Date(Math.max(moment.getTime(), Date.parse(last.at))).toISOString()
  const running = row.clocks.find(({ stoppedAt }) => stoppedAt === null)
  const unsettled = row.state === 'pending_check' && (await closesWithReason(sql, id))
  return {
    ...row,
    extensionAsked:
      asked !== null && running && running.limitKind !== 'given'
        ? { amount: asked, kind: running.limitKind }
        : null,
    allowed: possibleActions(state, at, rules)
      .filter(({ action }) => !refusal(doer, departmentId, state, action))
      .map((each) =>
        each.action === 'close' && unsettled ? { ...each, needs: [...each.needs, 'reason' as const] } : each,
      ),
  }
}
