import type { LngLat, MultiPolygon } from '../shared/geojson.ts'

/** A position in whole units of 1e-7 degree (about 1 cm), east and north: topology is decided on these exactly. */
export type LatticePoint = readonly [x: number, y: number]
/** Polygons of rings; rings are open (the first point is not repeated), outer ones counter-clockwise, holes clockwise. */
export type Shape = LatticePoint[][][]

const UNITS_PER_DEGREE = 1e7
/** Metres on the ground along a meridian for one lattice unit; along a parallel times cos(latitude). */
export const METRES_PER_UNIT = 0.01113195

export const toLattice = ([lng, lat]: LngLat): LatticePoint => [
  Math.round(lng * UNITS_PER_DEGREE) + 0,
  Math.round(lat * UNITS_PER_DEGREE) + 0,
]
export const toLngLat = ([x, y]: LatticePoint): LngLat => [x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE]
/** Degrees brought to the lattice on which every stored coordinate lies. */
export const onLattice = (lngLat: LngLat): LngLat => toLngLat(toLattice(lngLat))

/** Finite and on the map: web Mercator, in which everything is drawn, ends at ±85.05°. */
export const isOnMap = ([lng, lat]: LngLat): boolean => Math.abs(lng) <= 180 && Math.abs(lat) <= 85.05

export const keyOf = ([x, y]: LatticePoint): string => `${x} ${y}`
export const same = (a: LatticePoint, b: LatticePoint): boolean => a[0] === b[0] && a[1] === b[1]
/** One key for both directions of an edge. */
export const edgeKeyOf = (a: LatticePoint, b: LatticePoint): string =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
    ? `${a[0]} ${a[1]} ${b[0]} ${b[1]}`
    : `${b[0]} ${b[1]} ${a[0]} ${a[1]}`

export const toShape = ({ coordinates }: MultiPolygon): Shape =>
  coordinates.map((rings) =>
    rings.map((ring) => {
      const points = ring.map(toLattice)
      return points.length > 1 && same(points[0]!, points.at(-1)!) ? points.slice(0, -1) : points
    }),
  )

export const toMultiPolygon = (shape: Shape): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: shape.map((rings) => rings.map((ring) => [...ring, ring[0]!].map(toLngLat))),
})

/** Every edge of a shape in its direction: the interior lies to its left. */
export function* edgesOf(shape: Shape): Generator<[from: LatticePoint, to: LatticePoint]> {
  for (const ring of shape.flat()) {
    for (let i = 0; i < ring.length; i++) yield [ring[i]!, ring[(i + 1) % ring.length]!]
  }
}

/**
 * 1 when a, b, c turn left, −1 when they turn right, 0 when they lie on one line. Exact: products of whole numbers
 * below 2^53 are exact doubles, larger ones are made as BigInt (half units, which midpoints have, only below that).
 */
export function orient(a: LatticePoint, b: LatticePoint, c: LatticePoint): -1 | 0 | 1 {
  const left = (b[0] - a[0]) * (c[1] - a[1])
  const right = (b[1] - a[1]) * (c[0] - a[0])
  if (Math.abs(left) < 2 ** 51 && Math.abs(right) < 2 ** 51) return sign(left - right)
  // Halves are doubled away, so that midpoints are whole numbers too.
  const whole = (value: number) => BigInt(Math.round(value * 2))
  const exact = whole(b[0] - a[0]) * whole(c[1] - a[1]) - whole(b[1] - a[1]) * whole(c[0] - a[0])
  return exact > 0n ? 1 : exact < 0n ? -1 : 0
}

const sign = (value: number): -1 | 0 | 1 => (value > 0 ? 1 : value < 0 ? -1 : 0)

/** Twice the area in square lattice units, positive when counter-clockwise; exact up to cells of about half a degree. */
export function twiceArea(ring: readonly LatticePoint[]): number {
  const [ox, oy] = ring[0]!
  let sum = 0
  for (let i = 1; i + 1 < ring.length; i++) {
    const a = ring[i]!
    const b = ring[i + 1]!
    sum += (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy)
  }
  return sum
}

/** Square metres in the plane of the ring's own latitude: for thresholds, not for figures that people read. */
export const roughSquareMetres = (ring: readonly LatticePoint[]): number =>
  (Math.abs(twiceArea(ring)) / 2) *
  METRES_PER_UNIT ** 2 *
  Math.cos((ring[0]![1] / UNITS_PER_DEGREE) * (Math.PI / 180))

/** Even-odd; a point on the ring itself may come out either way. Exact. */
export function isInRing(point: LatticePoint, ring: readonly LatticePoint[]): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!
    const b = ring[j]!
    if (a[1] > point[1] === b[1] > point[1]) continue
    if (orient(a, b, point) === (b[1] > a[1] ? 1 : -1)) inside = !inside
  }
  return inside
}

/** Even-odd over all rings: inside an outer ring and in none of its holes. */
export const isInShape = (point: LatticePoint, shape: Shape): boolean =>
  shape.flat().filter((ring) => isInRing(point, ring)).length % 2 === 1

export const midpoint = (a: LatticePoint, b: LatticePoint): LatticePoint => [
  (a[0] + b[0]) / 2,
  (a[1] + b[1]) / 2,
]

/** Whether p, known to be on the line a–b, lies between a and b or at one of them. */
const isBetween = (p: LatticePoint, a: LatticePoint, b: LatticePoint): boolean =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1])

export const isOnSegment = (p: LatticePoint, a: LatticePoint, b: LatticePoint): boolean =>
  orient(a, b, p) === 0 && isBetween(p, a, b)

/** Whether two segments have any point in common but an end of both. The same segment twice has none. Exact. */
export function segmentsClash(a: LatticePoint, b: LatticePoint, c: LatticePoint, d: LatticePoint): boolean {
  const shared = same(a, c) || same(a, d) ? a : same(b, c) || same(b, d) ? b : undefined
  if (shared) {
    const e = same(shared, a) ? b : a
    const f = same(shared, c) ? d : c
    if (same(e, f)) return false
    return isOnSegment(e, c, d) || isOnSegment(f, a, b)
  }
  const abc = orient(a, b, c)
  const abd = orient(a, b, d)
  const cda = orient(c, d, a)
  const cdb = orient(c, d, b)
  if (abc * abd < 0 && cda * cdb < 0) return true
  return (
    (abc === 0 && isBetween(c, a, b)) ||
    (abd === 0 && isBetween(d, a, b)) ||
    (cda === 0 && isBetween(a, c, d)) ||
    (cdb === 0 && isBetween(b, c, d))
  )
}

/** The place on a–b nearest to p: its share of the way and the distance, in lattice units of a flat lattice. */
export function nearestOnSegment(p: LatticePoint, a: LatticePoint, b: LatticePoint) {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  const share = length2 === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2
  const t = Math.min(1, Math.max(0, share))
  return { t, distance: Math.hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1]) }
}
