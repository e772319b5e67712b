import { localPlane, type Metres } from '../editing/local-plane.ts'
import type { LngLat } from '../shared/geojson.ts'
import { WORST_ACCURACY } from './thin-track.ts'
import type { TrackPoint } from './track.ts'

export interface VisitTarget {
  lngLat: LngLat
  /** Within so many metres is there. */
  radiusMetres?: number
  /** So long there is a visit. */
  dwellSeconds: number
  /** Another time there so soon after the last counts with it. */
  mergeSeconds?: number
}

/** A time at a target, in milliseconds. */
export interface Stay {
  from: number
  to: number
  /** Time within the radius. */
  seconds: number
}

/**
 * `visited`: there for long enough. `probable`: there, but not seen for long enough, or only inaccurate positions are
 * near. `unknown`: not seen there, and while positions are missing someone could have been. `missed`: none of these.
 */
export type VisitState = 'visited' | 'probable' | 'unknown' | 'missed'

export interface VisitFinding {
  state: VisitState
  /** Times there that are long enough, in order. */
  visits: Stay[]
  /** Times there that are too short. */
  passes: Stay[]
}

export const VISIT_RADIUS_METRES = 30
/** Leaving for less than this is still the same stay. */
export const GAP_SECONDS = 120
/** Between positions further apart in time nothing is known. */
export const SILENCE_SECONDS = 60
/** What someone could have gone unseen, metres a second: a quick walk. */
const UNSEEN_SPEED = 2

/**
 * Whether a track was at a target within [from, to] (milliseconds). Between two positions no more than a minute apart
 * someone goes straight and evenly; over longer silence nothing is made up. A track without any position is unknown,
 * not missed.
 */
export function findVisits(
  points: readonly TrackPoint[],
  target: VisitTarget,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): VisitFinding {
  const { radiusMetres = VISIT_RADIUS_METRES, dwellSeconds, mergeSeconds = 0 } = target
  const { toMetres } = localPlane(target.lngLat)
  const sorted = points.filter(({ at }) => at >= from && at <= to).toSorted((a, b) => a.at - b.at)
  const isGood = ({ accuracyMetres }: TrackPoint) =>
    accuracyMetres === undefined || accuracyMetres <= WORST_ACCURACY
  const good = sorted.filter(isGood).map(({ at, lngLat }) => ({ at, metres: toMetres(lngLat) }))

  const stays: Stay[] = []
  let couldBe =
    canReach(undefined, good[0], from, radiusMetres) || canReach(good.at(-1), undefined, to, radiusMetres)
  for (let place = 0; place < good.length; place++) {
    const here = good[place]!
    const before = good[place - 1]
    if (before && here.at - before.at <= SILENCE_SECONDS * 1000) {
      const inside = timeInside(before.metres, here.metres, radiusMetres)
      if (inside) {
        const span = here.at - before.at
        add(stays, before.at + inside[0] * span, before.at + inside[1] * span)
      }
    } else {
      if (before && canReach(before, here, undefined, radiusMetres)) couldBe = true
      if (Math.hypot(...here.metres) <= radiusMetres) add(stays, here.at, here.at)
    }
  }
  const visits = mergeRepeats(
    stays.filter(({ seconds }) => seconds >= dwellSeconds),
    mergeSeconds,
  )
  const passes = stays.filter(({ seconds }) => seconds < dwellSeconds)
  const isNearInaccurately = sorted.some(
    (point) =>
      !isGood(point) && Math.hypot(...toMetres(point.lngLat)) <= radiusMetres + point.accuracyMetres!,
  )
  const state: VisitState =
    visits.length > 0
      ? 'visited'
      : passes.length > 0
        ? 'probable'
        : good.length === 0 || couldBe || isNearInaccurately
          ? 'unknown'
          : 'missed'
  return { state, visits, passes }
}

interface Seen {
  at: number
  metres: Metres
}

/**
 * Whether someone could have gone to the target and come back while nothing was seen. Of the time before the first
 * position and behind the last only a bound that is given counts.
 */
function canReach(
  before: Seen | undefined,
  after: Seen | undefined,
  bound: number | undefined,
  radius: number,
): boolean {
  const begun = before?.at ?? bound
  const ended = after?.at ?? bound
  if (begun === undefined || ended === undefined || !Number.isFinite(begun) || !Number.isFinite(ended))
    return false
  if (ended - begun <= SILENCE_SECONDS * 1000) return false
  const way = [before, after].reduce(
    (sum, seen) => sum + (seen ? Math.max(0, Math.hypot(...seen.metres) - radius) : 0),
    0,
  )
  return way <= UNSEEN_SPEED * ((ended - begun) / 1000)
}

/** Shares of the way from a to b between which it is within the radius of the origin; undefined: never. */
function timeInside([ax, ay]: Metres, [bx, by]: Metres, radius: number): [number, number] | undefined {
  const [dx, dy] = [bx - ax, by - ay]
  const a = dx * dx + dy * dy
  const c = ax * ax + ay * ay - radius * radius
  if (a === 0) return c <= 0 ? [0, 1] : undefined
  const half = ax * dx + ay * dy
  const root = half * half - a * c
  if (root < 0) return undefined
  const low = Math.max(0, (-half - Math.sqrt(root)) / a)
  const high = Math.min(1, (-half + Math.sqrt(root)) / a)
  return low <= high ? [low, high] : undefined
}

/** Adds a time inside; after a short absence it goes on with the one before. */
function add(stays: Stay[], from: number, to: number): void {
  const last = stays.at(-1)
  if (last && from - last.to < GAP_SECONDS * 1000) {
    last.seconds += (to - Math.max(from, last.to)) / 1000
    last.to = Math.max(last.to, to)
  } else stays.push({ from, to, seconds: (to - from) / 1000 })
}

function mergeRepeats(stays: readonly Stay[], mergeSeconds: number): Stay[] {
  const merged: Stay[] = []
  for (const stay of stays) {
    const last = merged.at(-1)
    if (last && stay.from - last.to < mergeSeconds * 1000) {
      last.to = stay.to
      last.seconds += stay.seconds
    } else merged.push({ ...stay })
  }
  return merged
}
