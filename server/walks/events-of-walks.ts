import { cellsOfPlan, type NewPatrolEvent, type Told } from '../live/patrol-events.store.ts'
import type { TransactionSql } from '../platform/database.ts'

export type WalkChange = Required<Pick<Told, 'planId' | 'runId' | 'change'>>

/** For those who reach the plan as it is now. */
export async function eventsOfWalks(
  tx: TransactionSql,
  changes: readonly WalkChange[],
): Promise<NewPatrolEvent[]> {
  const cells = new Map<number, Awaited<ReturnType<typeof cellsOfPlan>>>()
  for (const { planId } of changes) if (!cells.has(planId)) cells.set(planId, await cellsOfPlan(tx, planId))
  return changes.map((change) => ({
    kind: 'walk',
    told: { ...change, areas: [cells.get(change.planId)!] },
  }))
}
