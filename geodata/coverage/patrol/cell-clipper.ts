import type { LngLat, Ring } from '../../shared/geojson.ts'

/** Coordinates of a MultiPolygon in degrees. */
export type CellShape = readonly (readonly Ring[])[]

/** Nearer to a border than this, a place is on it: lines are kept to a millionth of a degree. */
const BORDER_DEGREES = 1.5e-6
/** Parts of a segment that are shorter are of its ends. */
const SHORTEST = 1e-12

interface Edges {
  west: number
  south: number
  east: number
  north: number
  /** ax, ay, bx, by of each edge of all rings. */
  sides: Float64Array
}

/**
 * Cuts lines at the borders of cells, straight in longitude and latitude as the database does. What lies on a border is
 * shared evenly by the cells that it divides, so that the parts of a line always add up to the line.
 */
export class CellClipper {
  private readonly cells: Edges[]

  constructor(shapes: readonly CellShape[]) {
    this.cells = shapes.map(edgesOf)
  }

  /** Shares of a segment in each cell that it meets, and outside all of them (undefined). They add up to 1. */
  shares([ax, ay]: LngLat, [bx, by]: LngLat): [cell: number | undefined, share: number][] {
    const near: number[] = []
    const cuts = [0, 1]
    const [west, east] = [Math.min(ax, bx) - BORDER_DEGREES, Math.max(ax, bx) + BORDER_DEGREES]
    const [south, north] = [Math.min(ay, by) - BORDER_DEGREES, Math.max(ay, by) + BORDER_DEGREES]
    for (const [cell, edges] of this.cells.entries()) {
      if (edges.west > east || edges.east < west || edges.south > north || edges.north < south) continue
      near.push(cell)
      cutAt(cuts, edges.sides, ax, ay, bx, by)
    }
    if (near.length === 0) return [[undefined, 1]]
    cuts.sort((a, b) => a - b)
    const shares = new Map<number | undefined, number>()
    const add = (cell: number | undefined, share: number) => shares.set(cell, (shares.get(cell) ?? 0) + share)
    let from = 0
    for (const [place, cut] of cuts.entries()) {
      const isLast = place === cuts.length - 1
      if (cut - from < SHORTEST && !(isLast && from === 0)) continue
      const to = isLast || 1 - cut < SHORTEST ? 1 : cut
      const middle = (from + to) / 2
      const [x, y] = [ax + middle * (bx - ax), ay + middle * (by - ay)]
      const holding = near.filter((cell) => this.holds(cell, x, y))
      for (const cell of holding) add(cell, (to - from) / holding.length)
      if (holding.length === 0) add(undefined, to - from)
      from = to
      if (to === 1) break
    }
    return [...shares]
  }

  /** The first of the cells that hold a place, or on whose border it lies. */
  cellAt([x, y]: LngLat): number | undefined {
    const found = this.cells.findIndex((_, cell) => this.holds(cell, x, y))
    return found < 0 ? undefined : found
  }

  private holds(cell: number, x: number, y: number): boolean {
    const { west, south, east, north, sides } = this.cells[cell]!
    if (x < west - BORDER_DEGREES || x > east + BORDER_DEGREES) return false
    if (y < south - BORDER_DEGREES || y > north + BORDER_DEGREES) return false
    let isInside = false
    for (let at = 0; at < sides.length; at += 4) {
      const [ax, ay, bx, by] = [sides[at]!, sides[at + 1]!, sides[at + 2]!, sides[at + 3]!]
      if (isOn(x, y, ax, ay, bx, by)) return true
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isInside = !isInside
    }
    return isInside
  }
}

function edgesOf(shape: CellShape): Edges {
  const sides: number[] = []
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of shape.flat())
    for (let at = 1; at < ring.length; at++) {
      const [a, b] = [ring[at - 1]!, ring[at]!]
      sides.push(a[0], a[1], b[0], b[1])
      west = Math.min(west, a[0])
      east = Math.max(east, a[0])
      south = Math.min(south, a[1])
      north = Math.max(north, a[1])
    }
  return { west, south, east, north, sides: Float64Array.from(sides) }
}

/** Adds where the segment from a to b meets sides; along a side, where that begins and ends. */
function cutAt(cuts: number[], sides: Float64Array, ax: number, ay: number, bx: number, by: number): void {
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  if (squared === 0) return
  for (let at = 0; at < sides.length; at += 4) {
    const [cx, cy, ex, ey] = [sides[at]!, sides[at + 1]!, sides[at + 2]!, sides[at + 3]!]
    const [sx, sy] = [ex - cx, ey - cy]
    const cross = dx * sy - dy * sx
    if (cross !== 0) {
      const share = ((cx - ax) * sy - (cy - ay) * sx) / cross
      const along = ((cx - ax) * dy - (cy - ay) * dx) / cross
      if (share > 0 && share < 1 && along >= 0 && along <= 1) cuts.push(share)
    }
    // A segment along a side is cut at its ends, also when rounding has turned it a little.
    for (const [x, y] of [
      [cx, cy],
      [ex, ey],
    ] as const) {
      if (!isOn(x, y, ax, ay, bx, by)) continue
      const share = ((x - ax) * dx + (y - ay) * dy) / squared
      if (share > 0 && share < 1) cuts.push(share)
    }
  }
}

function isOn(x: number, y: number, ax: number, ay: number, bx: number, by: number): boolean {
  if (x < Math.min(ax, bx) - BORDER_DEGREES || x > Math.max(ax, bx) + BORDER_DEGREES) return false
  if (y < Math.min(ay, by) - BORDER_DEGREES || y > Math.max(ay, by) + BORDER_DEGREES) return false
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared))
  return Math.hypot(x - ax - share * dx, y - ay - share * dy) <= BORDER_DEGREES
}
