import type { PathPiece } from '../network/find-path.ts'
import type { LngLat } from '../shared/geojson.ts'

/** A position that was recorded. */
export interface TrackPoint {
  /** Milliseconds since 1970-01-01T00:00Z. */
  at: number
  lngLat: LngLat
  /** Radius within which the place is with about 68 %, in metres, as receivers tell it; undefined: not told. */
  accuracyMetres?: number | undefined
}

/** Part of an edge that was walked, with the moments at its ends (milliseconds). */
export interface MatchedPiece extends PathPiece {
  from: number
  to: number
}
