import { LATTICE } from './vertex-table.ts'
import type { Streets } from './walk-graph.ts'

/** Side of a cell in 1e-7 degrees: about 110 metres north to south. */
const CELL = 10_000
const CELLS_AROUND = (360 * LATTICE) / CELL
/** A stretch through more cells than this is looked at every time, and for a larger box every stretch is. */
const MAX_CELLS = 4096

/**
 * Finds the stretches of edges near a place; a stretch goes by the number of its first point. Cells are hashed into
 * buckets, so that empty land costs nothing; a bucket may hold stretches of other cells as well.
 */
export class SegmentGrid {
  readonly edgeOfPoint: Int32Array
  private readonly bucketStart: Int32Array
  private readonly stretches: Int32Array
  private readonly long: number[] = []
  private readonly mask: number

  constructor({ edgeCount, pointStart, pointLng, pointLat }: Streets) {
    this.edgeOfPoint = new Int32Array(pointLng.length)
    let size = 16
    while (size < pointLng.length) size *= 2
    this.mask = size - 1
    const buckets: number[] = []
    const stretches: number[] = []
    for (let edge = 0; edge < edgeCount; edge++) {
      const last = pointStart[edge + 1]! - 1
      this.edgeOfPoint.fill(edge, pointStart[edge], last + 1)
      for (let point = pointStart[edge]!; point < last; point++) {
        const cells = cellsAlong(
          pointLng[point]!,
          pointLat[point]!,
          pointLng[point + 1]!,
          pointLat[point + 1]!,
        )
        if (!cells) this.long.push(point)
        for (const [column, row] of cells ?? []) {
          buckets.push(this.bucketOf(column, row))
          stretches.push(point)
        }
      }
    }
    this.bucketStart = new Int32Array(size + 1)
    for (const bucket of buckets) this.bucketStart[bucket + 1]!++
    for (let i = 0; i < size; i++) this.bucketStart[i + 1]! += this.bucketStart[i]!
    const next = this.bucketStart.slice()
    this.stretches = new Int32Array(stretches.length)
    for (let i = 0; i < stretches.length; i++) this.stretches[next[buckets[i]!]!++] = stretches[i]!
  }

  /** All stretches that meet a box in degrees, and others; some come more than once. Undefined: look at all. */
  near(west: number, south: number, east: number, north: number): number[] | undefined {
    const [left, bottom, right, top] = [west, south, east, north].map((degrees) =>
      Math.floor((degrees * LATTICE) / CELL),
    ) as [number, number, number, number]
    if (!((right - left + 1) * (top - bottom + 1) <= MAX_CELLS)) return undefined
    const found = [...this.long]
    for (let row = bottom; row <= top; row++)
      for (let column = left; column <= right; column++) {
        const bucket = this.bucketOf(column, row)
        for (let i = this.bucketStart[bucket]!; i < this.bucketStart[bucket + 1]!; i++)
          found.push(this.stretches[i]!)
      }
    return found
  }

  private bucketOf(column: number, row: number): number {
    const around = ((column % CELLS_AROUND) + CELLS_AROUND) % CELLS_AROUND
    const mixed = Math.imul(around, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & this.mask
  }
}

/** Column and row of the cells that a stretch goes through; undefined when they are too many. */
function cellsAlong(
  fromLng: number,
  fromLat: number,
  toLng: number,
  toLat: number,
): [column: number, row: number][] | undefined {
  const cellOf = (lattice: number) => Math.floor(lattice / CELL)
  const [x0, y0, x1, y1] = [fromLng * LATTICE, fromLat * LATTICE, toLng * LATTICE, toLat * LATTICE]
  const [south, north] = [Math.min(y0, y1), Math.max(y0, y1)]
  if (cellOf(north) - cellOf(south) + Math.abs(cellOf(x1) - cellOf(x0)) > MAX_CELLS) return undefined
  const cells: [number, number][] = []
  const xAt = (y: number) => (y1 === y0 ? x0 : x0 + ((y - y0) / (y1 - y0)) * (x1 - x0))
  for (let row = cellOf(south); row <= cellOf(north); row++) {
    const ends =
      y0 === y1 ? [x0, x1] : [xAt(Math.max(south, row * CELL)), xAt(Math.min(north, (row + 1) * CELL))]
    // A lattice unit more on both sides: the place where a row is crossed is rounded.
    const [left, right] = [cellOf(Math.min(...ends) - 1), cellOf(Math.max(...ends) + 1)]
    for (let column = left; column <= right; column++) cells.push([column, row])
  }
  return cells
}
