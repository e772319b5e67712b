import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { WalkReport, WalkSummary } from '../../geodata/walks/run.schema.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'

/** Hazards reported on walks of plans, or on one walk, in order of time; of those out of reach only that they are. */
export async function readReports(
  sql: Sql,
  of: { planIds: readonly number[] } | { runId: number },
  reach: Reach,
): Promise<(WalkSummary['reports'][number] & { planId: number; roundId: string })[]> {
  const parameters: unknown[] = ['runId' in of ? of.runId : of.planIds]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const rows = await sql.unsafe<
    (Omit<WalkReport, 'at'> & {
      at: Date
      runId: number
      planId: number
      roundId: string
      person: string
      teamId: string
      teamName: string
    })[]
  >(
    `SELECT e.id, e.at, e.hazard_id AS "hazardId", e.body->'lngLat' AS "lngLat", h.title, h.severity, h.state, r.id AS "runId",
       r.plan_id AS "planId", r.round_id AS "roundId", r.person, r.team_id AS "teamId", r.team_name AS "teamName"
     FROM patrol_entry e JOIN patrol_run r ON r.id = e.run_id
       LEFT JOIN hazard h ON h.id = e.hazard_id AND ${reachClause('hazards', reach, bind, 'h')}
     WHERE e.kind = 'report' AND e.hazard_id IS NOT NULL
       AND ${'runId' in of ? 'r.id = $1' : 'r.plan_id = ANY($1::bigint[])'} ORDER BY e.at, e.id`,
    parameters as never[],
    { prepare: true },
  )
  return rows.map(({ at, teamId, teamName, ...report }) => ({
    ...report,
    at: at.toISOString(),
    team: { id: teamId, name: teamName },
  }))
}

export interface NamedSite {
  id: number
  name: string
  lngLat: LngLat
}

/** Checkpoints in reach by their ids; of those that are gone none. */
export async function readNames(
  sql: Sql,
  ids: readonly number[],
  reach: Reach,
): Promise<Map<number, NamedSite>> {
  const parameters: unknown[] = [ids]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const rows = await sql.unsafe<NamedSite[]>(
    `SELECT c.id, c.name, jsonb_build_array(ST_X(c.geom), ST_Y(c.geom)) AS "lngLat" FROM checkpoint c
     WHERE c.id = ANY($1::bigint[]) AND ${reachClause('checkpoints', reach, bind, 'c')}`,
    parameters as never[],
    { prepare: true },
  )
  return new Map(rows.map((row) => [row.id, row]))
}
