import { beginCase } from '../../geodata/hazards/apply-action.ts'
import type { Category, Severity } from '../../geodata/hazards/limits.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { FeatureInput } from '../features/write-rows.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import type { Beginning } from './begin-cases.store.ts'
import { readRules } from './rules.store.ts'

/**
 * A hazard that is there, or comes back, as an edit stores it: its state and deadline are those of its history. Throws
 * wrong-state when the edit says anything else.
 */
export function followCase(
  put: FeatureInput,
  before: { input: FeatureInput } | undefined,
  deleted: Record<string, unknown> | undefined,
): FeatureInput {
  return asStored(put, before ? before.input.properties : { state: deleted?.state, dueAt: deleted?.due_at })
}

/** A new hazard as it is stored, and what is known of its case beyond that. */
interface Begun {
  input: FeatureInput
  beginning: Beginning
}

/**
 * New hazards begin as cases whose deadlines the limits give, unless they bring one; `more` is what is known of a case beyond
 * its row. All begin at the same moment, by the same rules. Returns who begins one; it throws wrong-state when the edit says
 * anything else.
 */
export async function caseBeginner(
  tx: TransactionSql,
): Promise<(put: FeatureInput & { id: number }, more?: Beginning) => Begun> {
  const [now] = await tx<[{ at: Date }]>`SELECT gridward_now() AS at`
  const at = now.at.toISOString()
  const rules = await readRules(tx)
  return (put, more = {}) => {
    const { state, dueAt } = put.properties
    if (state !== undefined && state !== 'reported')
      throw new Problem(
        'wrong-state',
        `A new hazard is “reported”, not “${String(state)}”. Leave the state out, then move the case on: POST /api/v1/cases/{id}/actions.`,
        { extra: { at: { layer: 'hazards', id: put.id } } },
      )
    if (typeof dueAt === 'string')
      return { input: withCase(put, 'reported', dueAt), beginning: { ...more, at, limit: null } }
    const { next, entry } = beginCase(categoryOf(put.properties), { at }, rules)
    const { limitKind: kind, limitAmount: amount } = next.clocks[0]!
    return {
      input: withCase(put, 'reported', entry.dueAt),
      beginning: { ...more, at, limit: { kind, amount } },
    }
  }
}

export const categoryOf = (
  properties: Record<string, unknown>,
): { category: Category; severity: Severity } => ({
  category: {
    standard: String(properties.categoryStandard),
    kind: String(properties.categoryKind),
    code: String(properties.categoryCode),
  },
  severity: properties.severity as Severity,
})

const withCase = (put: FeatureInput, state: unknown, dueAt: unknown): FeatureInput => ({
  geometry: put.geometry,
  properties: { ...put.properties, state, dueAt },
})

function asStored(put: FeatureInput, stored: Record<string, unknown>): FeatureInput {
  const { state = stored.state, dueAt = stored.dueAt } = put.properties
  if (state === stored.state && isSameTime(dueAt, stored.dueAt))
    return withCase(put, stored.state, stored.dueAt)
  throw new Problem(
    'wrong-state',
    `This hazard is “${String(stored.state)}” until ${String(stored.dueAt)}; the edit says “${String(state)}” until ${String(dueAt)}. Its state and deadline follow its history: leave them out here, and move the case on by POST /api/v1/cases/{id}/actions.`,
    { extra: { state: stored.state } },
  )
}

const isSameTime = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'string' && typeof b === 'string' && Date.parse(a) === Date.parse(b))
