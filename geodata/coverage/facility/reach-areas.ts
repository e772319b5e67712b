import type { TwoNearest } from '../../network/two-nearest.ts'
import type { SnappedPoint, Streets } from '../../network/walk-graph.ts'
import type { Bbox, LngLat, Ring } from '../../shared/geojson.ts'
import {
  footShare,
  type Lattice,
  layLattice,
  type NearestStretch,
  nearestStretches,
  type Stretches,
} from './lattice-field.ts'
import { traceField } from './trace-field.ts'

/** Ground within some metres of the nearest facility. */
export interface ReachArea {
  metres: number
  polygons: Ring[][]
}

export interface ReachAreas {
  areas: ReachArea[]
  stepMetres: number
}

/**
 * The ground in a box from which a facility is within some metres on foot, by each of the distances: straight to the
 * nearest street, at most `accessMetres`, and along the streets. The rule is that of snap and twoNearest, so a building is
 * in an area when its nearest facility is; the border is right to a step of the lattice.
 */
export function reachAreas(
  streets: Streets,
  labels: Pick<TwoNearest, 'firstMetres'>,
  sources: readonly SnappedPoint[],
  byEdge: ReadonlyMap<number, readonly number[]>,
  { bbox, distances, accessMetres }: { bbox: Bbox; distances: readonly number[]; accessMetres: number },
): ReachAreas {
  const lattice = layLattice(bbox, accessMetres)
  const { stretches, points } = stretchesOf(streets, lattice, accessMetres)
  const nearest = nearestStretches(lattice, stretches)
  const edgeOf = edgesOfPoints(streets)
  const { pointMetres, edgeMetres, edgeFrom, edgeTo } = streets
  const { firstMetres } = labels
  const ways = new Float32Array(nearest.metres.length).fill(Number.POSITIVE_INFINITY)
  for (let sample = 0; sample < ways.length; sample++) {
    const one = nearest.stretch[sample]!
    if (one < 0 || nearest.metres[sample]! > accessMetres + lattice.stepMetres) continue
    const point = points[one]!
    const edge = edgeOf[point]!
    const share = footShare(stretches, one, ...placeOf(lattice, sample))
    const along = pointMetres[point]! + share * (pointMetres[point + 1]! - pointMetres[point]!)
    let metres = Math.min(
      firstMetres[edgeFrom[edge]!]! + along,
      firstMetres[edgeTo[edge]!]! + edgeMetres[edge]! - along,
    )
    for (const source of byEdge.get(edge) ?? []) {
      const { fraction, distanceMetres } = sources[source]!
      metres = Math.min(metres, distanceMetres + Math.abs(fraction * edgeMetres[edge]! - along))
    }
    ways[sample] = metres + nearest.metres[sample]!
  }
  const excess = new Float32Array(ways.length)
  return {
    stepMetres: lattice.stepMetres,
    areas: distances.map((metres) => {
      for (let sample = 0; sample < ways.length; sample++)
        excess[sample] = Math.max(ways[sample]! - metres, nearest.metres[sample]! - accessMetres)
      return { metres, polygons: traceField(lattice, excess) }
    }),
  }
}

/** The ground in a box within some metres of a place, straight: what is compared with, no answer of its own. */
export function straightAreas(places: readonly LngLat[], bbox: Bbox, metres: number): ReachArea {
  const lattice = layLattice(bbox, metres)
  const at = places.map(lattice.toMetres)
  const x = Float64Array.from(at, ([east]) => east)
  const y = Float64Array.from(at, ([, north]) => north)
  const nearest: NearestStretch = nearestStretches(lattice, { ax: x, ay: y, bx: x, by: y })
  return {
    metres,
    polygons: traceField(
      lattice,
      nearest.metres.map((found) => found - metres),
    ),
  }
}

const placeOf = ({ width, stepMetres }: Lattice, sample: number): [x: number, y: number] => [
  (sample % width) * stepMetres,
  Math.floor(sample / width) * stepMetres,
]

/** The stretches of streets that come near a lattice; `points`: by stretch, the point of the streets it begins at. */
function stretchesOf(
  { edgeCount, pointStart, pointLng, pointLat }: Streets,
  lattice: Lattice,
  aroundMetres: number,
): { stretches: Stretches; points: Int32Array } {
  const [right, top] = [lattice.width * lattice.stepMetres, lattice.height * lattice.stepMetres]
  const points: number[] = []
  const ends: number[] = []
  for (let edge = 0; edge < edgeCount; edge++) {
    const last = pointStart[edge + 1]! - 1
    let from = lattice.toMetres([pointLng[pointStart[edge]!]!, pointLat[pointStart[edge]!]!])
    for (let point = pointStart[edge]!; point < last; point++) {
      const to = lattice.toMetres([pointLng[point + 1]!, pointLat[point + 1]!])
      const isNear =
        Math.max(from[0], to[0]) >= -aroundMetres &&
        Math.max(from[1], to[1]) >= -aroundMetres &&
        Math.min(from[0], to[0]) <= right + aroundMetres &&
        Math.min(from[1], to[1]) <= top + aroundMetres
      if (isNear) {
        points.push(point)
        ends.push(...from, ...to)
      }
      from = to
    }
  }
  const column = (of: number) => Float64Array.from(points, (_, i) => ends[i * 4 + of]!)
  return {
    stretches: { ax: column(0), ay: column(1), bx: column(2), by: column(3) },
    points: Int32Array.from(points),
  }
}

function edgesOfPoints({ edgeCount, pointStart, pointLng }: Streets): Int32Array {
  const edgeOf = new Int32Array(pointLng.length)
  for (let edge = 0; edge < edgeCount; edge++) edgeOf.fill(edge, pointStart[edge], pointStart[edge + 1])
  return edgeOf
}
