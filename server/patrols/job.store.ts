import type { Job } from '../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, Plan } from '../../geodata/patrols/plan.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import type { JobNews } from '../platform/jobs.ts'
import { planReachClause } from './plan.sql.ts'

/** A job that nobody says runs for this long runs no more: its process was stopped. */
const SILENT_SECONDS = 60
const KEPT_DAYS = 7

const IS_SILENT = `j.state IN ('waiting', 'running') AND j.updated_at < now() - interval '${SILENT_SECONDS} seconds'`
const STATE = `CASE WHEN ${IS_SILENT} THEN 'failed' ELSE j.state END`
const SILENCE = JSON.stringify({
  code: 'unavailable',
  detail: 'The server that searched was stopped. What it had found by then is kept; generate again for more.',
})

/** Columns of any job. `withProposal` left out: only what changes often. */
export const jobColumns = (withProposal: boolean): string => `j.id, ${STATE} AS state, j.progress, j.revision,
  ${withProposal ? 'j.proposal' : 'NULL::jsonb AS proposal'},
  CASE WHEN ${IS_SILENT} THEN '${SILENCE.replaceAll("'", "''")}'::jsonb ELSE j.problem END AS problem,
  j.created_by AS "createdBy", ${isoTime('j.created_at')} AS "createdAt", ${isoTime('j.updated_at')} AS "updatedAt"`

/** A job that waits for its turn; those of a week ago go. */
export async function createJob(
  sql: Sql,
  id: string,
  { id: planId, version }: Pick<Plan, 'id' | 'version'>,
  settings: GenerationSettings,
  by: string,
): Promise<void> {
  await dropOldJobs(sql)
  await sql`
    INSERT INTO patrol_job (id, plan_id, plan_version, settings, created_by)
    VALUES (${id}, ${planId}, ${version}, ${JSON.stringify(settings)}::text::jsonb, ${by})`
}

export async function dropOldJobs(sql: Sql | TransactionSql): Promise<void> {
  await sql`DELETE FROM patrol_job WHERE created_at < now() - make_interval(days => ${KEPT_DAYS})`
}

/** Throws not-found, also for a job of a plan out of reach. */
export async function getJob(sql: Sql, id: string, reach: Reach, withProposal = true): Promise<Job> {
  const parameters: unknown[] = [id]
  const reached = planReachClause(reach, (ids) => `$${parameters.push(ids)}`)
  const [job] = await sql.unsafe<Job[]>(
    `SELECT ${jobColumns(withProposal)}, j.plan_id AS "planId", j.plan_version AS "planVersion",
       j.settings->>'kind' AS kind FROM patrol_job j JOIN patrol_plan p ON p.id = j.plan_id
     WHERE j.id = $1::uuid AND ${reached}`,
    parameters as never[],
    { prepare: true },
  )
  if (job) return job
  throw noJob(id)
}

export const noJob = (id: string): Problem =>
  new Problem('not-found', `There is no search ${id}. Searches are kept for ${KEPT_DAYS} days.`)

/** Says that a job runs, or what became of it. Returns whether somebody asked for its end; true when it is gone. */
export async function saveJob(sql: Sql, id: string, news: JobNews<object>): Promise<boolean> {
  const [row] = await sql<{ cancel: boolean }[]>`
    UPDATE patrol_job SET state = ${news.state}, progress = ${news.progress}, revision = ${news.revision},
      proposal = coalesce(${news.found ? JSON.stringify(news.found) : null}::text::jsonb, proposal),
      problem = ${news.problem ? JSON.stringify(news.problem) : null}::text::jsonb, updated_at = now()
    WHERE id = ${id} RETURNING cancel_requested AS cancel`
  return row?.cancel ?? true
}

/** Asks whichever process runs it to end it. */
export async function askForEnd(sql: Sql, id: string): Promise<void> {
  await sql`UPDATE patrol_job SET cancel_requested = true WHERE id = ${id} AND state IN ('waiting', 'running')`
}
