import { type DutySpan, dutySpans } from '../../geodata/walks/duty-spans.ts'
import { DUTY_MARGIN_MINUTES } from '../../geodata/walks/walk.schema.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import type { HandedOut } from './handed-out.store.ts'

/** One person’s walk of one round. */
export interface RunRow {
  id: number
  planId: number
  planVersion: number
  roundId: string
  person: string
  startsAt: Date
  endsAt: Date
  begunAt: Date
  endedAt: Date | null
  revision: number
  found: number
  sweptAt: Date | null
}

export const RUN_COLUMNS = `r.id, r.plan_id AS "planId", r.plan_version AS "planVersion", r.round_id AS "roundId", r.person,
  r.starts_at AS "startsAt", r.ends_at AS "endsAt", r.begun_at AS "begunAt", r.ended_at AS "endedAt", r.revision, r.found,
  r.swept_at AS "sweptAt"`

/** A run with its times on duty. */
export interface RunOnDuty {
  run: RunRow
  spans: DutySpan[]
}

/** Nobody is on duty on a round later than this, milliseconds. */
export const latestOf = ({ endsAt }: Pick<RunRow, 'endsAt'>): number =>
  endsAt.getTime() + DUTY_MARGIN_MINUTES * 60_000

export async function readRun(
  sql: Sql | TransactionSql,
  { plan, round }: HandedOut,
  person: string,
): Promise<RunOnDuty | undefined> {
  const [run] = await sql.unsafe<RunRow[]>(
    `SELECT ${RUN_COLUMNS} FROM patrol_run r WHERE r.plan_id = $1 AND r.round_id = $2 AND r.person = $3`,
    [plan.id, round.id, person],
    { prepare: true },
  )
  return run && { run, spans: await readSpans(sql, run) }
}

export async function readSpans(sql: Sql | TransactionSql, run: RunRow): Promise<DutySpan[]> {
  const marks = await sql<{ kind: 'begin' | 'end'; at: Date }[]>`
    SELECT kind, at FROM patrol_entry WHERE run_id = ${run.id} AND kind IN ('begin', 'end')`
  return dutySpans(
    marks.map(({ kind, at }) => ({ kind, at: at.getTime() })),
    latestOf(run),
  )
}

/** Finds the run of a round, or makes it. Duty begins later by an entry. */
export async function openRun(
  tx: TransactionSql,
  { plan, round, team, from, to }: HandedOut,
  person: string,
  at: number,
): Promise<number> {
  const [row] = await tx<[{ id: number }]>`
    INSERT INTO patrol_run (plan_id, plan_version, round_id, team_id, team_name, person, starts_at, ends_at, begun_at)
    VALUES (${plan.id}, ${plan.publishedVersion ?? plan.version}, ${round.id}, ${team.id}, ${team.name}, ${person},
      ${instant(from)}::text::timestamptz, ${instant(to)}::text::timestamptz, ${instant(at)}::text::timestamptz)
    ON CONFLICT (plan_id, round_id, person) DO UPDATE SET begun_at = least(patrol_run.begun_at, excluded.begun_at)
    RETURNING id`
  return row.id
}

/** After a mark of duty: when it began and ended follows from all of them. */
export async function settleDuty(tx: TransactionSql, runId: number): Promise<void> {
  const [run] = await tx.unsafe<[RunRow]>(
    `SELECT ${RUN_COLUMNS} FROM patrol_run r WHERE r.id = $1`,
    [runId],
    {
      prepare: true,
    },
  )
  const spans = await readSpans(tx, run)
  const [first, last] = [spans[0], spans.at(-1)]
  if (!first || !last) return
  await tx`
    UPDATE patrol_run SET begun_at = ${instant(first.from)}::text::timestamptz, revision = revision + 1,
      ended_at = ${last.to === undefined ? null : instant(last.to)}::text::timestamptz WHERE id = ${runId}`
}

export interface StoredPoint {
  at: number
  lng: number
  lat: number
  accuracyMetres: number | null
}

const AT_ONCE = 5000

/** Adds positions; of one moment the first stays. Tells how many are new. */
export async function addPositions(
  tx: TransactionSql,
  runId: number,
  points: readonly StoredPoint[],
): Promise<number> {
  let added = 0
  for (let first = 0; first < points.length; first += AT_ONCE) {
    const page = points.slice(first, first + AT_ONCE)
    const result = await tx`
      INSERT INTO patrol_position (run_id, at, accuracy_metres, geom)
      SELECT ${runId}, p.at, p.accuracy, ST_SetSRID(ST_MakePoint(p.lng, p.lat), 4326)
      FROM jsonb_to_recordset(${JSON.stringify(
        page.map(({ at, lng, lat, accuracyMetres }) => ({
          at: instant(at),
          lng,
          lat,
          accuracy: accuracyMetres,
        })),
      )}::text::jsonb) AS p (at timestamptz, lng float8, lat float8, accuracy real)
      ON CONFLICT (run_id, at) DO NOTHING`
    added += result.count
  }
  if (added > 0) await tx`UPDATE patrol_run SET revision = revision + 1 WHERE id = ${runId}`
  return added
}

export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()
