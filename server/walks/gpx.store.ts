import { randomUUID } from 'node:crypto'
import { Problem } from '../../geodata/shared/problem.ts'
import type { GpxTrack } from '../../geodata/tracks/read-gpx.ts'
import { DUTY_MARGIN_MINUTES, MAX_AGE_DAYS, MAX_AHEAD_SECONDS } from '../../geodata/walks/walk.schema.ts'
import { recordPatrolEvents } from '../live/patrol-events.store.ts'
import type { Sql } from '../platform/database.ts'
import { eventsOfWalks } from './events-of-walks.ts'
import { findHandedOut } from './handed-out.store.ts'
import { addPositions, instant, openRun, readRun, settleDuty } from './run.store.ts'
import { lockWalker, noSuchRound } from './sync.store.ts'
import type { Walker } from './take-entry.ts'

/** Positions closer together in time tell nothing more. */
const LEAST_GAP_MS = 1000

export interface AddedTrack {
  runId: number
  /** New ones; of a file that is sent again none. */
  positions: number
  leftOut: number
}

/**
 * Adds a track that another device recorded as a time on duty of the round: whoever sends it says that they walked it then.
 * Only positions within the round’s own hours and their margin are kept. Throws not-found for a round of others,
 * invalid-body when no position is of its time.
 */
export async function addGpx(
  sql: Sql,
  walker: Walker,
  { planId, roundId }: { planId: number; roundId: string },
  { points, skipped }: GpxTrack,
  now = Date.now(),
): Promise<AddedTrack> {
  return (await sql.begin(async (tx) => {
    const person = walker.actor.name
    await lockWalker(tx, person)
    const handedOut = await findHandedOut(tx, planId, roundId, person)
    if (!handedOut) throw noSuchRound()
    const margin = DUTY_MARGIN_MINUTES * 60_000
    const from = Math.max(handedOut.from - margin, now - MAX_AGE_DAYS * 86_400_000)
    const to = Math.min(handedOut.to + margin, now + MAX_AHEAD_SECONDS * 1000)
    const timely = points.filter(({ at }) => at >= from && at <= to).toSorted((a, b) => a.at - b.at)
    const [first, last] = [timely[0], timely.at(-1)]
    if (!first || !last || first.at === last.at)
      throw new Problem(
        'invalid-body',
        `The track is from ${instant(earliest(points))} to ${instant(latest(points))}; of the round, from ${instant(from)} to ${instant(to)}, it has fewer than two moments. Give the track of this round.`,
      )
    const runId = await openRun(tx, handedOut, person, first.at)
    const spans = (await readRun(tx, handedOut, person))?.spans ?? []
    if (!spans.some((span) => span.from <= first.at && span.to !== undefined && span.to >= last.at)) {
      for (const [kind, at] of [
        ['begin', first.at],
        ['end', last.at],
      ] as const)
        await tx`
          INSERT INTO patrol_entry (id, run_id, person, device, kind, at)
          VALUES (${randomUUID()}, ${runId}, ${person}, 'gpx', ${kind}, ${instant(at)}::text::timestamptz)`
      await settleDuty(tx, runId)
    }
    let before = Number.NEGATIVE_INFINITY
    const kept = timely.filter(({ at }) => {
      if (at - before < LEAST_GAP_MS) return false
      before = at
      return true
    })
    const positions = await addPositions(
      tx,
      runId,
      kept.map(({ at, lngLat: [lng, lat], accuracyMetres }) => ({
        at,
        lng,
        lat,
        accuracyMetres: accuracyMetres ?? null,
      })),
    )
    const told = [{ planId, runId, change: 'ended' as const }]
    await recordPatrolEvents(tx, walker.actor, await eventsOfWalks(tx, told))
    const leftOut = points.length - timely.length + skipped.withoutTime + skipped.withoutPosition
    return { runId, positions, leftOut }
  })) as AddedTrack
}

const earliest = (points: GpxTrack['points']) =>
  points.reduce((least, { at }) => Math.min(least, at), Infinity)
const latest = (points: GpxTrack['points']) => points.reduce((most, { at }) => Math.max(most, at), -Infinity)
