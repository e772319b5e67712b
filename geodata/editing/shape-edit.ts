import type { Geometry, LngLat } from '../shared/geojson.ts'
import { normaliseGeometry } from '../shared/normalise-geometry.ts'
import { isOnMap } from './lattice.ts'

/** Why an edit of a single shape is refused. Stable: the interface translates them. */
export type ShapeRefusal =
  /** Nothing of any size would be left on the lattice of 7 decimals. */
  | 'too-small'
  /** It would leave the map (±180°, ±85.05°). */
  | 'outside-map'
  /** A number that is none, or a factor that is not above 0. */
  | 'bad-number'
  /** More than a person draws. */
  | 'too-many-points'
  | 'crosses-itself'
  | 'crosses-border'
  /** A hole outside every polygon of the shape. */
  | 'outside-shape'
  /** A hole around another hole. */
  | 'around-hole'
  /** A ring has fewer than four walls that run along or across. */
  | 'not-rectangular'
  /** A corner would move further than allowed. */
  | 'moves-too-far'
  | 'changes-area'

export type ShapeEdit<G extends Geometry = Geometry> =
  | { ok: true; geometry: G }
  | { ok: false; reason: ShapeRefusal; at?: LngLat }

/** A geometry with every position replaced, on the lattice again; refused when it would collapse or leave the map. */
export function mapPositions<G extends Geometry>(geometry: G, move: (at: LngLat) => LngLat): ShapeEdit<G>
export function mapPositions(geometry: Geometry, move: (at: LngLat) => LngLat): ShapeEdit {
  const moved = positionsOf(geometry).map(move)
  if (!moved.every(isOnMap)) return { ok: false, reason: 'outside-map' }
  const made = normaliseGeometry(replaceEach(geometry, move), geometry.type)
  return made.ok ? { ok: true, geometry: made.geometry } : { ok: false, reason: 'too-small' }
}

export function positionsOf(geometry: Geometry): LngLat[] {
  if (geometry.type === 'Point') return [geometry.coordinates]
  if (geometry.type === 'LineString') return geometry.coordinates
  return geometry.coordinates.flat(2)
}

function replaceEach(geometry: Geometry, move: (at: LngLat) => LngLat): Geometry {
  if (geometry.type === 'Point') return { type: 'Point', coordinates: move(geometry.coordinates) }
  if (geometry.type === 'LineString')
    return { type: 'LineString', coordinates: geometry.coordinates.map(move) }
  return {
    type: 'MultiPolygon',
    coordinates: geometry.coordinates.map((rings) => rings.map((ring) => ring.map(move))),
  }
}
