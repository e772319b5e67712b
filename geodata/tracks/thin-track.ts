import { localPlane } from '../editing/local-plane.ts'
import type { LngLat } from '../shared/geojson.ts'
import type { TrackPoint } from './track.ts'

/** Where someone was, from one position or the mean of several. */
export interface Fix {
  /** Milliseconds. */
  at: number
  lngLat: LngLat
  sigmaMetres: number
  /** Positions that it stands for. */
  count: number
}

/** Positions less accurate than this say nothing of streets. */
export const WORST_ACCURACY = 60
/** Positions are averaged over the time in which someone goes about this far, within limits. */
const SPAN_METRES = 12
const LEAST_SPAN_MS = 2000
const MOST_SPAN_MS = 12_000
/** Speed is told from positions so far apart: their errors weigh less. */
const SPEED_MS = 20_000
/** Neighbouring positions err alike: a mean is never more certain than this share of one. */
const LEAST_SHARE = 0.45

/**
 * Positions in the order of time, one for each moment, without the inaccurate; those within about twelve metres of way are
 * averaged. Any order, repeats and nothing at all are fine.
 */
export function thinTrack(
  points: readonly TrackPoint[],
  sigmaMetres: number,
): { fixes: Fix[]; dropped: number } {
  const sorted = points
    .filter(({ accuracyMetres }) => accuracyMetres === undefined || accuracyMetres <= WORST_ACCURACY)
    .toSorted((a, b) => a.at - b.at)
  const used = sorted.filter(({ at }, place) => place === 0 || at > sorted[place - 1]!.at)
  const fixes: Fix[] = []
  for (let first = 0; first < used.length; ) {
    const plane = localPlane(used[first]!.lngLat)
    const until = used[first]!.at + spanAt(used, first)
    let [east, north, time, last] = [0, 0, 0, first]
    for (; last < used.length; last++) {
      const { at, lngLat } = used[last]!
      if (at >= until && last > first) break
      const [x, y] = plane.toMetres(lngLat)
      east += x
      north += y
      time += at - used[first]!.at
    }
    const count = last - first
    const own = used[first]!.accuracyMetres ?? sigmaMetres
    fixes.push({
      at: used[first]!.at + time / count,
      lngLat: plane.toLngLat([east / count, north / count]),
      sigmaMetres: Math.max(2, Math.max(own, 1) * Math.max(LEAST_SHARE, 1 / Math.sqrt(count))),
      count,
    })
    first = last
  }
  return { fixes, dropped: points.length - used.length }
}

/** Milliseconds in which someone goes about SPAN_METRES from a position on. */
function spanAt(points: readonly TrackPoint[], first: number): number {
  const { at, lngLat } = points[first]!
  let last = first
  while (last + 1 < points.length && points[last + 1]!.at - at <= SPEED_MS) last++
  const [east, north] = localPlane(lngLat).toMetres(points[last]!.lngLat)
  const metresPerMs = last > first ? Math.hypot(east, north) / (points[last]!.at - at) : 0
  return Math.min(MOST_SPAN_MS, Math.max(LEAST_SPAN_MS, SPAN_METRES / Math.max(metresPerMs, 1e-9)))
}
