import Delaunator from 'delaunator'
import { type LatticePoint, orient } from '../editing/lattice.ts'
import { Constrainer } from './constrain.ts'
import { pointKey, type Segment } from './node-segments.ts'

/** Triangles whose sides hold every segment. Side i of triangle t is number 3t + i, from vertex to vertex counter-clockwise. */
export interface Triangulation {
  points: LatticePoint[]
  /** Number of the vertex at a place, by pointKey. */
  vertexAt: Map<number, number>
  /** Vertices, three a triangle. */
  corners: Uint32Array
  /** The side on the other side, −1 on the rim. */
  twins: Int32Array
}

/**
 * Constrained Delaunay triangulation of noded segments, out to a frame far around them: what lies outside is for the caller to
 * tell. Delaunator gives the triangles, then segments that are no side become one.
 */
export function triangulate(segments: readonly Segment[]): Triangulation {
  const points: LatticePoint[] = []
  const vertexAt = new Map<number, number>()
  const vertexOf = (point: LatticePoint): number => {
    const key = pointKey(point)
    const known = vertexAt.get(key)
    if (known !== undefined) return known
    vertexAt.set(key, points.push(point) - 1)
    return points.length - 1
  }
  const links = new Map<number, [number, number]>()
  for (const { a, b } of segments) {
    const [from, to] = [vertexOf(a), vertexOf(b)]
    links.set(Math.min(from, to) * 67_108_864 + Math.max(from, to), [from, to])
  }
  const size = points.reduce((most, [x, y]) => Math.max(most, x, y), 0)
  points.push([-size, -size], [2 * size, -size - 1], [2 * size + 1, 2 * size], [-size - 1, 2 * size + 1])
  const coordinates = new Float64Array(points.length * 2)
  points.forEach(([x, y], i) => {
    coordinates[2 * i] = x
    coordinates[2 * i + 1] = y
  })
  const delaunay = new Delaunator(coordinates)
  const mesh = counterClockwise(points, vertexAt, delaunay)
  const constrainer = new Constrainer(mesh)
  for (const [from, to] of links.values()) constrainer.add(from, to)
  return mesh
}

/** Delaunator turns triangles the other way round where y points up: sides are renumbered. */
function counterClockwise(
  points: LatticePoint[],
  vertexAt: Map<number, number>,
  { triangles, halfedges }: { triangles: Uint32Array; halfedges: Int32Array },
): Triangulation {
  const [a, b, c] = [triangles[0]!, triangles[1]!, triangles[2]!]
  if (orient(points[a]!, points[b]!, points[c]!) > 0)
    return { points, vertexAt, corners: triangles, twins: halfedges }
  const corners = new Uint32Array(triangles.length)
  const twins = new Int32Array(halfedges.length)
  // Vertices 0 1 2 become 0 2 1: side 0→1 becomes 1→0, which is side 2; 1→2 stays side 1; 2→0 becomes 0→2, side 0.
  const turned = (side: number) => side - (side % 3) + (2 - (side % 3))
  for (let side = 0; side < triangles.length; side++) {
    const first = side - (side % 3)
    corners[first + [0, 2, 1][side % 3]!] = triangles[side]!
    const twin = halfedges[side]!
    twins[turned(side)] = twin < 0 ? -1 : turned(twin)
  }
  return { points, vertexAt, corners, twins }
}
