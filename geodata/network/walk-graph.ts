import type { LngLat } from '../shared/geojson.ts'
import type { RoadSet } from './road-set.ts'

export interface RoadLine {
  id: number
  coordinates: LngLat[]
  walkable: boolean
}

/**
 * The streets that can be walked, both ways, as edges between nodes. Nodes are the ends of roads and the vertices that
 * two roads share, compared at 7 decimals; lines that cross without a shared vertex (a bridge) do not meet. Edges stand
 * in the order of their roads' ids, nodes in the order in which edges need them, so equal sets of roads give equal
 * graphs. Immutable.
 */
export interface WalkGraph {
  readonly nodeCount: number
  readonly edgeCount: number
  /** By edge. Both ends are the same node where a road closes on itself. */
  readonly edgeFrom: Int32Array
  readonly edgeTo: Int32Array
  readonly edgeMetres: Float64Array
  /** By edge: the id of its road. */
  readonly edgeRoad: Float64Array
  /** By edge, and one more: where its points begin in the arrays of points; each edge has both its ends. */
  readonly pointStart: Int32Array
  /** Degrees. */
  readonly pointLng: Float64Array
  readonly pointLat: Float64Array
  /** Metres along its edge. */
  readonly pointMetres: Float64Array
  /** By node, and one more: where its links begin. An edge is a link of each of its ends. */
  readonly linkStart: Int32Array
  readonly linkNode: Int32Array
  readonly linkEdge: Int32Array
  readonly linkMetres: Float64Array
  /** What the graph was made of, for updateGraph. */
  readonly roads: RoadSet
}

/** A graph without what it was made of: all that a thread is given of it. */
export type Streets = Omit<WalkGraph, 'roads'>

/** What lengths of ways are found with. */
export type StreetLengths = Omit<Streets, 'edgeRoad' | 'pointStart' | 'pointLng' | 'pointLat' | 'pointMetres'>

/** A place on an edge of one graph; worth nothing on another. */
export interface SnappedPoint {
  edge: number
  /** Of the edge's length, 0 at its first end, 1 at its last. */
  fraction: number
  lngLat: LngLat
  /** From the place that was asked for, straight. */
  distanceMetres: number
}
