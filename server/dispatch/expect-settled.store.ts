import type { CaseActionBody } from '../../geodata/hazards/case.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

/** What whistles and the hotline still ask of a case. */
interface Owed {
  /** The order whose caller nobody has contacted yet. */
  uncontacted: string | null
  tasks: number
  unit: boolean
  street: boolean
}

/**
 * A hotline case is not finished before whoever called was contacted (先行联系). It is closed once both call-backs were made
 * (双回访), and a case with a division of work once its tasks are settled; else only with a reason, which its history keeps.
 * Throws wrong-state.
 */
export async function expectSettled(
  tx: TransactionSql,
  hazardId: number,
  { action, reason }: Pick<CaseActionBody, 'action' | 'reason'>,
): Promise<void> {
  if (action !== 'finish' && (action !== 'close' || reason)) return
  const owed = await readOwed(tx, hazardId)
  if (action === 'close') return expectNothingOpen(owed)
  if (owed.uncontacted !== null)
    throw new Problem(
      'wrong-state',
      `Nobody has contacted whoever called about order ${owed.uncontacted} yet. Record the contact first, also one that reached nobody: POST /api/v1/cases/${hazardId}/contacts.`,
      { extra: { missing: ['contact'] } },
    )
}

/** Whether the case can be closed with a reason only. */
export async function closesWithReason(sql: Sql, hazardId: number): Promise<boolean> {
  const { tasks, unit, street } = await readOwed(sql, hazardId)
  return tasks > 0 || unit || street
}

async function readOwed(sql: Sql | TransactionSql, hazardId: number): Promise<Owed> {
  const [owed] = await sql<[Owed]>`
    SELECT (SELECT number FROM hotline_order WHERE hazard_id = ${hazardId} AND first_contact_at IS NULL) AS uncontacted,
      (SELECT count(*)::int FROM division_task k JOIN whistle w ON w.id = k.whistle_id
        WHERE w.hazard_id = ${hazardId} AND k.state = 'open') AS tasks,
      EXISTS (SELECT FROM hotline_order WHERE hazard_id = ${hazardId} AND unit_called_at IS NULL) AS unit,
      EXISTS (SELECT FROM hotline_order WHERE hazard_id = ${hazardId} AND street_called_at IS NULL) AS street`
  return owed
}

function expectNothingOpen({ tasks, unit, street }: Owed): void {
  const open = [
    ...(tasks > 0 ? [['tasks', `${tasks} tasks of the division of work are open`] as const] : []),
    ...(unit ? [['unit-call-back', 'the handling unit has not called back'] as const] : []),
    ...(street ? [['street-call-back', 'the street has not called back'] as const] : []),
  ]
  if (open.length === 0) return
  throw new Problem(
    'wrong-state',
    `The case is not settled: ${open.map(([, words]) => words).join(', and ')}. Do that first, or close it with a reason, which stays in its history.`,
    { extra: { missing: open.map(([name]) => name), openTasks: tasks } },
  )
}
