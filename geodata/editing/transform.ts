import type { Geometry, LngLat } from '../shared/geojson.ts'
import { localPlane, type Metres } from './local-plane.ts'
import { mapPositions, positionsOf, type ShapeEdit } from './shape-edit.ts'

/** The middle of a geometry's box: what rotating and scaling turn about unless told otherwise. */
export function centreOf(geometry: Geometry): LngLat {
  const positions = positionsOf(geometry)
  const middle = (axis: 0 | 1): number => {
    let [low, high] = [Infinity, -Infinity]
    for (const position of positions) {
      low = Math.min(low, position[axis])
      high = Math.max(high, position[axis])
    }
    return (low + high) / 2
  }
  return [middle(0), middle(1)]
}

/** Moves a geometry by metres on the ground; its size in metres stays although degrees differ with latitude. */
export function translate<G extends Geometry>(geometry: G, [east, north]: Metres): ShapeEdit<G> {
  const from = centreOf(geometry)
  const to = localPlane(from).toLngLat([east, north])
  return throughPlane(geometry, from, to, (at) => at)
}

/** Turns a geometry by degrees, anticlockwise, about a place. */
export function rotate<G extends Geometry>(
  geometry: G,
  degrees: number,
  about: LngLat = centreOf(geometry),
): ShapeEdit<G> {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return throughPlane(geometry, about, about, ([x, y]) => [x * cos - y * sin, x * sin + y * cos])
}

/** Scales a geometry by a factor above 0 about a place. */
export function scale<G extends Geometry>(
  geometry: G,
  factor: number,
  about: LngLat = centreOf(geometry),
): ShapeEdit<G> {
  if (!(factor > 0)) return { ok: false, reason: 'bad-number' }
  return throughPlane(geometry, about, about, ([x, y]) => [x * factor, y * factor])
}

function throughPlane<G extends Geometry>(
  geometry: G,
  from: LngLat,
  to: LngLat,
  change: (at: Metres) => Metres,
): ShapeEdit<G> {
  const probe = change([1, 1])
  if (![...to, ...probe].every(Number.isFinite)) return { ok: false, reason: 'bad-number' }
  // Near a pole a metre is any number of degrees.
  if (Math.abs(to[1]) > 85.05) return { ok: false, reason: 'outside-map' }
  const source = localPlane(from)
  const target = localPlane(to)
  return mapPositions(geometry, (at) => target.toLngLat(change(source.toMetres(at))))
}
