import { applyAction } from '../../geodata/hazards/apply-action.ts'
import type { CaseActionBody } from '../../geodata/hazards/case.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { MAX_AGE_DAYS, MAX_AHEAD_SECONDS } from '../../geodata/walks/walk.schema.ts'
import { expectSettled } from '../dispatch/expect-settled.store.ts'
import { transact } from '../features/transact.store.ts'
import { versionConflict } from '../features/write.store.ts'
import { recordEvents } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { type Doer, departmentOf, refusal } from './doer.ts'
import { laterOf, lockCase } from './lock-case.store.ts'
import { readRules } from './rules.store.ts'
import { storeApplied } from './store-applied.store.ts'

export interface Act {
  id: number
  /** Of the hazard, as whoever acts has seen it. */
  version: number
  action: CaseActionBody
}

/**
 * Does something to a case, in one transaction. Throws not-found (also out of reach), version-conflict, not-permitted,
 * wrong-state, and invalid-body for what lacks, photos that are not the hazard’s, a department that gets no cases.
 */
export async function actOnCase(
  sql: Sql,
  { id, version, action }: Act,
  doer: Doer,
  moment?: Date,
): Promise<void> {
  await transact(sql, async (tx) => {
    const locked = await lockCase(tx, id, { actor: doer.actor, reach: doer.reach, moment })
    if (locked.row.version !== version) throw versionConflict(version, locked.row.version)
    const refused = refusal(doer, await departmentOf(tx, doer), locked.state, action.action)
    if (refused) throw refused
    const at = action.at === undefined ? laterOf(locked) : timeOf(action.at, locked.now)
    if (action.photos?.length) await expectPhotos(tx, id, action.photos)
    if (action.departmentId !== undefined) await expectDepartment(tx, action.departmentId)
    const applied = applyAction(locked.state, { ...action, at }, await readRules(tx))
    if (applied instanceof Problem) throw applied
    await expectSettled(tx, id, action)
    const { event } = await storeApplied(tx, locked, applied, doer)
    await recordEvents(tx, doer.actor, [event])
  })
}

/** Something is of now, unless a phone sends it later; its clock may be a little ahead. */
export function timeOf(at: string | undefined, now: string): string {
  if (at === undefined) return now
  const [then, moment] = [Date.parse(at), Date.parse(now)]
  if (then > moment + MAX_AHEAD_SECONDS * 1000 || then < moment - MAX_AGE_DAYS * 86_400_000)
    throw new Problem(
      'invalid-body',
      `This is of ${at}; here it is ${now}. Expected a time of the last ${MAX_AGE_DAYS} days: set the clock right, or leave the time out.`,
    )
  return then > moment ? now : new Date(then).toISOString()
}

export async function expectPhotos(tx: TransactionSql, id: number, photos: readonly string[]): Promise<void> {
  const wanted = [...new Set(photos.map((photo) => photo.toLowerCase()))]
  const rows = await tx<{ id: string }[]>`
    SELECT id FROM photo WHERE layer = 'hazards' AND feature_id = ${id} AND id = ANY(${wanted}::uuid[])
    FOR KEY SHARE`
  const found = new Set(rows.map((row) => row.id))
  const missing = wanted.filter((photo) => !found.has(photo))
  if (missing.length > 0)
    throw new Problem(
      'invalid-body',
      `This hazard has no photo ${missing.join(', ')}. Upload it first, to the hazard itself, then name it here.`,
    )
}

export async function expectDepartment(tx: TransactionSql, id: number): Promise<void> {
  const [row] = await tx<{ active: boolean }[]>`SELECT active FROM department WHERE id = ${id} FOR SHARE`
  if (row?.active) return
  throw new Problem(
    'invalid-body',
    row
      ? `The department ${id} was given up and gets no cases. Choose another.`
      : `There is no department ${id}. Choose one that there is.`,
  )
}
