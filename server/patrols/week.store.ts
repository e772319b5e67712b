import { randomUUID } from 'node:crypto'
import type { Plan, PlanInput, Round } from '../../geodata/patrols/plan.schema.ts'
import type { WeekInput, WeekJob, WeekProposal } from '../../geodata/patrols/week.schema.ts'
import { shiftOfDay, teamsOfDay } from '../../geodata/patrols/week-days.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { areaOfPlan, checkPlan } from './check-plan.store.ts'
import { dropOldJobs, jobColumns, noJob } from './job.store.ts'
import { createPlanIn, getPlan, type PlanWriter } from './plan.store.ts'

/** A search for a week that waits for its turn. Throws invalid-body, outside-area as a plan of that area and people would. */
export async function createWeekJob(
  sql: Sql,
  id: string,
  week: WeekInput,
  { actor, reach }: PlanWriter,
): Promise<void> {
  await sql.begin(async (tx) => {
    const cells = await areaOfPlan(tx, week.area, reach)
    await checkPlan(tx, { ...planOfDay(week, week.days[0]!), rounds: [], unserved: [] }, cells, reach)
    await dropOldJobs(tx)
    await tx`
      INSERT INTO patrol_job (id, week, created_by)
      VALUES (${id}, ${JSON.stringify(week)}::text::jsonb, ${actor.name})`
  })
}

/** Throws not-found, also for the search of someone else. */
export async function getWeekJob(
  sql: Sql | TransactionSql,
  id: string,
  by: string,
  { withProposal = true, lock = '' } = {},
): Promise<WeekJob> {
  const [job] = await sql.unsafe<WeekJob[]>(
    `SELECT ${jobColumns(withProposal)}, j.week, to_jsonb(j.made_plan_ids) AS "planIds" FROM patrol_job j
     WHERE j.id = $1::uuid AND j.week IS NOT NULL AND j.created_by = $2 ${lock}`,
    [id, by],
    { prepare: true },
  )
  if (job) return job
  throw noJob(id)
}

/**
 * A draft for each day of what was found, all of them or none. A second time answers the same plans, but for those deleted
 * since. Throws not-found, wrong-state while it is searched for or when nothing was found, invalid-body, outside-area.
 */
export async function makePlansOfWeek(
  sql: Sql,
  id: string,
  writer: PlanWriter,
): Promise<{ plans: Plan[]; isNew: boolean }> {
  return sql.begin(async (tx) => {
    const job = await getWeekJob(tx, id, writer.actor.name, { lock: 'FOR UPDATE' })
    if (job.planIds) return { plans: await stillThere(tx, job.planIds, writer), isNew: false }
    if (job.state === 'waiting' || job.state === 'running')
      throw new Problem('wrong-state', 'The week is still being searched for. End the search first.')
    if (!job.proposal)
      throw new Problem(
        'wrong-state',
        'The search found no week, so there are no plans to make. Start another.',
      )
    const plans: Plan[] = []
    for (const day of job.proposal.days)
      plans.push(await createPlanIn(tx, planOfDay(job.week, day.date, day), writer))
    await tx`
      UPDATE patrol_job SET made_plan_ids = ${plans.map((plan) => plan.id)}::bigint[] WHERE id = ${id}`
    return { plans, isNew: true }
  }) as Promise<{ plans: Plan[]; isNew: boolean }>
}

async function stillThere(
  tx: TransactionSql,
  ids: readonly number[],
  { reach }: PlanWriter,
): Promise<Plan[]> {
  const plans: Plan[] = []
  for (const id of ids) {
    try {
      plans.push(await getPlan(tx, id, reach))
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'not-found')) throw error
    }
  }
  return plans
}

const planOfDay = (week: WeekInput, date: string, day?: WeekProposal['days'][number]): PlanInput => ({
  name: `${week.name} ${date.slice(5)}`,
  ...shiftOfDay(week, date),
  area: week.area,
  teams: teamsOfDay(week, date),
  rounds: (day?.rounds ?? []).map(withOwnIds),
  unserved: day?.unserved ?? [],
  generated: day?.generated ?? null,
  note: '',
})

/** Those of a search follow from its seed; two weeks of the same days must not share them. */
const withOwnIds = (round: Round): Round => ({
  ...round,
  id: randomUUID(),
  stops: round.stops.map((stop) => ({ ...stop, id: randomUUID() })),
})
