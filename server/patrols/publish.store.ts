import type { Plan, PlanVersion } from '../../geodata/patrols/plan.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { change, getPlan, lockPlan, type PlanWriter, refuseClosed } from './plan.store.ts'
import { writeRoutes } from './route.store.ts'
import type { RouteWay } from './route-ways.ts'

/**
 * Makes a version the one that those who walk see, and keeps it for good. Published again without a change, it stays as
 * it was. `ways`: of this version's rounds (routeWays), which become routes of the map. Throws not-found, version-conflict, wrong-state for a closed plan, invalid-body for one without a stop.
 */
export async function publishPlan(
  sql: Sql,
  id: number,
  version: number,
  { actor, reach }: PlanWriter,
  ways: readonly RouteWay[],
): Promise<Plan> {
  return change(sql, actor, { id, change: 'publish' }, async (tx) => {
    const before = await lockPlan(tx, id, version, reach)
    refuseClosed(before)
    if (before.publishedVersion === version) return { before, after: before }
    if (before.rounds.every(({ stops }) => stops.length === 0))
      throw new Problem(
        'invalid-body',
        `No round of the plan “${before.name}” has a stop. Draw or generate rounds before you publish it.`,
      )
    await tx`
      UPDATE patrol_plan SET state = 'published', published_at = now(), published_version = ${version}, updated_at = now()
      WHERE id = ${id}`
    const after = await getPlan(tx, id, reach)
    await tx`
      INSERT INTO patrol_plan_version (plan_id, version, plan, published_by)
      VALUES (${id}, ${version}, ${JSON.stringify(after)}::text::jsonb, ${actor.name})`
    await writeRoutes(tx, after, ways)
    return { before, after }
  })
}

/** What was done stays; nobody walks it or changes it any more. Throws not-found, version-conflict, wrong-state. */
export async function closePlan(
  sql: Sql,
  id: number,
  version: number,
  { actor, reach }: PlanWriter,
): Promise<Plan> {
  return change(sql, actor, { id, change: 'close' }, async (tx) => {
    const before = await lockPlan(tx, id, version, reach)
    refuseClosed(before)
    await tx`UPDATE patrol_plan SET state = 'closed', version = version + 1, updated_at = now() WHERE id = ${id}`
    return { before, after: await getPlan(tx, id, reach) }
  })
}

/** The versions that were published, newest first; those for cells out of reach are left out. Throws not-found. */
export async function listVersions(sql: Sql, id: number, reach: Reach): Promise<PlanVersion[]> {
  await getPlan(sql, id, reach)
  const rows = await sql.unsafe<(PlanVersion & { area: string[] })[]>(
    `SELECT v.version, ${isoTime('v.published_at')} AS "publishedAt", v.published_by AS "publishedBy", v.plan->>'name' AS name,
       v.plan->'area' AS area,
       (SELECT count(*) FROM jsonb_path_query(v.plan, '$.rounds[*].stops[*].checkpointId ? (@ != null)'))::int AS stops
     FROM patrol_plan_version v WHERE v.plan_id = $1 ORDER BY v.version DESC`,
    [id],
    { prepare: true },
  )
  const versions: PlanVersion[] = []
  for (const { area, ...version } of rows) if (await reachesArea(sql, area, reach)) versions.push(version)
  return versions
}

/** A plan as it was published, or as it is now. Throws not-found, also for a version for cells out of reach. */
export async function getVersion(sql: Sql, id: number, version: number, reach: Reach): Promise<Plan> {
  const now = await getPlan(sql, id, reach)
  if (now.version === version) return now
  const [row] = await sql<{ plan: Plan }[]>`
    SELECT plan FROM patrol_plan_version WHERE plan_id = ${id} AND version = ${version}`
  if (row && (await reachesArea(sql, row.plan.area, reach))) return row.plan
  throw new Problem(
    'not-found',
    `Version ${version} of plan ${id} was never published and is not kept. GET …/versions lists those that are.`,
  )
}

/** A plan may have been for more cells once than it is now. */
async function reachesArea(sql: Sql, area: readonly string[], reach: Reach): Promise<boolean> {
  if (reach === 'everywhere') return true
  if (area.length === 0) return false
  try {
    await resolveArea(sql, area, reach)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
