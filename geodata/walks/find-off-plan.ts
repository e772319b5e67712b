import type { LngLat } from '../shared/geojson.ts'
import { findVisits } from '../tracks/find-visits.ts'
import type { TrackPoint } from '../tracks/track.ts'
import { dwellToShow, MERGE_SECONDS } from './find-stops.ts'

export interface SiteNearby {
  checkpointId: number
  lngLat: LngLat
  dwellMinutes: number
}

export interface OffPlanVisit {
  checkpointId: number
  /** Milliseconds. */
  from: number
  to: number
}

/** Walking past a site takes up to so long: nobody who only passes has visited what was not planned. */
const PAST_SECONDS = 60

/** Visits of sites that a round does not have, within times on duty: only stays that are long enough, in order of time. */
export function findOffPlan(
  points: readonly TrackPoint[],
  sites: readonly SiteNearby[],
  duty: readonly { from: number; to: number }[],
): OffPlanVisit[] {
  return sites
    .flatMap(({ checkpointId, lngLat, dwellMinutes }) => {
      const dwellSeconds = Math.max(PAST_SECONDS, dwellToShow(dwellMinutes))
      const target = { lngLat, dwellSeconds, mergeSeconds: MERGE_SECONDS }
      return duty.flatMap((span) =>
        findVisits(points, target, span.from, span.to).visits.map(({ from, to }) => ({
          checkpointId,
          from,
          to,
        })),
      )
    })
    .sort((a, b) => a.from - b.from)
}
