import { expect, test } from 'vitest'
import type { LngLat } from '../shared/geojson.ts'
import { buildGraph } from './build-graph.ts'
import { closedWalkSteps, placeAlong } from './closed-walk.ts'
import { cutSpurs, type WalkPiece } from './cut-spurs.ts'
import { at, road } from './test-streets.ts'
import type { RoadLine } from './walk-graph.ts'

const walkAround = (roads: RoadLine[], ...corners: [number, number][]) => {
  const graph = buildGraph(roads)
  const ring = [...corners, corners[0]!].map(([column, row]) => at(column, row))
  const steps = closedWalkSteps(graph, ring)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return { graph, walk: step.value! }
}
/** A lattice of streets, seven by seven. */
const lattice = Array.from({ length: 7 }, (_, i) => [
  road(1 + i, ...Array.from({ length: 7 }, (_, j): [number, number] => [j, i])),
  road(11 + i, ...Array.from({ length: 7 }, (_, j): [number, number] => [i, j])),
]).flat()
/** Of a square of the lattice with sides of so many streets. */
const around = (streets: number) => streets * 2 * (95.3 + 110.9)

test('a border beside streets is walked on them all the way round', () => {
  const { walk } = walkAround(lattice, [0.8, 0.8], [5.2, 0.8], [5.2, 5.2], [0.8, 5.2])
  expect(walk.streetMetres).toBe(walk.metres)
  expect(Math.abs(walk.metres - around(4))).toBeLessThan(20)
  expect(walk.meanDistanceMetres).toBeGreaterThan(15)
  expect(walk.meanDistanceMetres).toBeLessThan(25)
})

test('streets that only cross the border or leave it are not walked out and back', () => {
  const comb = [
    road(1, [0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [4, 1], [4, 2], [4, 3], [4, 4]),
    road(2, [4, 4], [3, 4], [2, 4], [1, 4], [0, 4], [0, 3], [0, 2], [0, 1], [0, 0]),
    ...[1, 2, 3].map((column) => road(10 + column, [column, 0], [column, 0.45], [column, -0.45])),
  ]
  const { walk } = walkAround(comb, [0.1, -0.3], [3.9, -0.3], [3.9, 4.1], [0.1, 4.1])
  expect(walk.streetMetres).toBe(walk.metres)
  expect(Math.abs(walk.metres - around(4))).toBeLessThan(20)
})

test('where no street is near, the border itself is walked, straight', () => {
  const { walk } = walkAround(
    [road(1, [0, 0], [1, 0], [2, 0], [3, 0], [4, 0])],
    [0, 0],
    [4, 0],
    [4, 3],
    [0, 3],
  )
  const share = walk.streetMetres / walk.metres
  expect(share).toBeGreaterThan((4 * 95) / (8 * 95 + 6 * 111) - 0.06)
  expect(share).toBeLessThan((4 * 95) / (8 * 95 + 6 * 111) + 0.12)
  expect(walk.meanDistanceMetres).toBeLessThan(6)
  expect(walk.stretches.filter(({ kind }) => kind === 'free').length).toBeLessThan(8)
})

test('a street that lies inside the border like a spine is no walk round it', () => {
  const { walk } = walkAround([road(1, [1, 0], [5, 0])], [1, -0.3], [5, -0.3], [5, 0.3], [1, 0.3])
  expect(walk.streetMetres).toBe(0)
  expect(Math.abs(walk.metres - 2 * (4 * 95.3 + 0.6 * 110.9))).toBeLessThan(5)
})

test('without any street, and with a border of no length', () => {
  expect(walkAround([], [0, 0], [2, 0], [2, 2], [0, 2]).walk.streetMetres).toBe(0)
  expect(walkAround(lattice, [1, 1], [1, 1], [1, 1]).walk).toBeUndefined()
})

test('stretches follow each other without a gap, and a place is found any number of laps away', () => {
  const { graph, walk } = walkAround(lattice, [1, 1], [4, 1], [4, 4], [1, 4])
  expect(walk.stretches[0]!.from).toBe(0)
  for (const [i, { from }] of walk.stretches.entries())
    if (i > 0) expect(from).toBe(walk.stretches[i - 1]!.to)
  expect(walk.stretches.at(-1)!.to).toBeCloseTo(walk.metres, 6)
  const close = (a: LngLat, b: LngLat) => expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(1e-8)
  close(placeAlong(graph, walk, 100), placeAlong(graph, walk, 100 + 3 * walk.metres))
  close(placeAlong(graph, walk, -50), placeAlong(graph, walk, walk.metres - 50))
})

test('a way out and back is cut although it is told in parts, and across the place where the walk closes', () => {
  const on = (edge: number, fromFraction: number, toFraction: number): WalkPiece => ({
    kind: 'street',
    edge,
    fromFraction,
    toFraction,
    metres: Math.abs(toFraction - fromFraction) * 100,
  })
  expect(
    cutSpurs([
      on(9, 0.5, 0),
      on(1, 0, 1),
      on(2, 0, 0.4),
      on(2, 0.4, 0.7),
      on(2, 0.7, 0),
      on(3, 0, 1),
      on(9, 0, 0.5),
    ]),
  ).toEqual([on(1, 0, 1), on(3, 0, 1)])
  expect(cutSpurs([on(1, 0, 1), on(2, 0, 1), on(2, 1, 0), on(1, 1, 0)])).toEqual([])
})
