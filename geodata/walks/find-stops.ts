import type { LngLat } from '../shared/geojson.ts'
import { findVisits, type VisitState } from '../tracks/find-visits.ts'
import type { TrackPoint } from '../tracks/track.ts'

export interface StopToFind {
  id: string
  checkpointId: number
  lngLat: LngLat
  dwellMinutes: number
}

export interface StopVisit {
  stopId: string
  checkpointId: number
  state: Exclude<VisitState, 'missed'>
  /** Milliseconds. */
  from: number
  to: number
}

/** The planned dwell is how long the work takes; being there for half of it, two minutes at most, shows that it was done. */
export const dwellToShow = (dwellMinutes: number): number => Math.min(120, Math.max(20, dwellMinutes * 30))

/** Visits of one site closer together are one. */
export const MERGE_SECONDS = 600

/**
 * Which stops a track was at, within times on duty (milliseconds, in order). A site that stands several times in a round
 * needs as many visits: they go to its stops in order. `isOver`: the walk is over, so that silence can be told as unknown.
 */
export function findStops(
  points: readonly TrackPoint[],
  stops: readonly StopToFind[],
  duty: readonly { from: number; to: number }[],
  isOver: boolean,
): StopVisit[] {
  const bySite = new Map<number, StopToFind[]>()
  for (const stop of stops) bySite.set(stop.checkpointId, [...(bySite.get(stop.checkpointId) ?? []), stop])
  return [...bySite.values()].flatMap((same) => findSite(points, same, duty, isOver))
}

function findSite(
  points: readonly TrackPoint[],
  stops: readonly StopToFind[],
  duty: readonly { from: number; to: number }[],
  isOver: boolean,
): StopVisit[] {
  const [first] = stops as [StopToFind, ...StopToFind[]]
  const target = {
    lngLat: first.lngLat,
    dwellSeconds: dwellToShow(Math.min(...stops.map(({ dwellMinutes }) => dwellMinutes))),
    mergeSeconds: MERGE_SECONDS,
  }
  const findings = duty.map((span) => ({ span, finding: findVisits(points, target, span.from, span.to) }))
  const seen = [
    ...findings.flatMap(({ finding }) =>
      finding.visits.map((stay) => ({ ...stay, state: 'visited' as const })),
    ),
    ...findings.flatMap(({ finding }) =>
      finding.passes.map((stay) => ({ ...stay, state: 'probable' as const })),
    ),
  ].slice(0, stops.length)
  seen.sort((a, b) => a.from - b.from)
  const unknown = findings.find(({ finding }) => finding.state === 'unknown')
  return stops.flatMap((stop, place): StopVisit[] => {
    const of = { stopId: stop.id, checkpointId: stop.checkpointId }
    const stay = seen[place]
    if (stay) return [{ ...of, state: stay.state, from: stay.from, to: stay.to }]
    return isOver && unknown ? [{ ...of, state: 'unknown', ...unknown.span }] : []
  })
}

/** Seconds of duty with positions: gaps of more than `silenceSeconds` between two are not recorded. */
export function recordedSeconds(
  points: readonly TrackPoint[],
  duty: readonly { from: number; to: number }[],
  silenceSeconds: number,
): number {
  const sorted = points.map(({ at }) => at).sort((a, b) => a - b)
  let sum = 0
  for (const { from, to } of duty)
    for (let place = 1; place < sorted.length; place++) {
      const [before, at] = [sorted[place - 1]!, sorted[place]!]
      if (before >= from && at <= to && at - before <= silenceSeconds * 1000) sum += at - before
    }
  return sum / 1000
}
