import { beginCase } from '../../geodata/hazards/apply-action.ts'
import type { CaseRules, Category, Severity } from '../../geodata/hazards/limits.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { FeatureInput } from '../features/write-rows.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { type Beginning, beginAs } from './begin-cases.store.ts'
import { readRules } from './rules.store.ts'

/**
 * A hazard as an edit stores it: its state and deadline are those of its history. A new one begins as a case whose deadline
 * the limits give, unless it brings one; `more` is what is known of it beyond its row. Throws wrong-state when the edit says anything else.
 */
export async function followCase(
  tx: TransactionSql,
  put: FeatureInput & { id: number },
  before: { input: FeatureInput } | undefined,
  deleted: Record<string, unknown> | undefined,
  more: Beginning = {},
): Promise<FeatureInput> {
  const { state, dueAt } = put.properties
  if (before) return asStored(put, before.input.properties)
  if (deleted) return asStored(put, { state: deleted.state, dueAt: deleted.due_at })
  if (state !== undefined && state !== 'reported')
    throw new Problem(
      'wrong-state',
      `A new hazard is “reported”, not “${String(state)}”. Leave the state out, then move the case on: POST /api/v1/cases/{id}/actions.`,
    )
  const [now] = await tx<[{ at: Date }]>`SELECT gridward_now() AS at`
  const at = now.at.toISOString()
  if (typeof dueAt === 'string') {
    await beginAs(tx, { ...more, at, limit: null })
    return withCase(put, 'reported', dueAt)
  }
  const { next, entry } = beginCase(categoryOf(put.properties), { at }, await rulesOf(tx))
  const { limitKind: kind, limitAmount: amount } = next.clocks[0]!
  await beginAs(tx, { ...more, at, limit: { kind, amount } })
  return withCase(put, 'reported', entry.dueAt)
}

/** A file of hazards begins thousands of cases in one transaction, all by the same rules. */
const known = new WeakMap<TransactionSql, CaseRules>()

async function rulesOf(tx: TransactionSql): Promise<CaseRules> {
  const rules = known.get(tx) ?? (await readRules(tx))
  known.set(tx, rules)
  return rules
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
