import { describe, expect, test } from 'vitest'
import { generateDemo } from '../demo/generate-demo.ts'
import { createRandom } from '../demo/random.ts'
import type { LngLat, MultiPolygon } from '../shared/geojson.ts'
import { cutHole } from './cut-hole.ts'
import { onLattice } from './lattice.ts'
import { localPlane, type Metres } from './local-plane.ts'
import { makeRightAngles } from './make-right-angles.ts'
import { areaSquareMetres, distanceMetres, lengthMetres } from './measure.ts'
import { snap } from './snap.ts'
import { traceAlongRoads } from './trace-along-roads.ts'
import { rotate, scale, translate } from './transform.ts'

const ORIGIN: LngLat = [120.62, 31.3]
const plane = localPlane(ORIGIN)
const at = (...metres: Metres): LngLat => onLattice(plane.toLngLat(metres))
const polygon = (...rings: Metres[][]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [rings.map((ring) => [...ring, ring[0]!].map((point) => at(...point)))],
})
const box: Metres[] = [
  [0, 0],
  [40, 0],
  [40, 20],
  [0, 20],
]

describe('transforming', () => {
  test('a shape moved 5 km north keeps its size in metres, not in degrees', () => {
    const moved = translate(polygon(box), [3_000, 5_000])
    if (!moved.ok) throw new Error(moved.reason)
    expect(areaSquareMetres(moved.geometry) / areaSquareMetres(polygon(box))).toBeCloseTo(1, 3)
    const [from, to] = [polygon(box), moved.geometry].map(({ coordinates }) => coordinates[0]![0]![0]!)
    expect(distanceMetres(from!, to!)).toBeCloseTo(Math.hypot(3_000, 5_000), -1)
  })

  test('a quarter turn four times is the shape again, to a lattice unit a turn', () => {
    const start = polygon(box)
    let turned = start
    for (let i = 0; i < 4; i++) {
      const next = rotate(turned, 90, ORIGIN)
      if (!next.ok) throw new Error(next.reason)
      turned = next.geometry
      if (i === 0) expect(distanceMetres(turned.coordinates[0]![0]![1]!, at(0, 40))).toBeLessThan(0.03)
    }
    turned.coordinates[0]![0]!.forEach((point, i) => {
      expect(distanceMetres(point, start.coordinates[0]![0]![i]!)).toBeLessThan(0.05)
    })
  })

  test('scaling by two makes four times the area; nothing, less than nothing and infinity are refused', () => {
    const twice = scale(polygon(box), 2)
    expect(twice.ok && areaSquareMetres(twice.geometry)).toBeCloseTo(3200, -1)
    for (const factor of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(scale(polygon(box), factor)).toMatchObject({ ok: false, reason: 'bad-number' })
    expect(scale(polygon(box), 1e-5)).toMatchObject({ ok: false, reason: 'too-small' })
    expect(translate(polygon(box), [0, 9e6])).toMatchObject({ ok: false, reason: 'outside-map' })
    expect(rotate(polygon(box), Number.NaN)).toMatchObject({ ok: false, reason: 'bad-number' })
  })
})

describe('right angles', () => {
  /** The largest deviation from a right angle, in degrees. */
  const skew = ({ coordinates }: MultiPolygon): number => {
    const ring = coordinates[0]![0]!.slice(0, -1).map(plane.toMetres)
    return Math.max(
      ...ring.map((point, i) => {
        const [before, after] = [ring.at(i - 1)!, ring[(i + 1) % ring.length]!]
        const [ax, ay] = [before[0] - point[0], before[1] - point[1]]
        const [bx, by] = [after[0] - point[0], after[1] - point[1]]
        const cos = (ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by))
        return Math.abs((Math.acos(cos) * 180) / Math.PI - 90)
      }),
    )
  }

  test('shaken L shapes at any angle get right angles and keep their area within 2 %', () => {
    const random = createRandom(3)
    const corners: Metres[] = [
      [0, 0],
      [40, 0],
      [40, 12],
      [25, 12],
      [25, 30],
      [0, 30],
    ]
    for (let i = 0; i < 200; i++) {
      const angle = random.between(0, Math.PI)
      const shaken = corners.map(([x, y]): Metres => {
        const [u, v] = [x + random.between(-0.7, 0.7), y + random.between(-0.7, 0.7)]
        return [u * Math.cos(angle) - v * Math.sin(angle), u * Math.sin(angle) + v * Math.cos(angle)]
      })
      const squared = makeRightAngles(polygon(shaken), 3)
      if (!squared.ok) throw new Error(squared.reason)
      expect(squared.geometry.coordinates[0]![0]).toHaveLength(7)
      expect(skew(squared.geometry)).toBeLessThan(0.3)
      expect(
        Math.abs(areaSquareMetres(squared.geometry) / areaSquareMetres(polygon(shaken)) - 1),
      ).toBeLessThan(0.02)
    }
  })

  test('a point in the middle of a wall goes, and twice squared is once squared to 2 cm', () => {
    const bent = polygon([
      [0, 0],
      [20, 0.2],
      [40, 0],
      [40, 20],
      [0, 20.3],
    ])
    const once = makeRightAngles(bent, 1)
    if (!once.ok) throw new Error(once.reason)
    expect(once.geometry.coordinates[0]![0]).toHaveLength(5)
    const twice = makeRightAngles(once.geometry, 1)
    if (!twice.ok) throw new Error(twice.reason)
    for (const [i, point] of once.geometry.coordinates[0]![0]!.entries())
      expect(
        Math.min(...twice.geometry.coordinates[0]![0]!.map((other) => distanceMetres(point, other))),
        String(i),
      ).toBeLessThan(0.02)
  })

  test('what would move a corner too far, and a triangle, are refused', () => {
    expect(
      makeRightAngles(
        polygon([
          [0, 0],
          [40, 6],
          [42, 26],
          [2, 20],
        ]),
        1,
      ),
    ).toMatchObject({
      ok: false,
      reason: 'moves-too-far',
    })
    expect(
      makeRightAngles(
        polygon([
          [0, 0],
          [40, 0],
          [0, 30],
        ]),
        100,
      ),
    ).toMatchObject({
      ok: false,
      reason: 'not-rectangular',
    })
  })
})

describe('cutting a hole', () => {
  const big = polygon([
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ])
  const ring = (west: number, south: number, side: number): LngLat[] => [
    at(west, south),
    at(west + side, south),
    at(west + side, south + side),
    at(west, south + side),
  ]

  test.each([
    ['counter-clockwise', ring(20, 20, 10)],
    ['clockwise', ring(20, 20, 10).toReversed()],
  ])('a ring drawn %s becomes a clockwise hole', (_, drawn) => {
    const cut = cutHole(big, drawn)
    if (!cut.ok) throw new Error(cut.reason)
    expect(areaSquareMetres(cut.geometry)).toBeCloseTo(areaSquareMetres(big) - 100, 0)
    const [first, second, third] = cut.geometry.coordinates[0]![1]!.map(plane.toMetres)
    expect(
      (second![0] - first![0]) * (third![1] - second![1]) -
        (second![1] - first![1]) * (third![0] - second![0]),
    ).toBeLessThan(0)
  })

  test('a ring that crosses or touches the border, lies outside, crosses itself or goes around a hole is refused', () => {
    const holed = cutHole(big, ring(20, 20, 10))
    if (!holed.ok) throw new Error(holed.reason)
    expect(cutHole(big, ring(95, 20, 10))).toMatchObject({ reason: 'crosses-border' })
    expect(cutHole(big, ring(0, 20, 10))).toMatchObject({ reason: 'crosses-border' })
    expect(cutHole(big, ring(200, 20, 10))).toMatchObject({ reason: 'outside-shape' })
    expect(cutHole(big, [at(1, 1), at(9, 9), at(9, 1), at(1, 9)])).toMatchObject({ reason: 'crosses-itself' })
    expect(cutHole(holed.geometry, ring(10, 10, 40))).toMatchObject({ reason: 'around-hole' })
    expect(cutHole(holed.geometry, ring(22, 22, 3))).toMatchObject({ reason: 'outside-shape' })
    expect(cutHole(big, [at(1, 1), at(2, 2)])).toMatchObject({ reason: 'too-small' })
    expect(cutHole(big, [at(1, 1), at(2, 2), [Number.NaN, 3]])).toMatchObject({ reason: 'outside-map' })
    expect(cutHole(big, [at(1, 1), at(2, 2), [Number.POSITIVE_INFINITY, 3]])).toMatchObject({
      reason: 'outside-map',
    })
  })
})

describe('snapping', () => {
  const features = [
    { id: 1, geometry: polygon(box) },
    { id: 2, geometry: { type: 'Point' as const, coordinates: at(60, 0) } },
  ]

  test('a vertex within reach goes before a nearer edge; without one the edge is taken; out of reach nothing is', () => {
    expect(snap(at(38, -1), features, 5)).toMatchObject({
      to: 'vertex',
      lngLat: at(40, 0),
      feature: { id: 1 },
    })
    const edge = snap(at(20, -1), features, 5)!
    expect(edge).toMatchObject({ to: 'edge', edge: [at(0, 0), at(40, 0)] })
    expect(distanceMetres(edge.lngLat, at(20, 0))).toBeLessThan(0.02)
    expect(edge.metres).toBeCloseTo(1, 1)
    expect(snap(at(62, 0), features, 5)).toMatchObject({ to: 'vertex', feature: { id: 2 } })
    expect(snap(at(20, -6), features, 5)).toBeNull()
    expect(snap(at(38, -1), features, 5, 'nearest')).toMatchObject({ to: 'edge' })
  })
})

describe('tracing along roads', () => {
  const road = (id: number, ...points: Metres[]) => ({ id, coordinates: points.map((point) => at(...point)) })
  const roads = [
    road(1, [0, 0], [100, 0]),
    road(2, [100, 0], [100, 50], [200, 50]),
    road(3, [100, 0], [200, 0]),
    road(4, [200, 50], [200, 0]),
    road(5, [500, 500], [600, 500]),
  ]

  test('first and last pieces are parts of roads, and the shorter way is taken', () => {
    const trace = traceAlongRoads(roads, at(20, 3), at(197, 30), 20)
    if (!trace.ok) throw new Error(trace.reason)
    expect(trace.roadIds).toEqual([1, 3, 4])
    expect(trace.metres).toBeCloseTo(80 + 100 + 30, 0)
    expect(distanceMetres(trace.coordinates[0]!, at(20, 0))).toBeLessThan(0.02)
    expect(distanceMetres(trace.coordinates.at(-1)!, at(200, 30))).toBeLessThan(0.02)
    expect(trace.metres).toBe(lengthMetres(trace.coordinates))
  })

  test('two places on one road are joined along it, backwards too, and not round by its ends', () => {
    const back = traceAlongRoads(roads, at(180, 51), at(100, 20), 20)
    if (!back.ok) throw new Error(back.reason)
    expect(back.roadIds).toEqual([2])
    expect(back.metres).toBeCloseTo(80 + 30, 0)
    expect(back.coordinates.map(String)).toContain(String(at(100, 50)))
    const nowhere = traceAlongRoads(roads, at(50, 1), at(50, -1), 20)
    expect(nowhere).toMatchObject({ ok: true, metres: 0 })
  })

  test('no road within reach, and roads that do not hang together, are told apart', () => {
    expect(traceAlongRoads(roads, at(20, 300), at(1, 1), 20)).toMatchObject({
      reason: 'no-road',
      at: at(20, 300),
    })
    expect(traceAlongRoads(roads, at(1, 1), at(550, 500), 20)).toMatchObject({ reason: 'unconnected' })
    expect(traceAlongRoads([], at(1, 1), at(2, 2), 20)).toMatchObject({ reason: 'no-road' })
  })

  test('over the demo network a trace is as long one way as the other and never shorter than the straight line', () => {
    const network = generateDemo({ seed: 1, buildings: 400 }).roads.flatMap(({ geometry }, i) =>
      geometry.type === 'LineString' ? [{ id: i + 1, coordinates: geometry.coordinates }] : [],
    )
    const random = createRandom(11)
    let connected = 0
    for (let i = 0; i < 60; i++) {
      const [a, b] = [0, 1].map(() => random.pick(random.pick(network).coordinates))
      const [there, back] = [traceAlongRoads(network, a!, b!, 5), traceAlongRoads(network, b!, a!, 5)]
      expect(there.ok).toBe(back.ok)
      if (!there.ok || !back.ok) continue
      connected++
      expect(there.metres).toBeCloseTo(back.metres, 1)
      expect(there.metres).toBeGreaterThanOrEqual(distanceMetres(a!, b!) - 0.01)
    }
    expect(connected).toBeGreaterThan(30)
  })
})
