import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { MyRound, MyStop } from '../../geodata/walks/my-round.schema.ts'
import type { Waiting } from './queue.ts'

/** Being at a stop: begun by checking in, ended by leaving. */
export interface Visit {
  stopId: string
  since: string
  lngLat: LngLat | null
  accuracyMetres: number | null
}

/** Being on duty, as the phone keeps it; it outlives a reload. */
export interface Duty {
  planId: number
  roundId: string
  begunAt: string
  visit: Visit | null
}

export type StopProgress = 'visited' | 'probable' | 'sent' | 'here' | 'open' | 'pass'

/**
 * What has been done at a stop: what the server said, what waits on the phone, and what the phone sent that the server's
 * last answer (it may be from before) does not have yet.
 */
export function progressOf(
  stop: MyStop,
  { duty, items, sent }: { duty: Duty | undefined; items: readonly Waiting[]; sent: readonly string[] },
): StopProgress {
  if (stop.checkpointId === null) return 'pass'
  if (duty?.visit?.stopId === stop.id) return 'here'
  if (stop.checkedIn) return stop.checkedIn
  const own = items.filter(({ entry }) => entry.kind === 'check-in' && entry.stopId === stop.id)
  if (own.length > 0) return own.some(({ state }) => state !== 'refused') ? 'sent' : 'open'
  return sent.includes(stop.id) ? 'sent' : 'open'
}

/** Where to go: the stop that was chosen, else the first that nobody was at. */
export function nextStop(
  { stops }: MyRound,
  chosen: string | undefined,
  stateOf: (stop: MyStop) => StopProgress,
): MyStop | undefined {
  const here = stops.find((stop) => stateOf(stop) === 'here')
  const wanted = stops.find(({ id, checkpointId }) => id === chosen && checkpointId !== null)
  return here ?? wanted ?? stops.find((stop) => stateOf(stop) === 'open')
}

/** The round to show: the one on duty, else the one that is on or comes next. */
export function chooseRound(
  rounds: readonly MyRound[],
  { duty, chosen, now }: { duty: Duty | undefined; chosen: string | undefined; now: number },
): MyRound | undefined {
  const of = (id: string | undefined) => rounds.find(({ roundId }) => roundId === id)
  return of(duty?.roundId) ?? of(chosen) ?? rounds.find(({ to }) => Date.parse(to) > now) ?? rounds[0]
}
