import type { ClockRun } from '../../geodata/hazards/case.schema.ts'
import type { CaseState } from '../../geodata/hazards/case-state.ts'
import type { CaseStateName } from '../../geodata/hazards/workflow.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { noSuchFeature } from '../features/read.store.ts'
import { lockRows, type WrittenRow } from '../features/write-rows.store.ts'
import { actAs } from '../history/stamp.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { categoryOf } from './follow-case.store.ts'

/** A case that this transaction alone may write, until it ends. */
export interface LockedCase {
  id: number
  row: WrittenRow
  state: CaseState
  /** The moment that the transaction writes at; ISO. */
  now: string
}

/** A clock's run as JSON; `alias` names case_clock in the query. */
export const clockJson = (alias: string) => `jsonb_build_object('clock', ${alias}.clock, 'run', ${alias}.run,
  'limitKind', ${alias}.limit_kind, 'limitAmount', ${alias}.limit_amount, 'startedAt', ${isoTime(`${alias}.started_at`)},
  'dueAt', ${isoTime(`${alias}.due_at`)}, 'stoppedAt', ${isoTime(`${alias}.stopped_at`)},
  'pausedAt', ${isoTime(`${alias}.paused_at`)}, 'pausedMinutes', ${alias}.paused_minutes, 'extensions', ${alias}.extensions)`

/** Every run of a case, in the order in which they began, as SQL for a column. */
export const clocksOf = (id: string) => `coalesce((SELECT jsonb_agg(${clockJson('k')}
  ORDER BY k.started_at, k.stopped_at NULLS LAST, k.run) FROM case_clock k WHERE k.hazard_id = ${id}), '[]')`

/** Locks a hazard and reads its case. `moment`: when it is, where tests decide that. Throws not-found, also out of reach. */
export async function lockCase(
  tx: TransactionSql,
  id: number,
  { actor, reach, moment }: { actor: Actor; reach: Reach; moment?: Date | undefined },
): Promise<LockedCase> {
  const row = (await lockRows(tx, 'hazards', [id], reach)).get(id)
  if (!row) throw noSuchFeature('hazards', id)
  await writeAt(tx, moment)
  await actAs(tx, actor)
  const [found] = await tx.unsafe<
    (Omit<CaseState, 'state' | 'category' | 'severity' | 'clocks'> & { clocks: ClockRun[]; now: string })[]
  >(
    `SELECT c.entries, ${isoTime('c.last_at')} AS "lastAt", c.department_id AS "departmentId",
       ${isoTime('c.suspended_until')} AS "suspendedUntil", c.was_suspended AS "wasSuspended",
       c.extension_asked AS "extensionAsked", c.extensions, c.escalation, ${clocksOf('c.hazard_id')} AS clocks,
       ${isoTime('gridward_now()')} AS now
     FROM hazard_case c WHERE c.hazard_id = $1`,
    [id],
  )
  if (!found) throw new Error(`The hazard ${id} has no case.`)
  const { now, ...known } = found
  return {
    id,
    row,
    now,
    state: {
      ...known,
      ...categoryOf(row.input.properties),
      state: row.input.properties.state as CaseStateName,
    },
  }
}

/**
 * When an entry is of that is made now. Entries follow each other in time, also behind one of a transaction that began later
 * but had the case first, or after the clock of the database was set back.
 */
export const laterOf = ({ now, state: { lastAt } }: LockedCase): string => (now < lastAt ? lastAt : now)

/** Lets a transaction write at another moment than it is. */
export async function writeAt(tx: TransactionSql, moment: Date | undefined): Promise<void> {
  if (moment) await tx`SELECT set_config('gridward.at', ${moment.toISOString()}, true)`
}
