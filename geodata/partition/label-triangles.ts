import type { LatticePoint, Shape } from '../editing/lattice.ts'
import type { DisjointSets } from '../routing/disjoint-sets.ts'
import type { BoxIndex } from './box-index.ts'
import { BUILDING, OUTLINE, pointKey, type Segment } from './node-segments.ts'
import type { Triangulation } from './triangulate.ts'

export const OUTSIDE = -2
export const FREE = -1

export interface Labels {
  /** For each triangle the building that stands on it, FREE or OUTSIDE. */
  triangles: Int32Array
  /** For each vertex a building that has it, or FREE. */
  vertices: Int32Array
}

/**
 * Tells which triangles lie outside the cell, which under a building and which between. Buildings that stand on each other or have
 * a vertex in common are joined in `sets`.
 */
export function labelTriangles(
  { points, vertexAt, corners, twins }: Triangulation,
  segments: readonly Segment[],
  buildings: readonly Shape[],
  inCell: BoxIndex,
  index: BoxIndex,
  sets: DisjointSets,
): Labels {
  const vertices = new Int32Array(points.length).fill(FREE)
  const fences = new Set<number>()
  for (const { a, b, kind, owner } of segments) {
    const [from, to] = [vertexAt.get(pointKey(a))!, vertexAt.get(pointKey(b))!]
    if (kind & (OUTLINE | BUILDING)) fences.add(linkKey(from, to))
    if (!(kind & BUILDING)) continue
    for (const vertex of [from, to]) {
      const known = vertices[vertex]!
      if (known === FREE) vertices[vertex] = owner
      else sets.join(known, owner)
    }
  }
  const triangles = new Int32Array(corners.length / 3).fill(FREE)
  const seen = new Uint8Array(triangles.length)
  for (let first = 0; first < triangles.length; first++) {
    if (seen[first]) continue
    const region = regionOf(first, corners, twins, fences, seen)
    const label = labelOf(middleOfLargest(region, points, corners), inCell, index, sets)
    for (const triangle of region) triangles[triangle] = label
  }
  // A building of which nothing is left, flat or wholly outside, stands with whatever is at its first corner.
  joinLost(buildings, vertices, triangles, sets)
  return { triangles, vertices }
}

export const linkKey = (a: number, b: number): number => Math.min(a, b) * 67_108_864 + Math.max(a, b)

/** Triangles that are reached without crossing an outline or the wall of a building. */
function regionOf(
  first: number,
  corners: Uint32Array,
  twins: Int32Array,
  fences: ReadonlySet<number>,
  seen: Uint8Array,
): number[] {
  const region = [first]
  seen[first] = 1
  for (let at = 0; at < region.length; at++) {
    for (let i = 0; i < 3; i++) {
      const side = 3 * region[at]! + i
      const twin = twins[side]!
      if (twin < 0) continue
      const next = Math.floor(twin / 3)
      if (seen[next] || fences.has(linkKey(corners[side]!, corners[twin]!))) continue
      seen[next] = 1
      region.push(next)
    }
  }
  return region
}

function middleOfLargest(region: number[], points: LatticePoint[], corners: Uint32Array): LatticePoint {
  let best: LatticePoint = [0, 0]
  let largest = -1
  for (const triangle of region) {
    const [a, b, c] = [0, 1, 2].map((i) => points[corners[3 * triangle + i]!]!) as [
      LatticePoint,
      LatticePoint,
      LatticePoint,
    ]
    const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
    if (area <= largest) continue
    largest = area
    best = [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3]
  }
  return best
}

function labelOf(at: LatticePoint, inCell: BoxIndex, index: BoxIndex, sets: DisjointSets): number {
  if (inCell.around(at).length === 0) return OUTSIDE
  const [first, ...others] = index.around(at)
  if (first === undefined) return FREE
  for (const other of others) sets.join(first, other)
  return first
}

function joinLost(
  buildings: readonly Shape[],
  vertices: Int32Array,
  triangles: Int32Array,
  sets: DisjointSets,
): void {
  const present = new Set<number>()
  for (const label of vertices) if (label >= 0) present.add(sets.find(label))
  for (const label of triangles) if (label >= 0) present.add(sets.find(label))
  const heir = [...present][0]
  if (heir === undefined) return
  for (let building = 0; building < buildings.length; building++)
    if (!present.has(sets.find(building))) sets.join(heir, building)
}
