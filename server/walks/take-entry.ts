import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { segmentMetres } from '../../geodata/network/segment-metres.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { isOnDuty } from '../../geodata/walks/duty-spans.ts'
import {
  CHECK_IN_METRES,
  CHECK_IN_WORST_ACCURACY_METRES,
  DUTY_MARGIN_MINUTES,
  MAX_AGE_DAYS,
  MAX_AHEAD_SECONDS,
  type SyncedEntry,
  type WalkEntry,
} from '../../geodata/walks/walk.schema.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { beginAs } from '../cases/begin-cases.store.ts'
import { applyChanges } from '../editing/apply-changes.store.ts'
import type { NewEvent } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { type HandedOut, isSameId } from './handed-out.store.ts'
import { addPositions, instant, latestOf, openRun, type RunOnDuty, readRun, settleDuty } from './run.store.ts'

export interface Walker {
  actor: Actor
  reach: Reach
}

type Of<K extends WalkEntry['kind']> = Extract<WalkEntry, { kind: K }>

/** What is known while entries of one request are taken. */
export interface Taking {
  walker: Walker
  device: string
  handedOut: HandedOut
  now: number
}

export interface Taken {
  runId: number
  /** Of the map: to be recorded last in the transaction. */
  events: NewEvent[]
  answer: Omit<SyncedEntry, 'id' | 'state' | 'problem'>
}

/** Reports this near to a stop are taken wherever the person’s area ends: the round leads there. */
const NEAR_ROUND_METRES = 1000

/**
 * Stores one entry that was not there before, within a savepoint of its own. Throws invalid-body for moments and stops that
 * cannot be, wrong-state for what is not on duty, outside-area for a report far from the round and outside the area.
 */
export async function takeEntry(tx: TransactionSql, entry: WalkEntry, taking: Taking): Promise<Taken> {
  const at = Date.parse(entry.at)
  refuseImpossibleTime(at, taking.now)
  if (entry.kind === 'begin') return begin(tx, entry, at, taking)
  const found = await readRun(tx, taking.handedOut, taking.walker.actor.name)
  if (!found || at < found.run.begunAt.getTime())
    throw new Problem(
      'wrong-state',
      'Duty on this round had not begun at that time. Send its beginning first, then this again.',
    )
  switch (entry.kind) {
    case 'end':
      return end(tx, entry, taking, found)
    case 'position':
      return positions(tx, entry, taking, found)
    case 'check-in':
      return checkIn(tx, entry, at, taking, found)
    case 'record':
      return record(tx, entry, taking, found)
    case 'report':
      return report(tx, entry, at, taking, found)
  }
}

async function begin(tx: TransactionSql, entry: Of<'begin'>, at: number, taking: Taking): Promise<Taken> {
  const { from, to } = taking.handedOut
  const margin = DUTY_MARGIN_MINUTES * 60_000
  if (at < from - margin || at >= to + margin)
    throw new Problem(
      'wrong-state',
      `The round is from ${instant(from)} to ${instant(to)}; duty on it begins no more than ${DUTY_MARGIN_MINUTES / 60} hours before or after.`,
    )
  const runId = await openRun(tx, taking.handedOut, taking.walker.actor.name, at)
  await keep(tx, entry, runId, taking)
  await settleDuty(tx, runId)
  return { runId, events: [], answer: {} }
}

async function end(tx: TransactionSql, entry: Of<'end'>, taking: Taking, { run }: RunOnDuty): Promise<Taken> {
  await keep(tx, entry, run.id, taking)
  await settleDuty(tx, run.id)
  return { runId: run.id, events: [], answer: {} }
}

async function positions(
  tx: TransactionSql,
  entry: Of<'position'>,
  taking: Taking,
  { run, spans }: RunOnDuty,
): Promise<Taken> {
  const points = entry.points
    .map(({ at, lngLat: [lng, lat], accuracyMetres }) => ({ at: Date.parse(at), lng, lat, accuracyMetres }))
    .filter(({ at }) => isPossible(at, taking.now) && isOnDuty(spans, at, latestOf(run)))
  if (points.length === 0) throw offDuty()
  await keep(tx, entry, run.id, taking)
  await addPositions(tx, run.id, points)
  const leftOut = entry.points.length - points.length
  return { runId: run.id, events: [], answer: leftOut > 0 ? { leftOut } : {} }
}

async function checkIn(
  tx: TransactionSql,
  entry: Of<'check-in'>,
  at: number,
  taking: Taking,
  { run, spans }: RunOnDuty,
): Promise<Taken> {
  const stop = stopOf(taking.handedOut, entry.stopId)
  if (!isOnDuty(spans, at, latestOf(run))) throw offDuty()
  const { lngLat, accuracyMetres, dwellSeconds } = entry
  const distanceMetres = lngLat && Math.round(segmentMetres(...lngLat, ...stop.lngLat))
  const isThere =
    distanceMetres !== null &&
    distanceMetres <= CHECK_IN_METRES &&
    (accuracyMetres ?? 0) <= CHECK_IN_WORST_ACCURACY_METRES
  const visit = isThere ? 'visited' : 'probable'
  await keep(tx, entry, run.id, taking, { stopId: stop.id, body: { dwellSeconds, distanceMetres, visit } })
  if (lngLat) await addPositions(tx, run.id, [{ at, lng: lngLat[0], lat: lngLat[1], accuracyMetres }])
  if (stop.checkpointId === null) return { runId: run.id, events: [], answer: {} }
  const from = Math.max(at - dwellSeconds * 1000, run.begunAt.getTime())
  await tx`
    INSERT INTO patrol_visit (id, checkpoint_id, plan_id, round_id, stop_id, started_at, ended_at, source, state, person)
    VALUES (${entry.id}, ${stop.checkpointId}, ${run.planId}, ${run.roundId}, ${stop.id},
      ${instant(from)}::text::timestamptz, ${instant(at)}::text::timestamptz, 'check-in', ${visit}, ${run.person})`
  return { runId: run.id, events: [], answer: { visit } }
}

async function record(
  tx: TransactionSql,
  entry: Of<'record'>,
  taking: Taking,
  { run }: RunOnDuty,
): Promise<Taken> {
  const stop = stopOf(taking.handedOut, entry.stopId)
  const { outcome, count, note } = entry
  await keep(tx, entry, run.id, taking, { stopId: stop.id, body: { outcome, count, note } })
  return { runId: run.id, events: [], answer: {} }
}

async function report(
  tx: TransactionSql,
  entry: Of<'report'>,
  at: number,
  taking: Taking,
  { run, spans }: RunOnDuty,
): Promise<Taken> {
  if (!isOnDuty(spans, at, latestOf(run))) throw offDuty()
  const { lngLat, severity, description } = entry
  const category = HAZARD_CATEGORIES.find(({ code }) => code === entry.hazard)!
  const { walker, handedOut } = taking
  await beginAs(tx, { source: 'officer' })
  const applied = await applyChanges(
    tx,
    {
      puts: [
        {
          layer: 'hazards',
          id: -1,
          version: null,
          geometry: { type: 'Point', coordinates: lngLat },
          properties: {
            title: category.zh,
            description: description || null,
            categoryStandard: category.standard,
            categoryKind: category.kind,
            categoryCode: category.code,
            severity,
            state: 'reported',
            reportedAt: instant(at),
            dueAt: null,
          },
        },
      ],
      deletes: [],
    },
    {
      actor: walker.actor,
      reach: isNearRound(handedOut, lngLat) ? 'everywhere' : walker.reach,
      strict: true,
    },
  )
  // Nothing that is new can be in conflict.
  if ('conflicts' in applied) throw new Error('A new hazard was told to be in conflict.')
  const hazardId = applied.ids['-1']!
  await keep(tx, entry, run.id, taking, { hazardId, body: { hazard: entry.hazard, lngLat } })
  return { runId: run.id, events: applied.events, answer: { hazardId } }
}

async function keep(
  tx: TransactionSql,
  { id, kind, at }: WalkEntry,
  runId: number,
  { walker, device }: Taking,
  { stopId, hazardId, body = {} }: { stopId?: string; hazardId?: number; body?: object } = {},
): Promise<void> {
  await tx`
    INSERT INTO patrol_entry (id, run_id, person, device, kind, at, stop_id, hazard_id, body)
    VALUES (${id}, ${runId}, ${walker.actor.name}, ${device}, ${kind}, ${at}::text::timestamptz, ${stopId ?? null},
      ${hazardId ?? null}, ${JSON.stringify(body)}::text::jsonb)`
}

function stopOf({ round, plan }: HandedOut, stopId: string) {
  const stop = round.stops.find(({ id }) => isSameId(id, stopId))
  if (stop) return stop
  throw new Problem('invalid-body', `The round of “${plan.name}” has no stop ${stopId}.`)
}

const isNearRound = ({ round }: HandedOut, lngLat: LngLat): boolean =>
  round.stops.some((stop) => segmentMetres(...lngLat, ...stop.lngLat) <= NEAR_ROUND_METRES)

const isPossible = (at: number, now: number): boolean =>
  at <= now + MAX_AHEAD_SECONDS * 1000 && at >= now - MAX_AGE_DAYS * 86_400_000

function refuseImpossibleTime(at: number, now: number): void {
  if (isPossible(at, now)) return
  throw new Problem(
    'invalid-body',
    at > now
      ? `The entry is of ${instant(at)}, which is still to come: here it is ${instant(now)}. Set the phone’s clock right.`
      : `The entry is of ${instant(at)}, more than ${MAX_AGE_DAYS} days ago, which is too late to be taken.`,
  )
}

const offDuty = () =>
  new Problem(
    'wrong-state',
    'This is of a time that was not on duty, between beginning and end. It is not kept.',
  )
