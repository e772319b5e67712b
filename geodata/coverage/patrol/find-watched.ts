import { segmentMetres } from '../../network/segment-metres.ts'
import type { LngLat } from '../../shared/geojson.ts'
import { findVisits, VISIT_RADIUS_METRES } from '../../tracks/find-visits.ts'
import type { TrackPoint } from '../../tracks/track.ts'
import { MERGE_SECONDS } from '../../walks/find-stops.ts'
import type { WatchedHazard } from './hazard-exposure.ts'
import type { AskedHazard, AskedWalk } from './patrol-question.ts'

/** Who walks past within 30 m takes longer than this, and has seen the place. */
const LOOK_SECONDS = 20
/** Of a walk without any position nothing is known; near its stops somebody may have been. */
const NEAR_STOP_METRES = 500
/** What someone could have gone unseen, metres a millisecond, as findVisits has it. */
const UNSEEN_SPEED = 2 / 1000
const METRES_PER_DEGREE = 110_000

/** When somebody was at each hazard, by the positions of all walks. Yields after each walk. */
export function* findWatched(
  hazards: readonly AskedHazard[],
  walks: readonly AskedWalk[],
): Generator<void, WatchedHazard[]> {
  const found = hazards.map((hazard) => ({
    ...hazard,
    visits: [] as number[],
    unknown: [] as [number, number][],
  }))
  for (const walk of walks) {
    yield
    const points = pointsOf(walk.positions)
    const isNear = nearTo(walk, points)
    for (const hazard of found) {
      if (!isNear(hazard.lngLat)) continue
      if (points.length === 0) {
        hazard.unknown.push(...walk.duty)
        continue
      }
      const target = { lngLat: hazard.lngLat, dwellSeconds: LOOK_SECONDS, mergeSeconds: MERGE_SECONDS }
      for (const [from, to] of walk.duty) {
        const { state, visits } = findVisits(points, target, from, to)
        hazard.visits.push(...visits.map((visit) => visit.from))
        if (state === 'unknown') hazard.unknown.push([from, to])
      }
    }
  }
  return found
}

function pointsOf(positions: Float64Array): TrackPoint[] {
  const points: TrackPoint[] = []
  for (let at = 0; at < positions.length; at += 4) {
    const accuracy = positions[at + 3]!
    points.push({
      at: positions[at]!,
      lngLat: [positions[at + 1]!, positions[at + 2]!],
      accuracyMetres: Number.isNaN(accuracy) ? undefined : accuracy,
    })
  }
  return points
}

/** Whether a walk can have come to a place: none that it can have is left out. */
function nearTo({ duty, stops }: AskedWalk, points: readonly TrackPoint[]): (place: LngLat) => boolean {
  if (points.length === 0)
    return (place) => stops.some((stop) => segmentMetres(...stop, ...place) <= NEAR_STOP_METRES)
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  let widest = VISIT_RADIUS_METRES
  for (const { lngLat, accuracyMetres = 0 } of points) {
    west = Math.min(west, lngLat[0])
    east = Math.max(east, lngLat[0])
    south = Math.min(south, lngLat[1])
    north = Math.max(north, lngLat[1])
    widest = Math.max(widest, VISIT_RADIUS_METRES + accuracyMetres)
  }
  const reach = (widest + UNSEEN_SPEED * longestSilence(points, duty)) / METRES_PER_DEGREE
  const wide = reach / Math.max(0.05, Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180))
  return ([lng, lat]) =>
    lng >= west - wide && lng <= east + wide && lat >= south - reach && lat <= north + reach
}

function longestSilence(points: readonly TrackPoint[], duty: AskedWalk['duty']): number {
  let longest = 0
  for (const [from, to] of duty) {
    let before = from
    for (const { at } of points) {
      if (at < from || at > to) continue
      longest = Math.max(longest, at - before)
      before = at
    }
    longest = Math.max(longest, to - before)
  }
  return longest
}
