import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import type { WeekInput, WeekJob } from '../../geodata/patrols/week.schema.ts'
import { requestJson } from './request.ts'

const WEEKS = '/api/v1/patrols/weeks'
const accept = 'application/json, application/problem+json'

export const startWeek = (week: WeekInput) =>
  requestJson<{ jobId: string }>(WEEKS, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify(week),
  })

export const getWeek = (id: string, signal: AbortSignal) => requestJson<WeekJob>(`${WEEKS}/${id}`, { signal })

/** Ends the search; its best so far stays in the answer of getWeek. */
export const endWeek = async (id: string): Promise<void> => {
  await requestJson<unknown>(`${WEEKS}/${id}`, { method: 'DELETE', headers: { accept } })
}

/** A draft for each day; a second time the same. */
export const makeWeekPlans = (id: string) =>
  requestJson<{ plans: Plan[] }>(`${WEEKS}/${id}/plans`, { method: 'POST', headers: { accept } })
