import { localPlane } from '../../editing/local-plane.ts'
import type { Bbox, LngLat } from '../../shared/geojson.ts'

/** Samples on a lattice of squares over a box, row by row from the south-west. */
export interface Lattice {
  width: number
  height: number
  stepMetres: number
  /** Metres in the plane, from samples; and back to degrees. */
  toMetres(lngLat: LngLat): readonly [east: number, north: number]
  toLngLat(column: number, row: number): LngLat
}

/** Samples that one lattice has at most: what is larger is sampled more coarsely. */
const MOST_SAMPLES = 4_000_000
export const FINEST_STEP_METRES = 5

/** Over a box in degrees that does not cross the antimeridian, and so many metres around it. */
export function layLattice([west, south, east, north]: Bbox, aroundMetres: number): Lattice {
  const plane = localPlane([(west + east) / 2, (south + north) / 2])
  const [left, bottom] = plane.toMetres([west, south])
  const [right, top] = plane.toMetres([east, north])
  const sizeOf = (low: number, high: number) => high - low + 2 * aroundMetres
  const stepMetres = Math.max(
    FINEST_STEP_METRES,
    Math.sqrt((sizeOf(left, right) * sizeOf(bottom, top)) / MOST_SAMPLES),
  )
  // Two samples more on each side: the outermost are outside of everything.
  const around = aroundMetres + 2 * stepMetres
  const origin = [left - around, bottom - around] as const
  return {
    width: Math.ceil((right - left + 2 * around) / stepMetres) + 1,
    height: Math.ceil((top - bottom + 2 * around) / stepMetres) + 1,
    stepMetres,
    toMetres(lngLat) {
      const [x, y] = plane.toMetres(lngLat)
      return [x - origin[0], y - origin[1]]
    },
    toLngLat: (column, row) =>
      plane.toLngLat([column * stepMetres + origin[0], row * stepMetres + origin[1]]),
  }
}

/** Stretches in metres of the plane of a lattice; a place is a stretch between itself and itself. */
export interface Stretches {
  ax: Float64Array
  ay: Float64Array
  bx: Float64Array
  by: Float64Array
}

export interface NearestStretch {
  /** By sample: the nearest stretch, -1 when there is none at all. */
  stretch: Int32Array
  /** By sample: straight to it. */
  metres: Float32Array
}

/**
 * The nearest stretch of every sample, by passing each sample's nearest on to its neighbours in two sweeps (Danielsson
 * 1980, with stretches in place of points). A sample may be told of one that is farther by a part of a step. Stretches
 * outside the lattice are not seen.
 */
export function nearestStretches(lattice: Lattice, stretches: Stretches): NearestStretch {
  const { width, height, stepMetres } = lattice
  const stretch = new Int32Array(width * height).fill(-1)
  const squared = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY)
  const offer = (column: number, row: number, one: number) => {
    if (column < 0 || row < 0 || column >= width || row >= height) return
    const sample = row * width + column
    if (stretch[sample] === one) return
    const found = squaredTo(stretches, one, column * stepMetres, row * stepMetres)
    if (found >= squared[sample]!) return
    squared[sample] = found
    stretch[sample] = one
  }
  for (let one = 0; one < stretches.ax.length; one++) {
    const [ax, ay, bx, by] = [stretches.ax[one]!, stretches.ay[one]!, stretches.bx[one]!, stretches.by[one]!]
    const pieces = Math.ceil((Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / stepMetres) * 2)
    for (let piece = 0; piece <= pieces; piece++) {
      const share = pieces === 0 ? 0 : piece / pieces
      const column = Math.floor((ax + share * (bx - ax)) / stepMetres)
      const row = Math.floor((ay + share * (by - ay)) / stepMetres)
      offer(column, row, one)
      offer(column + 1, row, one)
      offer(column, row + 1, one)
      offer(column + 1, row + 1, one)
    }
  }
  const take = (column: number, row: number, fromColumn: number, fromRow: number) => {
    if (fromColumn < 0 || fromRow < 0 || fromColumn >= width || fromRow >= height) return
    const one = stretch[fromRow * width + fromColumn]!
    // Most neighbours have the same already.
    if (one >= 0 && one !== stretch[row * width + column]!) offer(column, row, one)
  }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      take(column, row, column - 1, row)
      take(column, row, column - 1, row - 1)
      take(column, row, column, row - 1)
      take(column, row, column + 1, row - 1)
    }
    for (let column = width - 1; column >= 0; column--) take(column, row, column + 1, row)
  }
  for (let row = height - 1; row >= 0; row--) {
    for (let column = width - 1; column >= 0; column--) {
      take(column, row, column + 1, row)
      take(column, row, column - 1, row + 1)
      take(column, row, column, row + 1)
      take(column, row, column + 1, row + 1)
    }
    for (let column = 0; column < width; column++) take(column, row, column - 1, row)
  }
  return { stretch, metres: squared.map(Math.sqrt) }
}

/** How far along a stretch its place nearest to another lies, 0 to 1. */
export function footShare({ ax, ay, bx, by }: Stretches, one: number, x: number, y: number): number {
  const dx = bx[one]! - ax[one]!
  const dy = by[one]! - ay[one]!
  const squared = dx * dx + dy * dy
  if (squared === 0) return 0
  return Math.min(1, Math.max(0, ((x - ax[one]!) * dx + (y - ay[one]!) * dy) / squared))
}

function squaredTo(stretches: Stretches, one: number, x: number, y: number): number {
  const share = footShare(stretches, one, x, y)
  const dx = stretches.ax[one]! + share * (stretches.bx[one]! - stretches.ax[one]!) - x
  const dy = stretches.ay[one]! + share * (stretches.by[one]! - stretches.ay[one]!) - y
  return dx * dx + dy * dy
}
