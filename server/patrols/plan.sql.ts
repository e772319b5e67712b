import type { Plan, PlanSummary } from '../../geodata/patrols/plan.schema.ts'
import { areaJson } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { reachesCellsClause } from '../access/reaches-cells.sql.ts'
import type { BindIds } from '../access/scope.sql.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

const HEAD = `p.id, p.version, p.name, p.state, ${isoTime('p.starts_at')} AS "from", ${isoTime('p.ends_at')} AS "to",
  p.created_by AS "createdBy", ${isoTime('p.created_at')} AS "createdAt", ${isoTime('p.updated_at')} AS "updatedAt",
  ${isoTime('p.published_at')} AS "publishedAt", p.published_version AS "publishedVersion"`

/** The codes of the cells that a plan is for, as they are now; of cells that are gone none. */
const AREA = `(SELECT coalesce(jsonb_agg(cell->>'code'), '[]')
  FROM jsonb_array_elements(${areaJson('patrol_plan_area', 'plan_id', 'p.id')}) cell)`

/** Columns of a whole plan over patrol_plan p. */
export const PLAN_COLUMNS = `${HEAD}, p.body, ${AREA} AS area`

type Body = Pick<Plan, 'teams' | 'rounds' | 'unserved' | 'generated' | 'note'>
export type PlanRow = Omit<Plan, keyof Body> & { body: Body }

export const planOf = ({ body, ...head }: PlanRow): Plan => ({ ...head, ...body })

/** What a list shows of a plan. */
export const SUMMARY_COLUMNS = `${HEAD}, jsonb_array_length(p.body->'teams') AS teams,
  jsonb_array_length(p.body->'rounds') AS rounds, jsonb_array_length(p.body->'unserved') AS unserved,
  (SELECT count(*) FROM jsonb_path_query(p.body, '$.rounds[*].stops[*].checkpointId ? (@ != null)'))::int AS stops,
  (SELECT coalesce(jsonb_agg(DISTINCT person), '[]') FROM jsonb_path_query(p.body, '$.teams[*].people[*]') person) AS people`

export const summaryOf = (plan: Plan): Omit<PlanSummary, 'people'> & { people: string[] } => ({
  id: plan.id,
  version: plan.version,
  name: plan.name,
  state: plan.state,
  from: plan.from,
  to: plan.to,
  teams: plan.teams.length,
  rounds: plan.rounds.length,
  stops: visitsOf(plan),
  unserved: plan.unserved.length,
  people: [...new Set(plan.teams.flatMap(({ people }) => people))].sort(),
  createdBy: plan.createdBy,
  createdAt: plan.createdAt,
  updatedAt: plan.updatedAt,
  publishedAt: plan.publishedAt,
  publishedVersion: plan.publishedVersion,
})

export const visitsOf = ({ rounds }: Pick<Plan, 'rounds'>): number =>
  rounds.reduce((sum, { stops }) => sum + stops.filter(({ checkpointId }) => checkpointId !== null).length, 0)

/**
 * Which plans someone reaches, over patrol_plan p: those for cells that are all in reach. A plan for everywhere, or for a
 * cell that is gone, is for those who reach everything. `areas`: the plan's cells now, or when it was published last.
 */
export function planReachClause(
  reach: Reach,
  bind: BindIds,
  areas: 'patrol_plan_area' | 'patrol_route_area' = 'patrol_plan_area',
): string {
  return reachesCellsClause(reach, bind, areas, 'plan_id', 'p.id')
}
