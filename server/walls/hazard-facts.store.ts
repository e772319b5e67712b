import { DUE_SOON_MINUTES, ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import type { HazardFacts } from '../../geodata/walls/alarm-facts.ts'
import { dayStartOf, type HazardCounts } from '../../geodata/walls/wall-figures.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'

/** Cells by their ids, the community first. */
export interface InCells {
  communityId: number | null
  gridId: number | null
  microGridId: number | null
}
export type PlacedHazard = HazardFacts & InCells

/** By their index: those that ended are ever more. */
const OPEN_STATES = HAZARD_STATES.filter((state) => !ENDED_STATES.includes(state))

const millis = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

/** Every open hazard in reach. A suspended one has no deadline that runs. */
export async function readHazardFacts(sql: Sql, reach: Reach): Promise<PlacedHazard[]> {
  const parameters: (string | string[] | number[])[] = [OPEN_STATES]
  const rows = await sql.unsafe<(Omit<PlacedHazard, 'lngLat'> & { lng: number; lat: number })[]>(
    `SELECT h.id, h.title, h.severity, h.state, ${millis('h.reported_at')} AS "reportedAt",
       ${millis('coalesce(c.state_since, h.reported_at)')} AS "stateSince",
       CASE WHEN c.suspended_until IS NULL THEN ${millis('h.due_at')} END AS "dueAt",
       d.name AS owner, coalesce(c.escalation, 0) AS escalation, ST_X(h.geom) AS lng, ST_Y(h.geom) AS lat,
       g.code AS "gridCode", g.name AS "gridName",
       h.community_id AS "communityId", h.grid_id AS "gridId", h.micro_grid_id AS "microGridId"
     FROM hazard h LEFT JOIN hazard_case c ON c.hazard_id = h.id LEFT JOIN department d ON d.id = c.department_id
       LEFT JOIN grid g ON g.id = h.grid_id
     WHERE h.state = ANY($1::text[])
       AND ${reachClause('hazards', reach, (ids) => `$${parameters.push(ids)}`, 'h')}`,
    parameters,
    { prepare: true },
  )
  return rows.map(({ lng, lat, ...row }) => ({ ...row, lngLat: [lng, lat] }))
}

/** Hazards in reach that were reported, and those that were closed, since midnight in China until a moment. */
export async function readTodaysCounts(
  sql: Sql,
  reach: Reach,
  atMs: number,
): Promise<Pick<HazardCounts, 'newToday' | 'closedToday'>> {
  const parameters: (string | number[])[] = [
    new Date(dayStartOf(atMs)).toISOString(),
    new Date(atMs).toISOString(),
  ]
  const reached = reachClause('hazards', reach, (ids) => `$${parameters.push(ids)}`, 'h')
  const [row] = await sql.unsafe<[{ newToday: number; closedToday: number }]>(
    `SELECT
       (SELECT count(*) FROM hazard h WHERE h.reported_at BETWEEN $1::timestamptz AND $2::timestamptz AND ${reached}) AS "newToday",
       (SELECT count(DISTINCT h.id) FROM case_entry e JOIN hazard h ON h.id = e.hazard_id
        WHERE e.kind = 'transition' AND e.to_state = 'closed' AND e.at BETWEEN $1::timestamptz AND $2::timestamptz
          AND ${reached}) AS "closedToday"`,
    parameters,
    { prepare: true },
  )
  return row
}

/**
 * Open hazards at a moment that has passed, from their histories; of hazards that are still there and now in reach.
 * undefined: some stood then, of which nothing is recorded, because they were brought in later.
 */
export async function readPastCounts(
  sql: Sql,
  reach: Reach,
  atMs: number,
): Promise<HazardCounts | undefined> {
  const parameters: (string | number | string[] | number[])[] = [
    new Date(atMs).toISOString(),
    OPEN_STATES,
    DUE_SOON_MINUTES,
  ]
  const reached = reachClause('hazards', reach, (ids) => `$${parameters.push(ids)}`, 'h')
  const [row] = await sql.unsafe<
    [Omit<HazardCounts, 'newToday' | 'closedToday'> & { isRecorded: boolean; isMissing: boolean }]
  >(
    `SELECT EXISTS (SELECT FROM case_entry e WHERE e.at <= $1::timestamptz) AS "isRecorded",
       EXISTS (SELECT FROM hazard h JOIN case_entry e ON e.hazard_id = h.id AND e.seq = 1 AND e.kind = 'imported'
         WHERE e.at > $1::timestamptz AND h.reported_at <= $1::timestamptz AND ${reached}) AS "isMissing", past.*
     FROM (
       SELECT count(*) AS open, count(*) FILTER (WHERE e.due_at < $1::timestamptz) AS overdue,
         count(*) FILTER (WHERE e.due_at >= $1::timestamptz
           AND e.due_at <= $1::timestamptz + make_interval(mins => $3)) AS "dueSoon",
         count(*) FILTER (WHERE e.department_id IS NULL) AS unassigned
       FROM hazard h CROSS JOIN LATERAL (
         SELECT e.to_state, e.due_at, e.department_id FROM case_entry e
         WHERE e.hazard_id = h.id AND e.at <= $1::timestamptz ORDER BY e.seq DESC LIMIT 1) e
       WHERE e.to_state = ANY($2::text[]) AND ${reached}
         -- Whatever stood then stands now or ended since.
         AND h.id IN (SELECT id FROM hazard WHERE state = ANY($2::text[])
           UNION SELECT hazard_id FROM hazard_case WHERE last_at > $1::timestamptz)) past`,
    parameters,
    { prepare: true },
  )
  const { isRecorded, isMissing, ...counts } = row
  if (!isRecorded || isMissing) return undefined
  return { ...counts, ...(await readTodaysCounts(sql, reach, atMs)) }
}
