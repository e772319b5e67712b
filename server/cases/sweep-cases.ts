import { applyAction, startMissing } from '../../geodata/hazards/apply-action.ts'
import type { Applied } from '../../geodata/hazards/case-state.ts'
import { escalate, type Reminder } from '../../geodata/hazards/escalate.ts'
import type { CaseRules } from '../../geodata/hazards/limits.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import { type NewEvent, recordEvents } from '../live/events.store.ts'
import type { Outbox } from '../live/outbox.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { every } from '../platform/hourly.ts'
import { type LockedCase, lockCase, writeAt } from './lock-case.store.ts'
import { readReminders, readRules } from './rules.store.ts'
import { storeApplied } from './store-applied.store.ts'

const SWEEPER: Actor = { name: 'gridward' }
const PERIOD_MS = 15_000
/** In one transaction. */
const AT_ONCE = 200

/**
 * Resumes suspensions that are over, gives open cases that have no deadline theirs, and writes down who is told of limits that
 * near and pass, so that live readers hear of it.
 * One process at a time: another finds the lock taken and does nothing. Returns how many entries were written.
 */
export async function sweepCases(
  sql: Sql,
  moment?: Date,
  failed: (error: unknown) => void = (error) => {
    throw error
  },
): Promise<number> {
  return (await sql.begin(async (tx) => {
    const [lock] = await tx<[{ free: boolean }]>`
      SELECT pg_try_advisory_xact_lock(hashtext('gridward_case_sweep')) AS free`
    if (!lock.free) return 0
    await writeAt(tx, moment)
    const ids = await findDue(tx)
    if (ids.length === 0) return 0
    const rules = { ...(await readRules(tx)), reminders: await readReminders(tx) }
    const events: NewEvent[] = []
    for (const id of ids) {
      // One that cannot be written holds up no other.
      const event = await tx.savepoint((own) => sweepOne(own, id, rules)).catch(failed)
      if (event) events.push(event)
    }
    await recordEvents(tx, SWEEPER, events)
    return events.length
  })) as number
}

type Rules = CaseRules & { reminders: readonly Reminder[] }

async function sweepOne(tx: TransactionSql, id: number, rules: Rules): Promise<NewEvent | undefined> {
  const locked = await lockCase(tx, id, { actor: SWEEPER, reach: 'everywhere' }).catch((error: unknown) => {
    // Deleted in the meantime.
    if (error instanceof Problem) return undefined
    throw error
  })
  const applied = locked && next(locked, rules)
  return applied && (await storeApplied(tx, locked, applied, { actor: SWEEPER })).event
}

/** What is due for a case now, if anything still is. A suspension ends when it was to end, not when somebody looked. */
function next({ state, now }: LockedCase, rules: Rules): Applied | undefined {
  const notBefore = (time: string) => [time, state.lastAt].sort()[1]!
  const { suspendedUntil } = state
  if (suspendedUntil === null)
    return startMissing(state, notBefore(now), rules) ?? escalate(state, notBefore(now), rules.reminders)
  if (suspendedUntil > now) return undefined
  const applied = applyAction(state, { action: 'resume', at: notBefore(suspendedUntil) }, rules)
  return applied instanceof Problem ? undefined : applied
}

/** As escalate has it, over the running clocks, and cases that are without one. */
async function findDue(tx: TransactionSql): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    SELECT c.hazard_id AS id FROM case_clock k JOIN hazard_case c ON c.hazard_id = k.hazard_id
      JOIN hazard h ON h.id = k.hazard_id, gridward_now() AS now, case_reminder near, case_reminder past
    WHERE near.level = 1 AND past.level = 3 AND k.stopped_at IS NULL AND (c.suspended_until <= now OR k.paused_at IS NULL AND c.escalation < CASE
      WHEN now > k.due_at + greatest((k.due_at - k.started_at) * past.share, past.minutes * interval '1 minute') THEN 3
      WHEN now > k.due_at THEN 2
      WHEN now >= k.due_at - least((k.due_at - k.started_at) * near.share, near.minutes * interval '1 minute') THEN 1
      ELSE 0 END)
    UNION ALL SELECT h.id FROM hazard h JOIN hazard_case c ON c.hazard_id = h.id
    WHERE h.due_at IS NULL AND gridward_case_clock(h.state) IS NOT NULL AND c.suspended_until IS NULL
    ORDER BY id LIMIT ${AT_ONCE}`
  return rows.map(({ id }) => id)
}

/** Now and four times a minute. Returns what ends it. */
export function sweepCasesRegularly(
  { sql, outbox }: { sql: Sql; outbox: Outbox },
  failed: (error: unknown) => void,
): () => void {
  return every(
    PERIOD_MS,
    async (isEnded) => {
      let written = AT_ONCE
      while (written === AT_ONCE && !isEnded()) {
        written = await sweepCases(sql, undefined, failed)
        if (written > 0) outbox.wake()
      }
    },
    failed,
  )
}
