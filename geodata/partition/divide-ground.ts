import { edgesOf, type LatticePoint, midpoint, type Shape } from '../editing/lattice.ts'
import { DisjointSets } from '../routing/disjoint-sets.ts'
import { BoxIndex } from './box-index.ts'
import { cutTriangles } from './cut-triangles.ts'
import { labelTriangles } from './label-triangles.ts'
import { BUILDING, nodeSegments, OUTLINE, pointKey, type Segment, STREET } from './node-segments.ts'
import { triangulate } from './triangulate.ts'

/** A line on which borders like to run. `kind`: STREET, WALL or STANDING. */
export interface GroundLine {
  points: readonly LatticePoint[]
  kind: number
}

/** A stretch of border between the ground of two atoms, or of one and what lies outside (−1). */
export interface Border {
  a: LatticePoint
  b: LatticePoint
  /** The atom to the left of a → b, which is never −1. */
  left: number
  right: number
  /** Bits of what runs there. */
  kind: number
}

/** A piece of a street with the atoms on its two sides; −1: outside the cell. */
export interface StreetPiece {
  a: LatticePoint
  b: LatticePoint
  left: number
  right: number
  /** Number of the street among the lines given. */
  line: number
}

/** The ground of a cell, shared out among its buildings. Places are on the lattice of stored coordinates. */
export interface Ground {
  /** For each atom the buildings that stand on it, by their number; buildings that touch or overlap are one atom. */
  atoms: number[][]
  borders: Border[]
  streets: StreetPiece[]
  /** Buildings that reach out of the cell: what lies outside is left out. */
  crossing: number[]
}

/** Long lines get vertices in between, so that borders meet them where buildings stand: about 15 metres. */
const STEP = 1_500

/**
 * Shares out a cell among the buildings given, none of which is divided: together the pieces are the cell. Borders
 * run midway between buildings, or along a street, wall or standing border where one lies between. No building: one
 * atom without any has it all. Method: constrained Delaunay triangles; those between buildings are cut at the middles
 * of their sides (chordal axis: Prasad 1997). Buildings are expected to stand in the cell at least in part.
 */
export function divideGround(cell: Shape, buildings: readonly Shape[], lines: readonly GroundLine[]): Ground {
  const toLocal = localiser(cell)
  const outline = toLocal.shape(cell)
  const shapes = buildings.map(toLocal.shape)
  const local = lines.map(({ points, kind }) => ({ kind, points: points.map(toLocal.point) }))
  const index = new BoxIndex(shapes)
  const inCell = new BoxIndex([outline])
  const noded = nodeSegments([
    ...segmentsOf(outline, OUTLINE, -1, STEP),
    ...shapes.flatMap((shape, owner) => segmentsOf(shape, BUILDING, owner)),
    ...local.flatMap(({ points, kind }, owner) => segmentsAlong(points, kind, owner, toLocal.box)),
  ])
  const crossing = new Set<number>()
  const kept = noded.filter((segment) => {
    if (segment.kind & OUTLINE) return true
    const middle = midpoint(segment.a, segment.b)
    const isInside = inCell.around(middle).length > 0
    if (!isInside && segment.kind & BUILDING) crossing.add(segment.owner)
    if (!isInside || segment.kind & BUILDING) return isInside
    return index.around(middle).length === 0
  })
  const mesh = triangulate(kept)
  const sets = new DisjointSets(buildings.length)
  const labels = labelTriangles(mesh, kept, shapes, inCell, index, sets)
  const { atomOf, atoms } = numberAtoms(sets, buildings.length)
  const cut = cutTriangles(mesh, labels, atomOf, kept)
  return {
    atoms,
    borders: cut.borders.map((border) => ({
      ...border,
      a: toLocal.back(border.a),
      b: toLocal.back(border.b),
    })),
    streets: kept.flatMap((segment) => {
      if (!(segment.kind & STREET)) return []
      const [left, right] = cut.sidesOf(segment)
      return [{ a: toLocal.back(segment.a), b: toLocal.back(segment.b), left, right, line: segment.owner }]
    }),
    crossing: [...crossing].sort((a, b) => a - b),
  }
}

/** Coordinates from the cell's corner: small whole numbers. */
function localiser(cell: Shape) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [[x, y]] of edgesOf(cell)) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  // Buildings may reach out of the cell: what is keyed must not be negative.
  const margin = 1_000_000
  const [dx, dy] = [west - margin, south - margin]
  const point = ([x, y]: LatticePoint): LatticePoint => [x - dx, y - dy]
  return {
    box: [margin, margin, east - dx, north - dy] as const,
    point,
    shape: (shape: Shape): Shape => shape.map((rings) => rings.map((ring) => ring.map(point))),
    back: ([x, y]: LatticePoint): LatticePoint => [x + dx, y + dy],
  }
}

const segmentsOf = (shape: Shape, kind: number, owner: number, step = Infinity): Segment[] =>
  [...edgesOf(shape)].flatMap(([a, b]) =>
    inSteps(a, b, step).map(([from, to]) => ({ a: from, b: to, kind, owner })),
  )

function segmentsAlong(
  points: readonly LatticePoint[],
  kind: number,
  owner: number,
  [west, south, east, north]: readonly [number, number, number, number],
): Segment[] {
  const found: Segment[] = []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    const isNear =
      Math.max(a[0], b[0]) >= west &&
      Math.min(a[0], b[0]) <= east &&
      Math.max(a[1], b[1]) >= south &&
      Math.min(a[1], b[1]) <= north
    if (!isNear) continue
    for (const [from, to] of inSteps(a, b, STEP)) found.push({ a: from, b: to, kind, owner })
  }
  return found
}

/** The same points in both directions: neighbours have the line the other way round. */
function inSteps(a: LatticePoint, b: LatticePoint, step: number): [LatticePoint, LatticePoint][] {
  const count = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / step))
  if (count === 1 || !Number.isFinite(step)) return [[a, b]]
  const isTurned = pointKey(a) > pointKey(b)
  const [from, to] = isTurned ? [b, a] : [a, b]
  const points = Array.from({ length: count + 1 }, (_, i): LatticePoint => {
    if (i === 0 || i === count) return i === 0 ? from : to
    return [
      Math.round(from[0] + ((to[0] - from[0]) * i) / count),
      Math.round(from[1] + ((to[1] - from[1]) * i) / count),
    ]
  })
  if (isTurned) points.reverse()
  return points.slice(1).map((point, i) => [points[i]!, point])
}

function numberAtoms(sets: DisjointSets, count: number): { atomOf: Int32Array; atoms: number[][] } {
  const atomOf = new Int32Array(count)
  const atoms: number[][] = []
  const numbers = new Map<number, number>()
  for (let building = 0; building < count; building++) {
    const root = sets.find(building)
    const atom = numbers.get(root) ?? atoms.push([]) - 1
    numbers.set(root, atom)
    atomOf[building] = atom
    atoms[atom]!.push(building)
  }
  if (count === 0) atoms.push([])
  return { atomOf, atoms }
}
