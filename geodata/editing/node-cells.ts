import type { Cell } from './cell-set.ts'
import { boxAround } from './edge-index.ts'
import {
  edgesOf,
  keyOf,
  type LatticePoint,
  nearestOnSegment,
  type Shape,
  same,
  toMultiPolygon,
  toShape,
  twiceArea,
} from './lattice.ts'

/** Lattice units within which two vertices are one, and a vertex lies on an edge: about 2 cm. */
export const NODE_TOLERANCE = 2
const BUCKET = 10_000
/** An edge over more buckets than this looks through all vertices. */
const MAX_BUCKETS = 4096

/**
 * Makes borders conforming: vertices within the tolerance of each other become one (that of the outer level wins), and
 * an edge that passes a vertex within the tolerance gets that vertex. Cells that this would flatten stay as they are.
 * `changed` are those that differ from what was given; the others are the very values given. No order is changed.
 */
export function nodeCells(cells: Cell[]): { cells: Cell[]; changed: Cell[] } {
  const shapes = cells.map(({ geometry }) => toShape(geometry))
  const order = cells.map((_, i) => i).sort((i, j) => rank(cells[i]!) - rank(cells[j]!))
  const grid = new VertexGrid()
  for (const i of order) for (const ring of shapes[i]!.flat()) for (const point of ring) grid.add(point)
  const changed: Cell[] = []
  const noded = cells.map((cell, i) => {
    const before = shapes[i]!
    const after = before.map((rings) => rings.map((ring) => nodeRing(ring, grid)))
    if (!keepsRings(before, after) || isEqual(before, after)) return cell
    const made = { ...cell, geometry: toMultiPolygon(after) }
    changed.push(made)
    return made
  })
  return { cells: noded, changed }
}

const rank = ({ layer }: Cell) => (layer === 'communities' ? 0 : layer === 'grids' ? 1 : 2)

function nodeRing(ring: LatticePoint[], grid: VertexGrid): LatticePoint[] {
  const welded = ring.map((point) => grid.add(point))
  const result: LatticePoint[] = []
  const push = (point: LatticePoint) => {
    if (result.length === 0 || !same(result.at(-1)!, point)) result.push(point)
  }
  for (let i = 0; i < welded.length; i++) {
    const from = welded[i]!
    const to = welded[(i + 1) % welded.length]!
    push(from)
    const between = grid
      .near(from, to)
      .filter((point) => !same(point, from) && !same(point, to))
      .map((point) => ({ point, ...nearestOnSegment(point, from, to) }))
      .filter(({ t, distance }) => t > 0 && t < 1 && distance <= NODE_TOLERANCE)
      .sort((one, other) => one.t - other.t)
    for (const { point } of between) push(point)
  }
  while (result.length > 1 && same(result[0]!, result.at(-1)!)) result.pop()
  return result
}

const keepsRings = (before: Shape, after: Shape): boolean =>
  after.every((rings, p) =>
    rings.every((ring, r) => {
      if (ring.length < 3 || new Set(ring.map(keyOf)).size < ring.length) return false
      return Math.sign(twiceArea(ring)) === Math.sign(twiceArea(before[p]![r]!))
    }),
  )

function isEqual(one: Shape, other: Shape): boolean {
  const edges = [...edgesOf(one)]
  const others = [...edgesOf(other)]
  return edges.length === others.length && edges.every(([from], i) => same(from, others[i]![0]))
}

class VertexGrid {
  private readonly buckets = new Map<string, LatticePoint[]>()
  private readonly all: LatticePoint[] = []

  /** The vertex that stands for this point: one that is there within the tolerance, else the point itself. */
  add(point: LatticePoint): LatticePoint {
    const found = this.near(point, point).filter(
      ([x, y]) => Math.hypot(x - point[0], y - point[1]) <= NODE_TOLERANCE,
    )
    const exact = found.find((vertex) => same(vertex, point))
    if (exact) return exact
    if (found[0]) return found[0]
    const key = `${Math.floor(point[0] / BUCKET)} ${Math.floor(point[1] / BUCKET)}`
    const bucket = this.buckets.get(key)
    if (bucket) bucket.push(point)
    else this.buckets.set(key, [point])
    this.all.push(point)
    return point
  }

  near(from: LatticePoint, to: LatticePoint): LatticePoint[] {
    const box = boxAround([from, to], NODE_TOLERANCE)
    const [west, south, east, north] = box.map((value) => Math.floor(value / BUCKET))
    const inBox = ([x, y]: LatticePoint) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3]
    if ((east! - west! + 1) * (north! - south! + 1) > MAX_BUCKETS) return this.all.filter(inBox)
    const found: LatticePoint[] = []
    for (let x = west!; x <= east!; x++) {
      for (let y = south!; y <= north!; y++) {
        for (const point of this.buckets.get(`${x} ${y}`) ?? []) if (inBox(point)) found.push(point)
      }
    }
    return found
  }
}
