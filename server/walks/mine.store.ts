import type { WalkedRound } from '../../geodata/patrols/walked-plan.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { MyRound, MyStop } from '../../geodata/walks/my-round.schema.ts'
import type { Network } from '../network/network.ts'
import { readSites } from '../patrols/due.store.ts'
import { walkPlan } from '../patrols/walk-plan.ts'
import type { Sql } from '../platform/database.ts'
import { findHandedOut, type HandedOut, isSameId, listHandedOut } from './handed-out.store.ts'
import { instant, readRun } from './run.store.ts'
import { noSuchRound } from './sync.store.ts'

/**
 * The rounds of someone that are under way or begin within a day, with all that is needed on the way. Sites are told
 * wherever the person’s own area ends: the round was handed out to them.
 */
export async function readMine(
  sql: Sql,
  network: Network,
  person: string,
  now: number,
  signal: AbortSignal,
): Promise<MyRound[]> {
  const rounds: MyRound[] = []
  for (const handedOut of await listHandedOut(sql, person, now))
    rounds.push(await describe(sql, network, handedOut, person, signal))
  return rounds
}

async function describe(
  sql: Sql,
  network: Network,
  handedOut: HandedOut,
  person: string,
  signal: AbortSignal,
): Promise<MyRound> {
  const { plan, round, team, from, to } = handedOut
  const { timed, coordinates } = await walk(sql, network, handedOut, signal)
  const ids = round.stops.flatMap(({ checkpointId }) => checkpointId ?? [])
  const sites = new Map(
    (await readSites(sql, { from, to }, [...new Set(ids)], 'everywhere')).map((site) => [
      site.checkpointId,
      site,
    ]),
  )
  const found = await readRun(sql, handedOut, person)
  const done = found ? await readDone(sql, found.run.id) : []
  const lastDuty = found?.spans.at(-1)
  const stops = round.stops.map((stop, at): MyStop => {
    const site = stop.checkpointId === null ? undefined : sites.get(stop.checkpointId)
    const own = done.filter(({ stopId }) => isSameId(stopId, stop.id))
    const visits = own.flatMap(({ visit }) => visit ?? [])
    return {
      id: stop.id,
      checkpointId: stop.checkpointId,
      name: site?.name ?? `${team.id}${at + 1}`,
      siteType: site?.siteType ?? null,
      risk: site?.risk ?? null,
      lngLat: stop.lngLat,
      dwellMinutes: stop.dwellMinutes,
      ...timed.stops[at]!,
      windows: site?.windows ?? null,
      checkedIn: visits.includes('visited') ? 'visited' : (visits[0] ?? null),
      records: own.flatMap(({ id, at: when, kind, outcome, count, note }) =>
        kind === 'record'
          ? [{ id, at: when.toISOString(), outcome, count: count ?? 0, note: note ?? '' }]
          : [],
      ),
    }
  })
  return {
    roundId: round.id,
    plan: { id: plan.id, version: plan.version, name: plan.name, note: plan.note },
    team: { id: team.id, name: team.name, people: team.people },
    from: instant(from),
    to: instant(to),
    startsAt: timed.startsAt,
    endsAt: timed.endsAt,
    metres: timed.metres,
    start: team.start,
    end: team.end,
    stops,
    path: coordinates,
    duty: lastDuty
      ? { begunAt: instant(lastDuty.from), endedAt: lastDuty.to === undefined ? null : instant(lastDuty.to) }
      : null,
  }
}

async function walk(
  sql: Sql,
  network: Network,
  { plan, round }: HandedOut,
  signal: AbortSignal,
): Promise<WalkedRound> {
  const alone = { ...plan, rounds: [round], unserved: [] }
  const { rounds } = await walkPlan(sql, network, alone, 'everywhere', signal)
  return (rounds as [WalkedRound])[0]
}

/** Where a round goes: its way along the streets as they are now, and its stops. Throws not-found for a round of others. */
export async function readMyWay(
  sql: Sql,
  network: Network,
  { planId, roundId }: { planId: number; roundId: string },
  person: string,
  signal: AbortSignal,
): Promise<{ path: LngLat[]; stops: LngLat[] }> {
  const handedOut = await findHandedOut(sql, planId, roundId, person)
  if (!handedOut) throw noSuchRound()
  const { coordinates } = await walk(sql, network, handedOut, signal)
  return { path: coordinates, stops: handedOut.round.stops.map(({ lngLat }) => lngLat) }
}

export interface DoneRow {
  id: string
  kind: 'check-in' | 'record'
  at: Date
  stopId: string
  visit: 'visited' | 'probable' | null
  outcome: MyStop['records'][number]['outcome']
  count: number | null
  note: string | null
}

/** Check-ins and records of a run, in order. */
export function readDone(sql: Sql, runId: number): Promise<DoneRow[]> {
  return sql<DoneRow[]>`
    SELECT id, kind, at, stop_id AS "stopId", body->>'visit' AS visit, body->>'outcome' AS outcome,
      (body->>'count')::int AS count, body->>'note' AS note
    FROM patrol_entry WHERE run_id = ${runId} AND kind IN ('check-in', 'record') ORDER BY at, id`
}
