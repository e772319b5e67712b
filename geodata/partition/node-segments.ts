import { type LatticePoint, nearestOnSegment, segmentsClash } from '../editing/lattice.ts'

/** What a segment is: bits, because one segment may be several things. */
export const OUTLINE = 1
export const BUILDING = 2
export const STREET = 4
export const WALL = 8
/** The border of a cell that is there now. */
export const STANDING = 16

export interface Segment {
  a: LatticePoint
  b: LatticePoint
  /** Bits of what it is. */
  kind: number
  /** Of whom: a building, a street; −1 where that says nothing. */
  owner: number
}

/** Side of a bucket in lattice units: about 20 metres. */
const BUCKET = 2_000
/** A vertex this near to a segment lies on it: a centimetre. */
const TOLERANCE = 1
const MAX_ROUNDS = 12

/**
 * Cuts segments where they cross, touch or overlap, so that afterwards they meet at ends only. Crossings come to lie
 * on the lattice, so a piece may end up to a centimetre beside its line; that may make new crossings, which are cut
 * again. What still clashes after some rounds is left out unless it is of the outline. Afterwards each segment is there once for
 * each owner.
 */
export function nodeSegments(given: readonly Segment[]): Segment[] {
  let segments = unique(given)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { crossings, clashing } = findCrossings(segments)
    const noded = splitAtVertices(segments, crossings)
    if (crossings.length === 0 && noded === segments) return segments
    segments = noded
    if (round === MAX_ROUNDS - 1 && clashing.size > 0) break
  }
  const { clashing } = findCrossings(segments)
  return segments.filter((segment) => !clashing.has(segment) || (segment.kind & OUTLINE) !== 0)
}

/** Where segments cross between their ends, on the lattice. Ends on other segments are for splitAtVertices. */
function findCrossings(segments: readonly Segment[]) {
  const crossings: LatticePoint[] = []
  const clashing = new Set<Segment>()
  const buckets = new Map<number, number[]>()
  segments.forEach((segment, i) => {
    for (const key of bucketsOf(segment)) {
      const held = buckets.get(key)
      if (!held) {
        buckets.set(key, [i])
        continue
      }
      for (const j of held) {
        const other = segments[j]!
        if (!boxesMeet(segment, other) || !segmentsClash(segment.a, segment.b, other.a, other.b)) continue
        clashing.add(segment)
        clashing.add(other)
        const at = crossingOf(segment, other)
        if (at) crossings.push(at)
      }
      held.push(i)
    }
  })
  return { crossings, clashing }
}

function crossingOf({ a, b }: Segment, { a: c, b: d }: Segment): LatticePoint | undefined {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const cross = rx * sy - ry * sx
  if (cross === 0) return undefined
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
  if (t <= 0 || t >= 1 || u <= 0 || u >= 1) return undefined
  return [Math.round(a[0] + t * rx), Math.round(a[1] + t * ry)]
}

/** The very list given when there is nothing to split. */
function splitAtVertices(segments: Segment[], crossings: readonly LatticePoint[]): Segment[] {
  const vertices = new Map<number, LatticePoint[]>()
  const known = new Set<number>()
  const add = (point: LatticePoint) => {
    const key = pointKey(point)
    if (known.has(key)) return
    known.add(key)
    const bucket = bucketKey(Math.floor(point[0] / BUCKET), Math.floor(point[1] / BUCKET))
    const held = vertices.get(bucket)
    if (held) held.push(point)
    else vertices.set(bucket, [point])
  }
  for (const { a, b } of segments) {
    add(a)
    add(b)
  }
  for (const point of crossings) add(point)

  let isSplit = false
  const result: Segment[] = []
  for (const segment of segments) {
    const { a, b } = segment
    const between: { t: number; point: LatticePoint }[] = []
    for (const key of bucketsOf(segment)) {
      for (const point of vertices.get(key) ?? []) {
        if (isAt(point, a) || isAt(point, b)) continue
        const { t, distance } = nearestOnSegment(point, a, b)
        if (t > 0 && t < 1 && distance <= TOLERANCE) between.push({ t, point })
      }
    }
    if (between.length === 0) {
      result.push(segment)
      continue
    }
    isSplit = true
    between.sort((one, other) => one.t - other.t)
    let from = a
    for (const to of [...between.map(({ point }) => point), b]) {
      if (isAt(from, to)) continue
      result.push({ ...segment, a: from, b: to })
      from = to
    }
  }
  return isSplit ? unique(result) : segments
}

/** Each once for each owner; what lies on the same place twice has the bits of both. */
function unique(segments: readonly Segment[]): Segment[] {
  const found = new Map<string, Segment>()
  for (const segment of segments) {
    if (isAt(segment.a, segment.b)) continue
    const [one, other] = [pointKey(segment.a), pointKey(segment.b)]
    const key = `${one < other ? `${one} ${other}` : `${other} ${one}`} ${segment.owner}`
    const held = found.get(key)
    if (held) held.kind |= segment.kind
    else found.set(key, { ...segment })
  }
  return [...found.values()]
}

const isAt = (p: LatticePoint, q: LatticePoint) => p[0] === q[0] && p[1] === q[1]
/** One number for a place; coordinates are those of a town, below 2^26 either way. */
export const pointKey = ([x, y]: LatticePoint): number => x * 67_108_864 + y
const bucketKey = (x: number, y: number): number => x * 1_048_576 + y

function* bucketsOf({ a, b }: Segment): Generator<number> {
  const west = Math.floor((Math.min(a[0], b[0]) - TOLERANCE) / BUCKET)
  const east = Math.floor((Math.max(a[0], b[0]) + TOLERANCE) / BUCKET)
  const south = Math.floor((Math.min(a[1], b[1]) - TOLERANCE) / BUCKET)
  const north = Math.floor((Math.max(a[1], b[1]) + TOLERANCE) / BUCKET)
  for (let x = west; x <= east; x++) for (let y = south; y <= north; y++) yield bucketKey(x, y)
}

const boxesMeet = (s: Segment, o: Segment): boolean =>
  Math.min(s.a[0], s.b[0]) <= Math.max(o.a[0], o.b[0]) &&
  Math.min(o.a[0], o.b[0]) <= Math.max(s.a[0], s.b[0]) &&
  Math.min(s.a[1], s.b[1]) <= Math.max(o.a[1], o.b[1]) &&
  Math.min(o.a[1], o.b[1]) <= Math.max(s.a[1], s.b[1])
