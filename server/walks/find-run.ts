import { createHash } from 'node:crypto'
import { SILENCE_SECONDS } from '../../geodata/tracks/find-visits.ts'
import { matchTrackSteps } from '../../geodata/tracks/match-track.ts'
import type { TrackPoint } from '../../geodata/tracks/track.ts'
import type { WalkFigures } from '../../geodata/walks/count-walk.ts'
import { drawMatched, metresOffPlan, type TimedLine } from '../../geodata/walks/draw-matched.ts'
import { dutyTime } from '../../geodata/walks/duty-spans.ts'
import { findOffPlan, type OffPlanVisit, type SiteNearby } from '../../geodata/walks/find-off-plan.ts'
import { findStops, recordedSeconds, type StopVisit } from '../../geodata/walks/find-stops.ts'
import { inSlices } from '../network/in-slices.ts'
import type { Network } from '../network/network.ts'
import { walkPlan } from '../patrols/walk-plan.ts'
import type { Sql } from '../platform/database.ts'
import { readHandedOut } from './handed-out.store.ts'
import { instant, latestOf, RUN_COLUMNS, type RunRow, readSpans } from './run.store.ts'

/**
 * Matches what was recorded on a run to the streets and finds the stops that it was at, unless that was done since the last
 * position came. Of two that find at once, one is kept. What was found stays as it is once positions were deleted.
 */
export async function findRun(sql: Sql, network: Network, runId: number, now = Date.now()): Promise<void> {
  const [run] = await sql.unsafe<RunRow[]>(
    `SELECT ${RUN_COLUMNS} FROM patrol_run r WHERE r.id = $1 AND r.swept_at IS NULL`,
    [runId],
    { prepare: true },
  )
  if (!run) return
  const latest = latestOf(run)
  const isOver = run.endedAt !== null || now > latest
  if (run.found === foundAt(run, isOver)) return
  const handedOut = await readHandedOut(sql, run.planId, run.planVersion, run.roundId)
  if (!handedOut) return
  const [spans, points, { graph }] = [
    await readSpans(sql, run),
    await readPoints(sql, run.id),
    await network.current(),
  ]
  const until = Math.min(now, latest)
  const duty = spans.map(({ from, to = until }) => ({ from, to }))
  const track = await inSlices(matchTrackSteps(graph, points))
  const lines = drawMatched(graph, track)
  const planned = await walkPlan(
    sql,
    network,
    { ...handedOut.plan, rounds: [handedOut.round], unserved: [] },
    'everywhere',
  )
  const figures: WalkFigures = {
    metres: track.metres,
    offPlanMetres: metresOffPlan(lines, planned.rounds[0]!.coordinates),
    dutySeconds: dutyTime(spans, now, latest) / 1000,
    recordedSeconds: recordedSeconds(points, duty, SILENCE_SECONDS),
    plannedStarts: Object.fromEntries(
      handedOut.round.stops.flatMap(({ id, checkpointId }, at) => {
        const start = planned.rounds[0]!.timed.stops[at]?.startsAt
        return checkpointId === null || start === undefined ? [] : [[id, Date.parse(start)]]
      }),
    ),
  }
  const stops = handedOut.round.stops.flatMap(({ checkpointId, ...stop }) =>
    checkpointId === null ? [] : [{ ...stop, checkpointId }],
  )
  const nearby = await readNearby(
    sql,
    run.id,
    stops.map(({ checkpointId }) => checkpointId),
  )
  const visits = [...findStops(points, stops, duty, isOver), ...findOffPlan(points, nearby, duty)]
  await keepFound(sql, run, isOver, figures, lines, visits)
}

/** Degrees around positions within which a site can have been visited: 30 m, and what someone goes between two positions. */
const NEARBY_DEGREES = 0.001

/** Sites near the track of a run but for some. */
const readNearby = (sql: Sql, runId: number, without: number[]) => sql<SiteNearby[]>`
  SELECT c.id AS "checkpointId", jsonb_build_array(ST_X(c.geom), ST_Y(c.geom)) AS "lngLat",
    coalesce(c.service_minutes, n.service_minutes, 5) AS "dwellMinutes"
  FROM checkpoint c LEFT JOIN visit_norm n ON n.site_type = c.site_type AND n.risk = c.risk
  WHERE c.geom && (SELECT ST_SetSRID(ST_Expand(ST_Extent(q.geom)::geometry, ${NEARBY_DEGREES}::float8), 4326)
      FROM patrol_position q WHERE q.run_id = ${runId})
    AND c.id <> ALL(${without}::bigint[])
    AND EXISTS (SELECT FROM patrol_position q WHERE q.run_id = ${runId}
      AND ST_DWithin(q.geom, c.geom, ${NEARBY_DEGREES}::float8))
  ORDER BY c.id`

async function readPoints(sql: Sql, runId: number): Promise<TrackPoint[]> {
  const rows = await sql<{ at: Date; lng: number; lat: number; accuracy: number | null }[]>`
    SELECT at, ST_X(geom) AS lng, ST_Y(geom) AS lat, accuracy_metres AS accuracy FROM patrol_position
    WHERE run_id = ${runId} ORDER BY at`
  return rows.map(({ at, lng, lat, accuracy }) => ({
    at: at.getTime(),
    lngLat: [lng, lat],
    accuracyMetres: accuracy ?? undefined,
  }))
}

/** What was found of a revision while the walk went on is found anew when it is over: silence is told only then. */
const foundAt = ({ revision }: RunRow, isOver: boolean): number => revision * 2 + (isOver ? 1 : 0)

async function keepFound(
  sql: Sql,
  run: RunRow,
  isOver: boolean,
  figures: WalkFigures,
  matched: TimedLine[],
  visits: readonly (StopVisit | OffPlanVisit)[],
): Promise<void> {
  await sql.begin(async (tx) => {
    const kept = await tx`
      UPDATE patrol_run SET found = ${foundAt(run, isOver)}, figures = ${JSON.stringify(figures)}::text::jsonb,
        matched = ${JSON.stringify(matched)}::text::jsonb
      WHERE id = ${run.id} AND revision = ${run.revision} AND swept_at IS NULL RETURNING id`
    if (kept.length === 0) return
    await tx`
      DELETE FROM patrol_visit WHERE plan_id = ${run.planId} AND round_id = ${run.roundId} AND person = ${run.person}
        AND source = 'track'`
    const rows = visits.map((visit) => {
      const { checkpointId, from, to } = visit
      const stop = 'stopId' in visit ? visit : undefined
      return {
        id: uuidOf(`${run.id} ${stop ? stop.stopId : `${checkpointId} ${from}`}`),
        checkpoint_id: checkpointId,
        stop_id: stop?.stopId ?? null,
        started_at: instant(from),
        ended_at: instant(to),
        state: stop?.state ?? 'visited',
      }
    })
    await tx`
      INSERT INTO patrol_visit (id, checkpoint_id, plan_id, round_id, stop_id, started_at, ended_at, source, state, person)
      SELECT v.id, v.checkpoint_id, ${run.planId}::bigint, ${run.roundId}::uuid, v.stop_id, v.started_at, v.ended_at, 'track',
        v.state, ${run.person}::text
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS v (id uuid, checkpoint_id bigint, stop_id uuid,
        started_at timestamptz, ended_at timestamptz, state text)`
  })
}

/** A UUID (version 8 in form) that follows from a text: what is found again has the id that it had. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(`gridward visit ${text}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Runs whose time is over and which nobody looked at since: at most so many. */
export async function runsToFind(sql: Sql, limit = 100): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM patrol_run WHERE found <> revision * 2 + 1 AND swept_at IS NULL
      AND (ended_at IS NOT NULL OR ends_at < now() - interval '2 hours') ORDER BY id LIMIT ${limit}`
  return rows.map(({ id }) => id)
}
