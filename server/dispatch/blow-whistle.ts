import type { WhistleInput } from '../../geodata/dispatch/whistle.schema.ts'
import { addTime, limitMillis } from '../../geodata/hazards/limits.ts'
import { isEnded } from '../../geodata/hazards/workflow.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Doer } from '../cases/doer.ts'
import { readRules } from '../cases/rules.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { tellCase } from './case-entry.ts'

/**
 * Calls departments to a case that is open; each has until its own limit to answer, counted as limits of cases are. Returns the
 * whistle’s id. Throws not-found, wrong-state for a case that is over or a department that is called to it and has not
 * answered yet, invalid-body for departments that there are not or that are given no cases.
 */
export async function blowWhistle(
  deps: Pick<Deps, 'database' | 'now'>,
  hazardId: number,
  { departments, reason, answerWithin }: WhistleInput,
  doer: Doer,
): Promise<number> {
  return tellCase(deps, hazardId, doer, async (tx, { state, now }) => {
    if (isEnded(state.state))
      throw new Problem(
        'wrong-state',
        `The case is “${state.state}”: there is nothing to call anybody for. Reopen it first.`,
        { extra: { state: state.state } },
      )
    const called = await readDepartments(tx, departments)
    await expectNoneWaits(tx, hazardId, departments)
    const { calendar } = await readRules(tx)
    const due = addTime(calendar, answerWithin.kind, Date.parse(now), limitMillis(answerWithin))
    const dueAt = new Date(due).toISOString()
    const [{ id }] = await tx<[{ id: number }]>`
      INSERT INTO whistle (hazard_id, called_at, called_by, reason, limit_kind, limit_amount)
      VALUES (${hazardId}, ${now}::text::timestamptz, ${doer.actor.name}, ${reason}, ${answerWithin.kind}, ${answerWithin.amount})
      RETURNING id`
    await tx`
      INSERT INTO whistle_call (whistle_id, department_id, due_at)
      SELECT ${id}::bigint, department, ${dueAt}::text::timestamptz FROM unnest(${departments}::bigint[]) AS department`
    return {
      answer: id,
      told: {
        kind: 'whistle',
        action: 'call',
        reason,
        detail: { whistle: id, departments: called, answerWithin, answerBy: dueAt },
      },
    }
  })
}

export interface Named {
  id: number
  name: string
}

/** In the order in which they were named. Throws invalid-body. */
async function readDepartments(tx: TransactionSql, ids: readonly number[]): Promise<Named[]> {
  const rows = await tx<(Named & { active: boolean })[]>`
    SELECT id, name, active FROM department WHERE id = ANY(${[...ids]}::bigint[]) FOR SHARE`
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const department = found.get(id)
    if (department?.active) return { id, name: department.name }
    throw new Problem(
      'invalid-body',
      department
        ? `“${department.name}” was given up and is called to no cases. Choose another.`
        : `There is no department ${id}. Choose one that there is: GET /api/v1/departments.`,
      { issues: [{ at: '/departments', message: `${id} cannot be called` }] },
    )
  })
}

async function expectNoneWaits(
  tx: TransactionSql,
  hazardId: number,
  departments: readonly number[],
): Promise<void> {
  const waiting = await tx<{ name: string }[]>`
    SELECT d.name FROM whistle_call k JOIN whistle w ON w.id = k.whistle_id JOIN department d ON d.id = k.department_id
    WHERE w.hazard_id = ${hazardId} AND k.answer IS NULL AND k.department_id = ANY(${[...departments]}::bigint[])
    ORDER BY d.name`
  if (waiting.length > 0)
    throw new Problem(
      'wrong-state',
      `${waiting.map(({ name }) => `“${name}”`).join(', ')} is called to this case already and has not answered yet. Leave it out, or wait for the answer.`,
    )
}
