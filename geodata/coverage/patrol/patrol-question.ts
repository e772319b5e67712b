import type { Streets } from '../../network/walk-graph.ts'
import type { Span as OpenSpan } from '../../patrols/opening-windows.ts'
import type { CellLayer } from '../../shared/codes.ts'
import type { LngLat } from '../../shared/geojson.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import type { Span } from '../visit-metrics.ts'
import type { CellShape } from './cell-clipper.ts'

/** All moments and lengths of time in milliseconds. */
export interface PatrolQuestion {
  span: Span
  sites: AskedSite[]
  visits: AskedVisit[]
  /** Stops of rounds that were handed out for the time. */
  stops: AskedStop[]
  hazards: AskedHazard[]
  walks: AskedWalk[]
  /** Outer cells first; as they were in force. */
  levels: { layer: CellLayer; cells: AskedCell[] }[]
  /** null: streets, places and teams are not asked for. */
  streets: AskedStreets | null
}

export interface AskedSite {
  id: number
  name: string
  siteType: string
  lngLat: LngLat
  weight: number
  limit: number
  required: number
  open: OpenSpan[] | undefined
}

export interface AskedVisit {
  siteId: number
  /** In lower case; null: of no stop. */
  stopId: string | null
  team: string | null
  state: 'visited' | 'probable' | 'unknown'
  from: number
  to: number
}

export interface AskedStop {
  id: string
  siteId: number
  team: string
}

export interface AskedHazard {
  id: number
  lngLat: LngLat
  weight: number
  severity: number
  limit: number
  open: [from: number, to: number][]
}

export interface AskedWalk {
  team: string
  /** Along the streets, without what was not seen. */
  lines: TimedLine[]
  /** at, lng, lat, accuracy in metres (NaN: not told) of each position; empty: there is none, or none any more. */
  positions: Float64Array
  duty: [from: number, to: number][]
  /** Where its round goes. */
  stops: LngLat[]
}

export interface AskedCell {
  id: number
  code: string
  name: string
  shape: CellShape
}

export interface AskedStreets {
  graph: Streets
  /** By edge, 1: its road is asked about. */
  isAsked: Uint8Array
}
