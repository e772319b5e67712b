import { type Applied, deadlineOf } from '../../geodata/hazards/case-state.ts'
import type { Actor } from '../access/actor.ts'
import { stamp } from '../history/stamp.store.ts'
import type { NewEvent } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import type { LockedCase } from './lock-case.store.ts'

export interface EntryWriter {
  actor: Actor
  role?: string | undefined
}

/**
 * Writes an entry and what it makes of a locked case: clocks, projection, the hazard’s state and deadline. Returns the event
 * to be recorded last in the transaction (recordEvents), and the case as it is now locked, for a further entry.
 */
export async function storeApplied(
  tx: TransactionSql,
  locked: LockedCase,
  { entry, next }: Applied,
  { actor, role }: EntryWriter,
): Promise<{ event: NewEvent; locked: LockedCase }> {
  const { id, row, state } = locked
  await tx`
    INSERT INTO case_entry (hazard_id, seq, at, kind, action, from_state, to_state, actor, person_id, role, department_id,
      reason, note, photos, due_at, detail)
    VALUES (${id}, ${entry.seq}, ${entry.at}::text::timestamptz, ${entry.kind}, ${entry.action}, ${entry.fromState},
      ${entry.toState}, ${actor.name}, ${actor.personId ?? null}, ${role ?? null}, ${entry.departmentId}, ${entry.reason},
      ${entry.note}, ${[...entry.photos]}::uuid[], ${entry.dueAt}::text::timestamptz,
      ${entry.detail === null ? null : JSON.stringify(entry.detail)}::text::jsonb)`
  const before = new Set(state.clocks)
  const clocks = next.clocks.filter((run) => !before.has(run))
  // Those that stop stand before those that start: only one may run.
  if (clocks.length > 0)
    await tx.unsafe(
      `INSERT INTO case_clock (hazard_id, clock, run, limit_kind, limit_amount, started_at, due_at, stopped_at, paused_at,
         paused_minutes, extensions)
       SELECT $1, r.clock, r.run, r."limitKind", r."limitAmount", r."startedAt", r."dueAt", r."stoppedAt", r."pausedAt",
         r."pausedMinutes", r.extensions
       FROM jsonb_to_recordset($2::text::jsonb) AS r (clock text, run integer, "limitKind" text, "limitAmount" float8,
         "startedAt" timestamptz, "dueAt" timestamptz, "stoppedAt" timestamptz, "pausedAt" timestamptz, "pausedMinutes" float8,
         extensions integer)
       ON CONFLICT (hazard_id, clock, run) DO UPDATE SET due_at = excluded.due_at, stopped_at = excluded.stopped_at,
         paused_at = excluded.paused_at, paused_minutes = excluded.paused_minutes, extensions = excluded.extensions`,
      [id, JSON.stringify(clocks)],
    )
  const moved = next.state !== state.state
  await tx`
    UPDATE hazard_case SET entries = ${next.entries}, last_at = ${entry.at}::text::timestamptz,
      state_since = CASE WHEN ${moved} THEN ${entry.at}::text::timestamptz ELSE state_since END,
      department_id = ${next.departmentId}, suspended_until = ${next.suspendedUntil}::text::timestamptz,
      was_suspended = ${next.wasSuspended}, extension_asked = ${next.extensionAsked}, extensions = ${next.extensions},
      escalation = ${next.escalation}
    WHERE hazard_id = ${id}`
  const dueAt = deadlineOf(next)
  const detail = { entry: entry.seq, kind: entry.kind, action: entry.action }
  if (!moved && dueAt === deadlineOf(state)) {
    const event: NewEvent =
      entry.kind === 'escalated'
        ? { kind: 'put', layer: 'hazards', featureId: id, version: row.version, box: row.box, detail }
        : { kind: 'note', layer: 'hazards', featureId: id, detail }
    return { event, locked: { ...locked, state: next } }
  }
  const [written] = await tx.unsafe<[{ version: number }]>(
    `UPDATE hazard t SET version = t.version + 1, ${stamp('t', 'edited')}, state = $2, due_at = $3::text::timestamptz
     WHERE t.id = $1 RETURNING t.version`,
    [id, next.state, dueAt],
  )
  const input = { ...row.input, properties: { ...row.input.properties, state: next.state, dueAt } }
  return {
    event: {
      kind: 'put',
      layer: 'hazards',
      featureId: id,
      version: written.version,
      box: row.box,
      before: row.input,
      after: input,
      detail,
    },
    locked: { ...locked, row: { ...row, version: written.version, input }, state: next },
  }
}
