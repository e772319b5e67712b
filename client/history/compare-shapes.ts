import { difference } from 'polyclip-ts'
import { areaSquareMetres, distanceMetres, lengthMetres } from '../../geodata/editing/measure.ts'
import type { Geometry, LngLat, MultiPolygon } from '../../geodata/shared/geojson.ts'

export interface ShapeDifference {
  same: boolean
  vertices: { moved: number; added: number; removed: number }
  /** For areas. Square metres, geodesic. */
  area?: { before: number; after: number; added: number; removed: number }
  added?: MultiPolygon
  removed?: MultiPolygon
  /** For lines, metres. */
  length?: { before: number; after: number }
  /** For points, metres. */
  movedMetres?: number
}

/** What differs between two shapes of one feature. Both are on the lattice of 7 decimals, so equal vertices are equal numbers. */
export function compareShapes(before: Geometry, after: Geometry): ShapeDifference {
  const same = JSON.stringify(before) === JSON.stringify(after)
  const vertices = countVertices(before, after)
  if (before.type === 'Point' && after.type === 'Point')
    return { same, vertices, movedMetres: distanceMetres(before.coordinates, after.coordinates) }
  if (before.type === 'LineString' && after.type === 'LineString')
    return {
      same,
      vertices,
      length: { before: lengthMetres(before.coordinates), after: lengthMetres(after.coordinates) },
    }
  if (before.type !== 'MultiPolygon' || after.type !== 'MultiPolygon') return { same, vertices }
  const added = minus(after, before)
  const removed = minus(before, after)
  return {
    same,
    vertices,
    added,
    removed,
    area: {
      before: areaSquareMetres(before),
      after: areaSquareMetres(after),
      added: areaSquareMetres(added),
      removed: areaSquareMetres(removed),
    },
  }
}

const minus = (from: MultiPolygon, what: MultiPolygon): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates:
    JSON.stringify(from) === JSON.stringify(what) ? [] : difference(from.coordinates, what.coordinates),
})

/** A vertex that went and one that came make one moved; what is left over was added or removed. */
function countVertices(before: Geometry, after: Geometry): ShapeDifference['vertices'] {
  const [old, young] = [keysOf(before), keysOf(after)]
  const gone = [...old].filter((key) => !young.has(key)).length
  const come = [...young].filter((key) => !old.has(key)).length
  const moved = Math.min(gone, come)
  return { moved, added: come - moved, removed: gone - moved }
}

function keysOf(geometry: Geometry): Set<string> {
  const points: LngLat[] =
    geometry.type === 'Point'
      ? [geometry.coordinates]
      : geometry.type === 'LineString'
        ? geometry.coordinates
        : geometry.coordinates.flat(2)
  return new Set(points.map((point) => point.join()))
}
