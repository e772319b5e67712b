import { segmentMetres } from '../../network/segment-metres.ts'
import type { WalkedRound } from '../../patrols/walked-plan.ts'
import type { LngLat } from '../../shared/geojson.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import type { AskedVisit, AskedWalk } from './patrol-question.ts'

/** Positions of a forecast are so far apart, milliseconds. */
const STEP = 10_000

/** A round as though it was walked as planned: as long at each stop as it is planned, evenly between. */
export function forecastWalk({ round, team, timed, coordinates }: WalkedRound): {
  walk: AskedWalk
  visits: AskedVisit[]
} {
  const line: TimedLine = []
  let place = 0
  let left = Date.parse(timed.startsAt)
  for (const [at, { lngLat }] of round.stops.entries()) {
    const { arrivesAt, leavesAt } = timed.stops[at]!
    const next = placeOf(coordinates, lngLat, place)
    addLeg(line, coordinates.slice(place, next + 1), left, Date.parse(arrivesAt))
    place = next
    left = Date.parse(leavesAt)
    line.push([lngLat[0], lngLat[1], left])
  }
  addLeg(line, coordinates.slice(place), left, Date.parse(timed.endsAt))
  const visits = round.stops.flatMap(({ id, checkpointId }, at): AskedVisit[] =>
    checkpointId === null
      ? []
      : [
          {
            siteId: checkpointId,
            stopId: id.toLowerCase(),
            team: team.name,
            state: 'visited',
            from: Date.parse(timed.stops[at]!.startsAt),
            to: Date.parse(timed.stops[at]!.leavesAt),
          },
        ],
  )
  const [from, to] = [line[0]![2], line.at(-1)![2]]
  return {
    walk: {
      team: team.name,
      lines: [line],
      positions: positionsOf(line),
      duty: [[from, to]],
      stops: round.stops.map(({ lngLat }) => lngLat),
    },
    visits,
  }
}

/** Where the way comes to a stop, from a place of it on. */
function placeOf(coordinates: readonly LngLat[], [lng, lat]: LngLat, from: number): number {
  for (let at = from; at < coordinates.length; at++)
    if (coordinates[at]![0] === lng && coordinates[at]![1] === lat) return at
  return from
}

function addLeg(line: TimedLine, way: readonly LngLat[], begins: number, ends: number): void {
  const lengths = way.map((at, place) => (place === 0 ? 0 : segmentMetres(...way[place - 1]!, ...at)))
  const all = lengths.reduce((sum, metres) => sum + metres, 0)
  let behind = 0
  for (const [place, [lng, lat]] of way.entries()) {
    behind += lengths[place]!
    line.push([lng, lat, begins + (all === 0 ? 0 : behind / all) * (ends - begins)])
  }
}

/** As AskedWalk has them: exact, and close enough together that nothing is unknown. */
function positionsOf(line: TimedLine): Float64Array {
  const positions: number[] = []
  for (let at = 0; at < line.length; at++) {
    const [b, a] = [line[at]!, line[at - 1] ?? line[at]!]
    const steps = Math.max(1, Math.ceil((b[2] - a[2]) / STEP))
    for (let step = 1; step <= steps; step++) {
      const share = step / steps
      positions.push(
        a[2] + share * (b[2] - a[2]),
        a[0] + share * (b[0] - a[0]),
        a[1] + share * (b[1] - a[1]),
        Number.NaN,
      )
    }
  }
  return Float64Array.from(positions)
}
