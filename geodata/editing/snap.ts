import type { Geometry, LngLat } from '../shared/geojson.ts'
import { onLattice } from './lattice.ts'
import { localPlane, type Metres } from './local-plane.ts'

export interface Snap<T> {
  /** On the lattice. */
  lngLat: LngLat
  to: 'vertex' | 'edge'
  feature: T
  /** The edge's ends, for `to: 'edge'`. */
  edge: readonly [LngLat, LngLat] | null
  metres: number
}

/**
 * What a place snaps to among features: the nearest vertex within a distance in metres, else the nearest point of an
 * edge, else null. A vertex goes before a nearer edge, because borders that should meet are wanted to meet at it;
 * `nearest` takes whatever is nearest on an edge (points do not count).
 */
export function snap<T extends { geometry: Geometry }>(
  at: LngLat,
  features: Iterable<T>,
  withinMetres: number,
  vertices: 'vertices-first' | 'nearest' = 'vertices-first',
): Snap<T> | null {
  const plane = localPlane(at)
  const [reachLng, reachLat] = reachOf(at, plane.toLngLat([withinMetres, withinMetres]))
  let vertex: Snap<T> | null = null
  let edge: Snap<T> | null = null
  for (const feature of features) {
    for (const line of linesOf(feature.geometry)) {
      for (const [i, a] of line.entries()) {
        const metres = Math.hypot(...plane.toMetres(a))
        if (vertices === 'vertices-first' && metres <= withinMetres && metres < (vertex?.metres ?? Infinity))
          vertex = { lngLat: a, to: 'vertex', feature, edge: null, metres }
        const b = line[i + 1]
        if (!b || vertex) continue
        if (Math.min(a[0], b[0]) > at[0] + reachLng || Math.max(a[0], b[0]) < at[0] - reachLng) continue
        if (Math.min(a[1], b[1]) > at[1] + reachLat || Math.max(a[1], b[1]) < at[1] - reachLat) continue
        const foot = footOf(plane.toMetres(a), plane.toMetres(b))
        const away = Math.hypot(...foot)
        if (away <= withinMetres && away < (edge?.metres ?? Infinity))
          edge = { lngLat: onLattice(plane.toLngLat(foot)), to: 'edge', feature, edge: [a, b], metres: away }
      }
    }
  }
  return vertex ?? edge
}

const reachOf = (at: LngLat, corner: LngLat) => [corner[0] - at[0], corner[1] - at[1]] as const

function linesOf(geometry: Geometry): LngLat[][] {
  if (geometry.type === 'Point') return [[geometry.coordinates]]
  if (geometry.type === 'LineString') return [geometry.coordinates]
  return geometry.coordinates.flat()
}

/** The point of a–b nearest to the origin. */
function footOf(a: Metres, b: Metres): Metres {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(a[0] * dx + a[1] * dy) / length2))
  return [a[0] + t * dx, a[1] + t * dy]
}
