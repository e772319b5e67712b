import type { LngLat, Ring } from '../../shared/geojson.ts'
import type { Lattice } from './lattice-field.ts'

/** Neighbours that differ by more than this many steps stand on two sides of a jump: it is drawn half way. */
const JUMP_STEPS = 3
/** No corner comes nearer to a sample than this share of a step, so that rings do not touch themselves. */
const CLEARANCE = 0.02
/** Corners that stand off the line between their neighbours by less than this share of a step are left out. */
const STRAIGHT = 0.005

/** For each pattern of samples inside (south-west 1, south-east 2, north-east 4, north-west 8): from side to side, the inside on the left. Sides: south 0, east 1, north 2, west 3. */
const WAYS: readonly (readonly [from: number, to: number])[][] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  // Samples inside that meet at a corner alone are kept apart.
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
]

/**
 * The ground where a field is not above 0, as polygons in degrees, holes after their outer ring (marching squares,
 * Lorensen & Cline 1987 in the plane; corners by linear interpolation). `excess`: metres above, by sample; samples at
 * the lattice's border count as above.
 */
export function traceField(lattice: Lattice, excess: Float32Array): Ring[][] {
  const { width, height } = lattice
  const isInside = (column: number, row: number) =>
    column > 0 && row > 0 && column < width - 1 && row < height - 1 && excess[row * width + column]! <= 0
  const samples = width * height
  // A crossing goes by the side it is on: eastwards from a sample, or, `samples` more, northwards.
  const next = new Int32Array(samples * 2).fill(-1)
  const sideOf = (column: number, row: number, side: number) =>
    side === 0
      ? row * width + column
      : side === 1
        ? samples + row * width + column + 1
        : side === 2
          ? (row + 1) * width + column
          : samples + row * width + column
  for (let row = 0; row < height - 1; row++)
    for (let column = 0; column < width - 1; column++) {
      const pattern =
        (isInside(column, row) ? 1 : 0) +
        (isInside(column + 1, row) ? 2 : 0) +
        (isInside(column + 1, row + 1) ? 4 : 0) +
        (isInside(column, row + 1) ? 8 : 0)
      for (const [from, to] of WAYS[pattern]!) next[sideOf(column, row, from)] = sideOf(column, row, to)
    }

  const bodies = bodiesOf(width, height, isInside)
  const polygons = new Map<number, Ring[]>()
  for (let first = 0; first < next.length; first++) {
    if (next[first]! < 0) continue
    const corners: [column: number, row: number][] = []
    const body = bodies[insideEnd(first, samples, width, isInside)]!
    for (let side = first; next[side]! >= 0; ) {
      corners.push(crossing(side, samples, lattice, excess, isInside))
      const after = next[side]!
      next[side] = -1
      side = after
    }
    const ring = straighten(corners)
    if (ring.length < 3) continue
    const closed = [...ring, ring[0]!].map(([column, row]): LngLat => lattice.toLngLat(column, row))
    const rings = polygons.get(body)
    if (!rings) polygons.set(body, [closed])
    else if (turn(ring) > 0) rings.unshift(closed)
    else rings.push(closed)
  }
  return [...polygons.values()]
}

type Inside = (column: number, row: number) => boolean

/** Of the two samples of a side, by number, that which is inside. */
function insideEnd(side: number, samples: number, width: number, isInside: Inside): number {
  const near = side % samples
  const far = near + (side < samples ? 1 : width)
  return isInside(near % width, Math.floor(near / width)) ? near : far
}

/** Where the border crosses a side, in steps. */
function crossing(
  side: number,
  samples: number,
  { width, stepMetres }: Lattice,
  excess: Float32Array,
  isInside: Inside,
): [column: number, row: number] {
  const near = side % samples
  const isEastwards = side < samples
  const far = near + (isEastwards ? 1 : width)
  const column = near % width
  const row = Math.floor(near / width)
  const isNearInside = isInside(column, row)
  const inside = excess[isNearInside ? near : far]!
  const outside = excess[isNearInside ? far : near]!
  // A sample of the border counts as above whatever its field is.
  const isJump = !(outside > 0) || !(outside - inside <= JUMP_STEPS * stepMetres)
  const share = isJump ? 0.5 : Math.min(1 - CLEARANCE, Math.max(CLEARANCE, -inside / (outside - inside)))
  const along = isNearInside ? share : 1 - share
  return isEastwards ? [column + along, row] : [column, row + along]
}

/** By sample: the body of samples inside that hang together by their sides; 0 outside. */
function bodiesOf(width: number, height: number, isInside: Inside): Int32Array {
  const bodies = new Int32Array(width * height)
  const waiting: number[] = []
  let count = 0
  for (let sample = 0; sample < bodies.length; sample++) {
    if (bodies[sample] !== 0 || !isInside(sample % width, Math.floor(sample / width))) continue
    bodies[sample] = ++count
    waiting.push(sample)
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
      for (const beside of [at - 1, at + 1, at - width, at + width]) {
        if (bodies[beside] !== 0 || !isInside(beside % width, Math.floor(beside / width))) continue
        bodies[beside] = count
        waiting.push(beside)
      }
  }
  return bodies
}

/** Without corners on straight lines. */
function straighten(ring: readonly [column: number, row: number][]): [column: number, row: number][] {
  const kept: [column: number, row: number][] = []
  for (const [at, corner] of ring.entries()) {
    const before = kept.at(-1) ?? ring.at(-1)!
    const after = ring[(at + 1) % ring.length]!
    const length = Math.hypot(after[0] - before[0], after[1] - before[1])
    const off =
      length === 0
        ? Number.POSITIVE_INFINITY
        : Math.abs(
            (after[0] - before[0]) * (corner[1] - before[1]) -
              (after[1] - before[1]) * (corner[0] - before[0]),
          ) / length
    if (off >= STRAIGHT) kept.push(corner)
  }
  return kept
}

/** Twice the area; above 0 for a ring that turns to the left. */
const turn = (ring: readonly [column: number, row: number][]): number =>
  ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!
    return sum + x * nextY - nextX * y
  }, 0)
