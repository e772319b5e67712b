import type { Job } from '../../geodata/patrols/generation.schema.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { getJob } from './job.store.ts'

/** The latest searches are enough to find one that runs. */
const MOST_JOBS = 5

/** The latest searches for a plan, the newest first, without what they found. */
export async function listPlanJobs(sql: Sql, planId: number, reach: Reach): Promise<Job[]> {
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM patrol_job WHERE plan_id = ${planId} ORDER BY created_at DESC, id LIMIT ${MOST_JOBS}`
  return Promise.all(rows.map(({ id }) => getJob(sql, id, reach, false)))
}
