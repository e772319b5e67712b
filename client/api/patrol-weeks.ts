import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import type { WeekInput, WeekJob } from '../../geodata/patrols/week.schema.ts'
import { requestJson } from './request.ts'
import { sendJson } from './send-json.ts'

const WEEKS = '/api/v1/patrols/weeks'

export const startWeek = (week: WeekInput) => sendJson<{ jobId: string }>('POST', WEEKS, week)

export const getWeek = (id: string, signal: AbortSignal) => requestJson<WeekJob>(`${WEEKS}/${id}`, { signal })

/** Ends the search; its best so far stays in the answer of getWeek. */
export const endWeek = async (id: string): Promise<void> => {
  await sendJson<unknown>('DELETE', `${WEEKS}/${id}`)
}

/** A draft for each day; a second time the same. */
export const makeWeekPlans = (id: string) => sendJson<{ plans: Plan[] }>('POST', `${WEEKS}/${id}/plans`)
