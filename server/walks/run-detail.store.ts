import { stopName } from '../../geodata/patrols/walked-plan.ts'
import { stopStates } from '../../geodata/walks/count-walk.ts'
import type { TimedLine } from '../../geodata/walks/draw-matched.ts'
import type { Run, RunStop } from '../../geodata/walks/run.schema.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import { walkPlan } from '../patrols/walk-plan.ts'
import type { Sql } from '../platform/database.ts'
import { isSameId, readHandedOut } from './handed-out.store.ts'
import { readDone } from './mine.store.ts'
import { readNames, readReports } from './reports.store.ts'
import { isRunOver, type ReviewRow, sinceBegun, summaryOfRun } from './review.store.ts'
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
    reports: (await readReports(sql, { runId: row.id }, reach)).map(
      ({ id, at, hazardId, lngLat, title, severity, state }) => ({
        id,
        at,
        hazardId,
        lngLat,
        title,
        severity,
        state,
      }),
    ),
    offPlan: await readOffPlan(sql, row, reach),
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

/** What was found of the track away from the round, of sites in reach. */
async function readOffPlan(sql: Sql, row: ReviewRow, reach: Reach): Promise<Run['offPlan']> {
  const { planId, roundId, person } = row
  const visits = await sql<{ checkpointId: number; startedAt: Date; endedAt: Date }[]>`
    SELECT checkpoint_id AS "checkpointId", started_at AS "startedAt", ended_at AS "endedAt" FROM patrol_visit
    WHERE plan_id = ${planId} AND round_id = ${roundId} AND person = ${person} AND stop_id IS NULL
    ORDER BY started_at, id`
  const ids = visits.map(({ checkpointId }) => checkpointId)
  const sites = await readNames(sql, ids, reach)
  return visits.flatMap(({ checkpointId, startedAt, endedAt }) => {
    const site = sites.get(checkpointId)
    if (!site) return []
    const { name, lngLat } = site
    return {
      checkpointId,
      name,
      lngLat,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
    }
  })
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
  const lines = row?.matched ?? []
  const since = sinceBegun(lines, begun)
  return lines.map((line, at) => ({
    from: instant(line[0]![2]),
    to: instant(line.at(-1)![2]),
    coordinates: since[at]!,
  }))
}
