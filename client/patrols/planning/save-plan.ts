import type { QueryClient } from '@tanstack/react-query'
import type { Plan } from '../../../geodata/patrols/plan.schema.ts'
import { addPlan, putPlan } from '../../api/patrols.ts'
import { isChanged, planStore } from './plan-store.ts'

export const PLANS_KEY = ['patrols', 'plans'] as const

/** Saves what is open. Throws ApiError: 412 when someone else changed the plan since it was read. */
export async function savePlan(queries: QueryClient): Promise<Plan | undefined> {
  const { plan, base } = planStore.getSnapshot()
  if (!plan) return undefined
  const saved = base ? await putPlan(base.id, base.version, plan) : await addPlan(plan)
  planStore.markSaved(plan, saved)
  void queries.invalidateQueries({ queryKey: PLANS_KEY })
  return saved
}

/** The plan as the server has it, saved first where it was changed: what generating and publishing begin with. */
export async function savedBase(queries: QueryClient): Promise<{ id: number; version: number } | undefined> {
  const planning = planStore.getSnapshot()
  if (planning.base && !isChanged(planning)) return planning.base
  return savePlan(queries)
}
