import type { LngLat, MultiPolygon } from '../shared/geojson.ts'
import { boxAround } from './edge-index.ts'
import {
  edgesOf,
  isInRing,
  isInShape,
  isOnMap,
  keyOf,
  type LatticePoint,
  roughSquareMetres,
  same,
  segmentsClash,
  toLattice,
  toLngLat,
  toMultiPolygon,
  toShape,
  twiceArea,
} from './lattice.ts'
import type { ShapeEdit } from './shape-edit.ts'

const MIN_SQUARE_METRES = 0.5
const MAX_POINTS = 2_000

/**
 * A drawn ring (closed or not, either way round) becomes a hole of the polygon that it lies in. It may not touch the
 * border or another hole.
 */
export function cutHole(geometry: MultiPolygon, drawn: readonly LngLat[]): ShapeEdit<MultiPolygon> {
  const refuse = (
    reason: (ShapeEdit & { ok: false })['reason'],
    at?: LatticePoint,
  ): ShapeEdit<MultiPolygon> => (at ? { ok: false, reason, at: toLngLat(at) } : { ok: false, reason })
  if (!drawn.every(isOnMap)) return refuse('outside-map')
  const ring = drawn.map(toLattice).filter((point, i, all) => i === 0 || !same(point, all[i - 1]!))
  if (ring.length > 1 && same(ring[0]!, ring.at(-1)!)) ring.pop()
  if (ring.length < 3) return refuse('too-small', ring[0])
  if (ring.length > MAX_POINTS) return refuse('too-many-points')
  const sides = ring.map((point, i) => [point, ring[(i + 1) % ring.length]!] as const)
  if (new Set(ring.map(keyOf)).size < ring.length) return refuse('crosses-itself', ring[0])
  for (const [i, [a, b]] of sides.entries())
    for (const [c, d] of sides.slice(0, i)) if (segmentsClash(a, b, c, d)) return refuse('crosses-itself', a)
  if (roughSquareMetres(ring) < MIN_SQUARE_METRES) return refuse('too-small', ring[0])

  const shape = toShape(geometry)
  const corners = new Set(shape.flat(2).map(keyOf))
  const [west, south, east, north] = boxAround(ring)
  const near = [...edgesOf(shape)].filter(
    ([[ax, ay], [bx, by]]) =>
      Math.min(ax, bx) <= east &&
      Math.max(ax, bx) >= west &&
      Math.min(ay, by) <= north &&
      Math.max(ay, by) >= south,
  )
  for (const [a, b] of sides) {
    if (corners.has(keyOf(a))) return refuse('crosses-border', a)
    for (const [c, d] of near) if (segmentsClash(a, b, c, d)) return refuse('crosses-border', a)
  }
  if (!isInShape(ring[0]!, shape)) return refuse('outside-shape', ring[0])
  const owner = shape.findIndex((rings) => isInShape(ring[0]!, [rings]))
  const around = shape.flat().find((other) => isInRing(other[0]!, ring))
  if (around) return refuse('around-hole', around[0])
  const hole = twiceArea(ring) > 0 ? ring.toReversed() : ring
  return {
    ok: true,
    geometry: toMultiPolygon(shape.map((rings, i) => (i === owner ? [...rings, hole] : rings))),
  }
}
