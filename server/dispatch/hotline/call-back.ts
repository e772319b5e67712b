import { PERMISSIONS } from '../../../geodata/access/permissions.ts'
import type {
  CallBackBy,
  CallBackInput,
  ContactInput,
} from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { isEnded } from '../../../geodata/hazards/workflow.ts'
import { Problem } from '../../../geodata/shared/problem.ts'
import { type Doer, departmentOf, refusal } from '../../cases/doer.ts'
import type { LockedCase } from '../../cases/lock-case.store.ts'
import type { TransactionSql } from '../../platform/database.ts'
import type { Deps } from '../../platform/deps.ts'
import { tellCase } from '../case-entry.ts'

type Parts = Pick<Deps, 'database' | 'now'>

/**
 * 先行联系: whoever called was contacted, or could not be reached; either counts as contacted first. Throws not-found for a case
 * that came of no order, not-permitted, wrong-state for one that is over.
 */
export async function recordContact(
  deps: Parts,
  hazardId: number,
  { by, reached, note }: ContactInput,
  doer: Doer,
): Promise<void> {
  await tellCase(deps, hazardId, doer, async (tx, locked) => {
    const number = await expectCaller(tx, locked, by, doer)
    if (isEnded(locked.state.state))
      throw new Problem(
        'wrong-state',
        `The case is “${locked.state.state}”: the contact comes before its handling.`,
        {
          extra: { state: locked.state.state },
        },
      )
    await tx`
      UPDATE hotline_order SET version = version + 1,
        first_contact_at = coalesce(first_contact_at, ${locked.now}::text::timestamptz)
      WHERE number = ${number}`
    return {
      answer: undefined,
      told: { kind: 'contact', action: 'contact', note, detail: { order: number, by, reached } },
    }
  })
}

/** States in which there is something to call back about. */
const HANDLED: readonly string[] = ['handled', 'pending_check', 'closed']

/**
 * 双回访: what whoever called says of how it was handled; each may be made again, and the last of each holds. `detail` of the
 * entry has solved and satisfied as true, false or null. Throws what recordContact throws.
 */
export async function recordCallBack(
  deps: Parts,
  hazardId: number,
  { by, satisfied, solved, note }: CallBackInput,
  doer: Doer,
): Promise<void> {
  await tellCase(deps, hazardId, doer, async (tx, locked) => {
    const number = await expectCaller(tx, locked, by, doer)
    if (!HANDLED.includes(locked.state.state))
      throw new Problem(
        'wrong-state',
        `The case is “${locked.state.state}”: call back once it was handled (${HANDLED.join(', ')}).`,
        { extra: { state: locked.state.state } },
      )
    await (by === 'unit'
      ? tx`
          UPDATE hotline_order SET version = version + 1, unit_called_at = ${locked.now}::text::timestamptz,
            unit_satisfied = ${satisfied}, unit_solved = ${solved} WHERE number = ${number}`
      : tx`
          UPDATE hotline_order SET version = version + 1, street_called_at = ${locked.now}::text::timestamptz,
            street_satisfied = ${satisfied}, street_solved = ${solved} WHERE number = ${number}`)
    const isSatisfied = satisfied === 'not-reached' ? null : satisfied === 'satisfied'
    return {
      answer: undefined,
      told: {
        kind: 'call-back',
        action: 'call-back',
        note,
        detail: { order: number, by, reached: satisfied !== 'not-reached', solved, satisfied: isSatisfied },
      },
    }
  })
}

/** The order of the case, if who speaks may: the unit that handles it, or, for the street, whoever may verify. */
async function expectCaller(
  tx: TransactionSql,
  { id, state }: LockedCase,
  by: CallBackBy,
  doer: Doer,
): Promise<string> {
  const [order] = await tx<{ number: string }[]>`
    SELECT number FROM hotline_order WHERE hazard_id = ${id} FOR UPDATE`
  if (!order)
    throw new Problem(
      'not-found',
      `The case ${id} did not come from the hotline: there is nobody to contact.`,
    )
  if (by === 'unit') {
    const refused = refusal(doer, await departmentOf(tx, doer), state, 'finish')
    if (refused) throw refused
  } else if (!doer.may('verify'))
    throw new Problem(
      'not-permitted',
      `${doer.actor.name} does not speak for the street: that needs the permission “verify” (${PERMISSIONS.verify.en}).`,
    )
  return order.number
}
