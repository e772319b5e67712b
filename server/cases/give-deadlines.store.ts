import { startClock } from '../../geodata/hazards/apply-action.ts'
import type { LimitKind, Severity } from '../../geodata/hazards/limits.ts'
import { CASE_STATES, type CaseStateName } from '../../geodata/hazards/workflow.ts'
import type { TransactionSql } from '../platform/database.ts'
import { readRules } from './rules.store.ts'

/** A hazard as an import writes it, by its columns. */
type HazardRow = Record<string, unknown>

/** The limit that the deadline of a new hazard came of. */
interface GivenLimit {
  sourceId: string
  kind: LimitKind
  amount: number
}

/**
 * Hazards that a file brings without a deadline get theirs, in place: one that is here keeps its own, a new one gets that of
 * the limits, from now on. Returns what new ones were given, for keepLimits once they are stored.
 */
export async function giveDeadlines(tx: TransactionSql, rows: readonly HazardRow[]): Promise<GivenLimit[]> {
  const without = rows.filter(({ due_at }) => due_at === null)
  if (without.length === 0) return []
  const ids = without.map(({ source_id }) => String(source_id))
  const [{ at, isTold, here }] = await tx<
    [{ at: Date; isTold: boolean; here: Record<string, string | null> }]
  >`
    SELECT gridward_now() AS at, coalesce(current_setting('gridward.case', true) = 'given', false) AS "isTold",
      (SELECT coalesce(jsonb_object_agg(source_id, due_at), '{}') FROM hazard WHERE source_id = ANY(${ids}::text[])) AS here`
  // Whoever brings whole histories brings their deadlines.
  if (isTold) return []
  const rules = await readRules(tx)
  return without.flatMap((row) => {
    const sourceId = String(row.source_id)
    if (Object.hasOwn(here, sourceId)) {
      row.due_at = here[sourceId]
      return []
    }
    const { clock } = CASE_STATES[row.state as CaseStateName]
    if (clock === null) return []
    const category = {
      standard: String(row.category_standard),
      kind: String(row.category_kind),
      code: String(row.category_code),
    }
    const run = startClock(
      { category, severity: row.severity as Severity, clocks: [] },
      clock,
      at.toISOString(),
      rules,
    )
    row.due_at = run.dueAt
    return run.limitKind === 'given' ? [] : { sourceId, kind: run.limitKind, amount: run.limitAmount! }
  })
}

/** The clocks that began with these hazards say which limit they came of. */
export async function keepLimits(tx: TransactionSql, given: readonly GivenLimit[]): Promise<void> {
  if (given.length === 0) return
  await tx`
    UPDATE case_clock k SET limit_kind = row.kind, limit_amount = row.amount
    FROM jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) AS row ("sourceId" text, kind text, amount float8)
      JOIN hazard h ON h.source_id = row."sourceId"
    WHERE k.hazard_id = h.id AND k.limit_kind = 'given'`
}
