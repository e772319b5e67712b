import type { Plan, PlanInput, PlanState, PlanSummary } from '../../geodata/patrols/plan.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { cellsOfPlan, recordPatrolEvents, type Told } from '../live/patrol-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { requireVersion } from '../platform/require-version.ts'
import { areaOfPlan, checkPlan } from './check-plan.store.ts'
import {
  PLAN_COLUMNS,
  type PlanRow,
  planOf,
  planReachClause,
  SUMMARY_COLUMNS,
  summaryOf,
} from './plan.sql.ts'

export interface PlanFilter {
  /** Instants: plans whose shift meets the period. */
  from?: string | undefined
  to?: string | undefined
  states?: readonly PlanState[] | undefined
  /** Plans with this user in a team. */
  person?: string | undefined
}

/** Who writes, and what they reach. */
export interface PlanWriter {
  actor: Actor
  reach: Reach
}

/** The latest shift first. `next`: the id and beginning to go on behind. */
export async function listPlans(
  sql: Sql,
  { from, to, states, person }: PlanFilter,
  reach: Reach,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ plans: PlanSummary[]; next: number | undefined }> {
  const parameters: unknown[] = [limit + 1, offset]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const clauses = [planReachClause(reach, bind)]
  if (from !== undefined) clauses.push(`p.ends_at > ${bind(from)}::timestamptz`)
  if (to !== undefined) clauses.push(`p.starts_at < ${bind(to)}::timestamptz`)
  if (states) clauses.push(`p.state = ANY(${bind([...states])}::text[])`)
  if (person !== undefined)
    clauses.push(
      `EXISTS (SELECT FROM jsonb_path_query(p.body, '$.teams[*].people[*]') n WHERE n = to_jsonb(${bind(person)}::text))`,
    )
  const rows = await sql.unsafe<PlanSummary[]>(
    `SELECT ${SUMMARY_COLUMNS} FROM patrol_plan p WHERE ${clauses.join(' AND ')}
     ORDER BY p.starts_at DESC, p.id DESC LIMIT $1 OFFSET $2`,
    parameters as never[],
    { prepare: true },
  )
  return { plans: rows.slice(0, limit), next: rows.length > limit ? offset + limit : undefined }
}

/** Throws not-found, also for a plan out of reach. */
export async function getPlan(sql: Sql | TransactionSql, id: number, reach: Reach, lock = ''): Promise<Plan> {
  const parameters: unknown[] = [id]
  const reached = planReachClause(reach, (ids) => `$${parameters.push(ids)}`)
  const [row] = await sql.unsafe<PlanRow[]>(
    `SELECT ${PLAN_COLUMNS} FROM patrol_plan p WHERE p.id = $1 AND ${reached} ${lock}`,
    parameters as never[],
    { prepare: true },
  )
  if (row) return planOf(row)
  throw new Problem('not-found', `There is no patrol plan ${id}. It may have been deleted.`)
}

/** Throws invalid-body, outside-area. */
export async function createPlan(sql: Sql, input: PlanInput, writer: PlanWriter): Promise<Plan> {
  return (await sql.begin((tx) => createPlanIn(tx, input, writer))) as Plan
}

/** The same, with others in one transaction. */
export async function createPlanIn(
  tx: TransactionSql,
  input: PlanInput,
  { actor, reach }: PlanWriter,
): Promise<Plan> {
  return changeIn(tx, actor, { change: 'put' }, async () => {
    const cells = await areaOfPlan(tx, input.area, reach)
    await checkPlan(tx, input, cells, reach)
    const [row] = await tx<[{ id: number }]>`
      INSERT INTO patrol_plan (name, starts_at, ends_at, body, created_by)
      VALUES (${input.name}, ${input.from}::text::timestamptz, ${input.to}::text::timestamptz,
        ${bodyText(input)}::text::jsonb, ${actor.name}) RETURNING id`
    await writeCells(tx, row.id, cells)
    return { after: await getPlan(tx, row.id, reach) }
  })
}

/** Throws not-found, version-conflict, wrong-state for a closed plan, invalid-body, outside-area. */
export async function replacePlan(
  sql: Sql,
  id: number,
  version: number,
  input: PlanInput,
  { actor, reach }: PlanWriter,
): Promise<Plan> {
  return change(sql, actor, { id, change: 'put' }, async (tx) => {
    const before = await lockPlan(tx, id, version, reach)
    refuseClosed(before)
    const cells = await areaOfPlan(tx, input.area, reach)
    await checkPlan(tx, input, cells, reach)
    await tx`
      UPDATE patrol_plan SET name = ${input.name}, starts_at = ${input.from}::text::timestamptz,
        ends_at = ${input.to}::text::timestamptz, body = ${bodyText(input)}::text::jsonb,
        version = version + 1, updated_at = now()
      WHERE id = ${id}`
    await tx`DELETE FROM patrol_plan_area WHERE plan_id = ${id}`
    await writeCells(tx, id, cells)
    return { before, after: await getPlan(tx, id, reach) }
  })
}

/** Throws not-found, version-conflict, wrong-state for a plan that was ever published. */
export async function deletePlan(
  sql: Sql,
  id: number,
  version: number,
  { actor, reach }: PlanWriter,
): Promise<void> {
  await change(sql, actor, { id, change: 'delete' }, async (tx) => {
    const before = await lockPlan(tx, id, version, reach)
    if (before.publishedVersion !== null)
      throw new Problem(
        'wrong-state',
        'The plan was published, and what people were told stays on record. Close it instead.',
      )
    await tx`DELETE FROM patrol_plan WHERE id = ${id}`
    return { before }
  })
}

/** A writer that comes second waits here and then finds another version. */
export async function lockPlan(tx: TransactionSql, id: number, version: number, reach: Reach): Promise<Plan> {
  const plan = await getPlan(tx, id, reach, 'FOR UPDATE OF p')
  requireVersion(`the plan “${plan.name}”`, version, plan.version)
  return plan
}

export function refuseClosed({ state, name }: Plan): void {
  if (state === 'closed')
    throw new Problem('wrong-state', `The plan “${name}” is closed. Copy it into a new one to change it.`)
}

/** One change of one plan in a transaction. See changeIn. */
export async function change(
  sql: Sql,
  actor: Actor,
  what: Changed,
  body: (tx: TransactionSql) => Promise<{ before?: Plan; after?: Plan }>,
): Promise<Plan> {
  return (await sql.begin((tx) => changeIn(tx, actor, what, () => body(tx)))) as Plan
}

/** `id`: of a plan that is there before. */
type Changed = { id?: number } & Pick<Told, 'change'>

/** Told to live readers and in the audit trail, there by figures, since plans are large. */
async function changeIn(
  tx: TransactionSql,
  actor: Actor,
  { id, change }: Changed,
  body: () => Promise<{ before?: Plan; after?: Plan }>,
): Promise<Plan> {
  const areas = id === undefined ? [] : [await cellsOfPlan(tx, id)]
  const { before, after } = await body()
  const plan = (after ?? before)!
  if (after) areas.push(await cellsOfPlan(tx, plan.id))
  const event = {
    kind: 'plan' as const,
    version: plan.version,
    told: { planId: plan.id, change, areas },
    before: before && summaryOf(before),
    after: after && summaryOf(after),
  }
  await recordPatrolEvents(tx, actor, [event])
  return plan
}

async function writeCells(tx: TransactionSql, planId: number, cells: readonly AreaRow[]): Promise<void> {
  for (const { layer, cellId } of cells)
    await tx`INSERT INTO patrol_plan_area (plan_id, layer, cell_id) VALUES (${planId}, ${layer}, ${cellId})
      ON CONFLICT DO NOTHING`
}

const bodyText = ({ teams, rounds, unserved, generated, note }: PlanInput): string =>
  JSON.stringify({ teams, rounds, unserved, generated, note })
