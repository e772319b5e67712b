import {
  countOnTime,
  countWalk,
  stopStates,
  type VisitOfStop,
  type WalkFigures,
} from '../../geodata/walks/count-walk.ts'
import type { TimedLine } from '../../geodata/walks/draw-matched.ts'
import type { RunSummary, Tracks } from '../../geodata/walks/run.schema.ts'
import type { Reach } from '../access/reach.ts'
import type { BindIds } from '../access/scope.sql.ts'
import { planReachClause } from '../patrols/plan.sql.ts'
import type { Sql } from '../platform/database.ts'
import { WHOSE_COLUMNS, type WhoseRow, whoseWalk } from './passed.store.ts'
import { instant, latestOf, RUN_COLUMNS, type RunRow } from './run.store.ts'

export interface RunFilter {
  /** Instants: rounds whose hours meet the period. */
  from?: string | undefined
  to?: string | undefined
  /** Id of a team in its plan. */
  team?: string | undefined
  plan?: number | undefined
}

/** A run with what its counts are made of. */
export interface ReviewRow extends RunRow {
  planName: string
  teamId: string
  teamName: string
  figures: WalkFigures | null
  /** Ids of the stops that are visits. */
  stops: string[]
  visits: VisitOfStop[]
  isRoundGone: boolean
}

/** When a visit i began, milliseconds. */
export const VISIT_AT = '(extract(epoch FROM i.started_at) * 1000)::float8'

const REVIEW = `${RUN_COLUMNS}, v.plan->>'name' AS "planName", r.team_id AS "teamId", r.team_name AS "teamName", r.figures,
  ARRAY(SELECT s->>'id' FROM jsonb_array_elements(v.plan->'rounds') o, jsonb_array_elements(o->'stops') s
    WHERE (o->>'id')::uuid = r.round_id AND s->>'checkpointId' IS NOT NULL) AS stops,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('stopId', i.stop_id, 'state', i.state, 'at', ${VISIT_AT})), '[]') FROM patrol_visit i
    WHERE i.plan_id = r.plan_id AND i.round_id = r.round_id AND i.person = r.person AND i.stop_id IS NOT NULL) AS visits,
  NOT EXISTS (SELECT FROM patrol_plan_version l, jsonb_array_elements(l.plan->'rounds') o
    WHERE l.plan_id = p.id AND l.version = p.published_version AND (o->>'id')::uuid = r.round_id) AS "isRoundGone"`
const RUNS = `patrol_run r JOIN patrol_plan p ON p.id = r.plan_id
  JOIN patrol_plan_version v ON v.plan_id = r.plan_id AND v.version = r.plan_version`

/** Runs of plans in reach, the latest first. */
export async function listRuns(
  sql: Sql,
  filter: RunFilter,
  reach: Reach,
  { limit, offset }: { limit: number; offset: number },
): Promise<ReviewRow[]> {
  const parameters: unknown[] = [limit, offset]
  const where = runClauses(filter, reach, parameters)
  return sql.unsafe<ReviewRow[]>(
    `SELECT ${REVIEW} FROM ${RUNS} WHERE ${where} ORDER BY r.starts_at DESC, r.id DESC LIMIT $1 OFFSET $2`,
    parameters as never[],
    { prepare: true },
  )
}

/** What narrows RUNS; values are added to `parameters`. */
function runClauses({ from, to, team, plan }: RunFilter, reach: Reach, parameters: unknown[]): string {
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const clauses = [planReachClause(reach, bind)]
  if (from !== undefined) clauses.push(`r.ends_at > ${bind(from)}::timestamptz`)
  if (to !== undefined) clauses.push(`r.starts_at < ${bind(to)}::timestamptz`)
  if (team !== undefined) clauses.push(`r.team_id = ${bind(team)}`)
  if (plan !== undefined) clauses.push(`r.plan_id = ${bind(plan)}`)
  return clauses.join(' AND ')
}

/** The streets walked on runs of plans in reach, the latest first; `most` of them. */
export async function listTracks(sql: Sql, filter: RunFilter, reach: Reach, most: number): Promise<Tracks> {
  const parameters: unknown[] = [most + 1]
  const where = runClauses(filter, reach, parameters)
  const rows = await sql.unsafe<(WhoseRow & { begunAt: Date; matched: TimedLine[] })[]>(
    `SELECT ${WHOSE_COLUMNS}, r.begun_at AS "begunAt", coalesce(r.matched, '[]') AS matched
     FROM ${RUNS} WHERE ${where} ORDER BY r.starts_at DESC, r.id DESC LIMIT $1`,
    parameters as never[],
    { prepare: true },
  )
  return {
    walks: rows.slice(0, most).map((row) => ({
      ...whoseWalk(row),
      begunAt: instant(row.begunAt.getTime()),
      lines: sinceBegun(row.matched, row.begunAt.getTime()),
    })),
    isCut: rows.length > most,
  }
}

/** Times as seconds since a walk began. */
export const sinceBegun = (lines: readonly TimedLine[], begun: number): TimedLine[] =>
  lines.map((line) => line.map(([lng, lat, at]): TimedLine[number] => [lng, lat, (at - begun) / 1000]))

/** undefined also for a run of a plan out of reach. */
export async function readReviewRow(sql: Sql, id: number, reach: Reach): Promise<ReviewRow | undefined> {
  const parameters: (number | string | number[])[] = [id]
  const bind: BindIds = (ids) => `$${parameters.push(ids)}`
  const [row] = await sql.unsafe<ReviewRow[]>(
    `SELECT ${REVIEW} FROM ${RUNS} WHERE r.id = $1 AND ${planReachClause(reach, bind)}`,
    parameters,
    { prepare: true },
  )
  return row
}

export const isRunOver = (run: RunRow, now: number): boolean => run.endedAt !== null || now > latestOf(run)

export function summaryOfRun(row: ReviewRow, now: number): RunSummary {
  const states = stopStates(row.stops, row.visits, isRunOver(row, now))
  const figures = row.figures ? [row.figures] : []
  return {
    id: row.id,
    plan: { id: row.planId, version: row.planVersion, name: row.planName },
    roundId: row.roundId,
    team: { id: row.teamId, name: row.teamName },
    person: row.person,
    from: instant(row.startsAt.getTime()),
    to: instant(row.endsAt.getTime()),
    begunAt: instant(row.begunAt.getTime()),
    endedAt: row.endedAt && instant(row.endedAt.getTime()),
    isRoundGone: row.isRoundGone,
    counts: countWalk(states, figures, countOnTime(row.visits, figures)),
  }
}
