import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Passed } from '../../geodata/walks/run.schema.ts'
import type { Reach } from '../access/reach.ts'
import { planReachClause } from '../patrols/plan.sql.ts'
import type { Sql } from '../platform/database.ts'
import { instant } from './run.store.ts'

const MOST = 500
/** Someone who is seen twice within a minute went straight between. */
const STRAIGHT_SECONDS = 60
/** After so long without a position in the area it is another time. */
const APART_SECONDS = 120
/** Positions less exact than this show nothing. */
const WORST_ACCURACY_METRES = 100
/** Around the area, degrees: whoever crosses it has positions that near on either side. */
const NEAR_DEGREES = 0.005

/** Whose walk of which plan, over patrol_run r and patrol_plan_version v. */
export const WHOSE_COLUMNS = `r.id AS "runId", r.person, r.team_id AS "teamId", r.team_name AS "teamName",
  r.plan_id AS "planId", v.plan->>'name' AS "planName"`
export interface WhoseRow {
  runId: number
  person: string
  teamId: string
  teamName: string
  planId: number
  planName: string
}
export const whoseWalk = ({ runId, person, teamId, teamName, planId, planName }: WhoseRow) => ({
  runId,
  person,
  team: { id: teamId, name: teamName },
  plan: { id: planId, name: planName },
})

/** Who went through an area within [from, to), on rounds of plans in reach, in order of time. */
export async function findPassed(
  sql: Sql,
  { area, from, to }: { area: readonly LngLat[]; from: string; to: string },
  reach: Reach,
): Promise<Passed> {
  const ring = [...area, area[0]!].map(([lng, lat]) => `${lng} ${lat}`).join(',')
  const parameters: unknown[] = [`POLYGON((${ring}))`, from, to]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const rows = await sql.unsafe<(WhoseRow & { from: Date; to: Date; positions: number })[]>(
    `WITH area AS (SELECT ST_GeomFromText($1, 4326) AS geom),
     near AS (
       SELECT q.run_id, q.at, q.geom, lag(q.at) OVER track AS before, lag(q.geom) OVER track AS came_from
       FROM patrol_position q, area
       WHERE q.geom && ST_Expand(area.geom, ${NEAR_DEGREES}) AND q.at >= $2::timestamptz AND q.at < $3::timestamptz
         AND (q.accuracy_metres IS NULL OR q.accuracy_metres <= ${WORST_ACCURACY_METRES})
       WINDOW track AS (PARTITION BY q.run_id ORDER BY q.at)),
     inside AS (
       SELECT near.run_id, near.at, ST_Intersects(area.geom, near.geom) AS is_in,
         CASE WHEN near.before >= near.at - interval '${STRAIGHT_SECONDS} seconds' THEN near.before ELSE near.at END AS since
       FROM near, area
       WHERE ST_Intersects(area.geom, CASE WHEN near.before >= near.at - interval '${STRAIGHT_SECONDS} seconds'
         THEN ST_MakeLine(near.came_from, near.geom) ELSE near.geom END)),
     marked AS (
       SELECT *, coalesce(since - lag(at) OVER (PARTITION BY run_id ORDER BY at) > interval '${APART_SECONDS} seconds', true)
         AS is_new FROM inside),
     numbered AS (
       SELECT *, count(*) FILTER (WHERE is_new) OVER (PARTITION BY run_id ORDER BY at) AS pass FROM marked),
     passes AS (
       SELECT run_id, min(since) AS since, max(at) AS until, count(*) FILTER (WHERE is_in)::int AS positions
       FROM numbered GROUP BY run_id, pass)
     SELECT ${WHOSE_COLUMNS}, s.since AS "from", s.until AS "to", s.positions
     FROM passes s JOIN patrol_run r ON r.id = s.run_id JOIN patrol_plan p ON p.id = r.plan_id
       JOIN patrol_plan_version v ON v.plan_id = r.plan_id AND v.version = r.plan_version
     WHERE ${planReachClause(reach, bind)} ORDER BY s.since, r.id LIMIT ${MOST + 1}`,
    parameters as never[],
    { prepare: true },
  )
  return {
    passes: rows.slice(0, MOST).map((row) => ({
      ...whoseWalk(row),
      from: instant(row.from.getTime()),
      to: instant(row.to.getTime()),
      positions: row.positions,
    })),
    isCut: rows.length > MOST,
  }
}
