import { stopName } from '../../geodata/patrols/walked-plan.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { stopStates } from '../../geodata/walks/count-walk.ts'
import type { TimedLine } from '../../geodata/walks/draw-matched.ts'
import type { Run, RunStop } from '../../geodata/walks/run.schema.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import { walkPlan } from '../patrols/walk-plan.ts'
import type { Sql } from '../platform/database.ts'
import { isSameId, readHandedOut } from './handed-out.store.ts'
import { readDone } from './mine.store.ts'
import { isRunOver, type ReviewRow, summaryOfRun } from './review.store.ts'
import { instant, readSpans } from './run.store.ts'

/** A walk against its plan, with all that is kept of it. */
export async function describeRun(
  sql: Sql,
  network: Network,
  row: ReviewRow,
  reach: Reach,
  trackDays: number,
  signal: AbortSignal,
): Promise<Run> {
  const now = Date.now()
  const handedOut = await readHandedOut(sql, row.planId, row.planVersion, row.roundId)
  if (!handedOut) throw new Error(`Run ${row.id} is of a round that its plan does not have.`)
  const { plan, round } = handedOut
  const walked = await walkPlan(sql, network, { ...plan, rounds: [round], unserved: [] }, reach, signal)
  const only = walked.rounds[0]!
  const visits = await readVisits(sql, row)
  const done = await readDone(sql, row.id)
  const begun = row.begunAt.getTime()
  const stops = round.stops.map((stop, at): RunStop => {
    const own = visits.filter(({ stopId }) => isSameId(stopId, stop.id))
    return {
      id: stop.id,
      checkpointId: stop.checkpointId,
      name: stopName(walked, only, at),
      lngLat: stop.lngLat,
      plannedAt: only.timed.stops[at]?.startsAt ?? null,
      dwellMinutes: stop.dwellMinutes,
      state: stop.checkpointId === null ? null : stopStates([stop.id], own, isRunOver(row, now))[0]!,
      visits: own.map(({ source, state, startedAt, endedAt }) => ({
        source,
        state,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
      })),
      records: done
        .filter(({ kind, stopId }) => kind === 'record' && isSameId(stopId, stop.id))
        .map(({ at: when, outcome, count, note }) => ({
          at: when.toISOString(),
          outcome,
          count: count ?? 0,
          note: note ?? '',
        })),
    }
  })
  const spans = await readSpans(sql, row)
  return {
    ...summaryOfRun(row, now),
    duty: spans.map(({ from, to }) => ({ from: instant(from), to: to === undefined ? null : instant(to) })),
    stops,
    plannedPath: only.coordinates,
    reports: await readReports(sql, row.id),
    positions: await readPositions(sql, row.id, begun),
    matched: await readMatched(sql, row.id, begun),
    positionsKeptUntil: row.sweptAt ? null : instant(begun + trackDays * 86_400_000),
  }
}

interface VisitRow {
  stopId: string
  source: RunStop['visits'][number]['source']
  state: RunStop['visits'][number]['state']
  startedAt: Date
  endedAt: Date
}

const readVisits = (sql: Sql, { planId, roundId, person }: ReviewRow) => sql<VisitRow[]>`
  SELECT stop_id AS "stopId", source, state, started_at AS "startedAt", ended_at AS "endedAt" FROM patrol_visit
  WHERE plan_id = ${planId} AND round_id = ${roundId} AND person = ${person} AND stop_id IS NOT NULL
  ORDER BY started_at, id`

async function readReports(sql: Sql, runId: number): Promise<Run['reports']> {
  const rows = await sql<{ id: string; at: Date; hazardId: number; lngLat: LngLat }[]>`
    SELECT id, at, hazard_id AS "hazardId", body->'lngLat' AS "lngLat" FROM patrol_entry
    WHERE run_id = ${runId} AND kind = 'report' AND hazard_id IS NOT NULL ORDER BY at, id`
  return rows.map(({ at, ...report }) => ({ ...report, at: at.toISOString() }))
}

async function readPositions(sql: Sql, runId: number, begun: number): Promise<Run['positions']> {
  const rows = await sql<{ lng: number; lat: number; at: Date }[]>`
    SELECT ST_X(geom) AS lng, ST_Y(geom) AS lat, at FROM patrol_position WHERE run_id = ${runId} ORDER BY at`
  return rows.map(({ lng, lat, at }) => [lng, lat, (at.getTime() - begun) / 1000])
}

async function readMatched(sql: Sql, runId: number, begun: number): Promise<Run['matched']> {
  const [row] = await sql<
    { matched: TimedLine[] | null }[]
  >`SELECT matched FROM patrol_run WHERE id = ${runId}`
  return (row?.matched ?? []).map((line) => ({
    from: instant(line[0]![2]),
    to: instant(line.at(-1)![2]),
    coordinates: line.map(([lng, lat, at]): [number, number, number] => [lng, lat, (at - begun) / 1000]),
  }))
}
