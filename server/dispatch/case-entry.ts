import { write } from '../../geodata/hazards/apply-action.ts'
import type { EntryKind } from '../../geodata/hazards/workflow.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type Doer, departmentOf } from '../cases/doer.ts'
import { type LockedCase, laterOf, lockCase } from '../cases/lock-case.store.ts'
import { storeApplied } from '../cases/store-applied.store.ts'
import { transact } from '../features/transact.store.ts'
import { recordEvents } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'

/** What is written into the history of a case whose state stays. */
export interface Told {
  kind: EntryKind
  action: string
  reason?: string | null
  note?: string | null
  detail: Record<string, unknown>
}

/**
 * Changes what stands beside a case, and tells its history, in one transaction that alone writes the case. `work` gets the
 * locked case, and throws what is wrong. Throws not-found, also out of reach.
 */
export async function tellCase<T>(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  hazardId: number,
  doer: Doer,
  work: (tx: TransactionSql, locked: LockedCase) => Promise<{ answer: T; told: Told }>,
): Promise<T> {
  return transact(database.sql, async (tx) => {
    const locked = await lockCase(tx, hazardId, { ...doer, moment: now?.() })
    const { answer, told } = await work(tx, locked)
    const { kind, action, reason, note, detail } = told
    const applied = write(
      locked.state,
      locked.state,
      { at: laterOf(locked), action, ...(reason ? { reason } : {}), ...(note ? { note } : {}) },
      kind,
      detail,
    )
    const { event } = await storeApplied(tx, locked, applied, doer)
    await recordEvents(tx, doer.actor, [event])
    return answer
  })
}

/**
 * For which department somebody speaks: whoever is of one, for that one alone; others for the one that they name. Throws
 * not-permitted, and invalid-body when nobody says which.
 */
export async function speaksFor(tx: TransactionSql, doer: Doer, named: number | undefined): Promise<number> {
  const own = await departmentOf(tx, doer)
  if (own === undefined && doer.role === 'department')
    throw new Problem(
      'not-permitted',
      `${doer.actor.name} belongs to no department, so there is none to speak for. An administrator can name one.`,
    )
  if (own !== undefined && named !== undefined && named !== own)
    throw new Problem('not-permitted', 'This is another department’s. Only its own people speak for it.')
  const department = own ?? named
  if (department === undefined)
    throw new Problem('invalid-body', 'Say for which department this is (department).', {
      issues: [{ at: '/department', message: 'is needed of somebody who belongs to none' }],
    })
  return department
}
