import type { AskedWalk } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { Span } from '../../../geodata/coverage/visit-metrics.ts'
import { Problem } from '../../../geodata/shared/problem.ts'
import { SILENCE_SECONDS } from '../../../geodata/tracks/find-visits.ts'
import type { WalkFigures } from '../../../geodata/walks/count-walk.ts'
import type { TimedLine } from '../../../geodata/walks/draw-matched.ts'
import type { Sql } from '../../platform/database.ts'
import { findRun } from '../../walks/find-run.ts'
import { readHandedOut } from '../../walks/handed-out.store.ts'
import { isRunOver, listRuns, type ReviewRow } from '../../walks/review.store.ts'
import { instant, latestOf, readSpans } from '../../walks/run.store.ts'
import type { AnalysisContext } from '../analysis-kind.ts'
import { isAskedTeam } from './visits-then.store.ts'

const MOST_WALKS = 3000

export interface WalksThen {
  walks: AskedWalk[]
  /** Of those that were under way in the period: how many, and how many of these have no positions any more. */
  count: number
  gone: number
  dutyMinutes: number
  recordedMinutes: number
  offPlanMetres: number
}

/**
 * Walks of plans in reach in a period, and so long before it as `before` says (milliseconds): whoever was at a hazard then was
 * there. What walks came to is found first. Throws too-large.
 */
export async function readWalksThen(
  { sql, network, wholeReach, signal, progress }: AnalysisContext,
  span: Span,
  before: number,
  teams: readonly string[],
): Promise<WalksThen> {
  const now = Date.now()
  const filter = { from: instant(span.from - before), to: instant(span.to) }
  const page = { limit: MOST_WALKS + 1, offset: 0 }
  const rows = (await listRuns(sql, filter, wholeReach, page)).filter(({ teamName }) =>
    isAskedTeam(teams, teamName),
  )
  if (rows.length > MOST_WALKS)
    throw new Problem(
      'too-large',
      `More than ${MOST_WALKS} walks are of this time. Ask for fewer days, or for some teams.`,
    )
  const found: WalksThen = {
    walks: [],
    count: 0,
    gone: 0,
    dutyMinutes: 0,
    recordedMinutes: 0,
    offPlanMetres: 0,
  }
  for (const [place, row] of rows.entries()) {
    signal.throwIfAborted()
    progress((0.3 * place) / rows.length, 'walks')
    if (row.sweptAt === null && row.found < row.revision * 2 + (isRunOver(row, now) ? 1 : 0))
      await findRun(sql, network, row.id, now)
    await addWalk(sql, row, span, now, found)
  }
  return found
}

async function addWalk(sql: Sql, row: ReviewRow, span: Span, now: number, found: WalksThen): Promise<void> {
  const until = Math.min(now, latestOf(row))
  const duty = (await readSpans(sql, row)).map(({ from, to = until }): [number, number] => [from, to])
  const [kept] = await sql<[{ matched: TimedLine[] | null; figures: WalkFigures | null }]>`
    SELECT matched, figures FROM patrol_run WHERE id = ${row.id}`
  const positions = await readPositions(sql, row.id)
  const isGone = row.sweptAt !== null
  const onDuty = clip(duty, span)
  found.walks.push({
    team: row.teamName,
    lines: kept.matched ?? [],
    positions,
    duty,
    stops: positions.length > 0 ? [] : await readStops(sql, row),
  })
  if (onDuty === 0) return
  const all = duty.reduce((sum, [from, to]) => sum + to - from, 0)
  found.count++
  if (isGone) found.gone++
  found.dutyMinutes += onDuty / 60_000
  found.recordedMinutes += isGone
    ? ((kept.figures?.recordedSeconds ?? 0) / 60) * (onDuty / all)
    : recordedTime(positions, duty, span) / 60_000
  found.offPlanMetres += kept.figures?.offPlanMetres ?? 0
}

const clip = (spans: readonly [number, number][], { from, to }: Span): number =>
  spans.reduce((sum, [begins, ends]) => sum + Math.max(0, Math.min(ends, to) - Math.max(begins, from)), 0)

/** Milliseconds on duty within a time between positions that follow each other closely. */
function recordedTime(positions: Float64Array, duty: readonly [number, number][], span: Span): number {
  const close: [number, number][] = []
  for (let at = 4; at < positions.length; at += 4) {
    const [before, now] = [positions[at - 4]!, positions[at]!]
    if (now - before <= SILENCE_SECONDS * 1000) close.push([before, now])
  }
  return duty.reduce(
    (sum, [from, to]) => sum + clip(close, { from: Math.max(from, span.from), to: Math.min(to, span.to) }),
    0,
  )
}

async function readPositions(sql: Sql, runId: number): Promise<Float64Array> {
  const rows = await sql<{ at: Date; lng: number; lat: number; accuracy: number | null }[]>`
    SELECT at, ST_X(geom) AS lng, ST_Y(geom) AS lat, accuracy_metres AS accuracy FROM patrol_position
    WHERE run_id = ${runId} ORDER BY at`
  const positions = new Float64Array(rows.length * 4)
  for (const [place, { at, lng, lat, accuracy }] of rows.entries())
    positions.set([at.getTime(), lng, lat, accuracy ?? Number.NaN], place * 4)
  return positions
}

async function readStops(sql: Sql, row: ReviewRow): Promise<AskedWalk['stops']> {
  const handedOut = await readHandedOut(sql, row.planId, row.planVersion, row.roundId)
  return handedOut?.round.stops.map(({ lngLat }) => lngLat) ?? []
}
