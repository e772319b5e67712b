import { expect, test } from 'vitest'
import {
  type IntegerRing,
  insideRing,
  pointInside,
  polygonOfRelation,
  polygonOfWay,
} from './assemble-polygon.ts'
import { OsmData } from './osm-data.ts'

/** Node ids are x * 100 + y, so that ways are lists of such numbers. */
function dataOf(...ways: number[][]) {
  const data = new OsmData()
  const nodes = [...new Set(ways.flat())].filter((id) => id < 10_000)
  for (const id of nodes) data.addNode(id, Math.floor(id / 100) * 1e-7, (id % 100) * 1e-7, undefined)
  for (const [index, refs] of ways.entries()) data.addWay(index, refs, undefined)
  return data
}
const relation = (...roles: string[]) => ({
  id: 1,
  tags: {},
  members: roles.map((role, way) => ({ way, role })),
})

test('an outline of ways that run in different directions is joined', () => {
  const data = dataOf([0, 1000, 1010], [0, 10, 1010])
  const found = polygonOfRelation(relation('outer', 'outer'), data)
  expect('polygons' in found && found.polygons[0]![0]).toHaveLength(5)
})

test('a hole goes to the smallest outline around it', () => {
  const data = dataOf([0, 9000, 9090, 90, 0], [1010, 4010, 4040, 1040, 1010], [2020, 3020, 3030, 2020])
  const found = polygonOfRelation(relation('outer', 'outer', 'inner'), data)
  expect('polygons' in found && found.polygons.map((rings) => rings.length)).toEqual([1, 2])
})

test.each([
  ['not closed', dataOf([0, 1000, 1010])],
  ['outside the extract', dataOf([0, 1000, 1010, 99_999, 0])],
])('an outline that is %s gives that reason', (reason, data) => {
  expect(polygonOfRelation(relation('outer'), data)).toEqual({ reason: expect.stringContaining(reason) })
})

test('a member way that the extract lacks gives a reason, not a smaller shape', () => {
  expect(polygonOfRelation(relation('outer', 'outer'), dataOf([0, 1000, 1010, 0]))).toHaveProperty('reason')
})

test('an open way is no area', () => {
  expect(polygonOfWay([1, 2, 3], new OsmData())).toEqual({ reason: 'its outline is not closed' })
})

test('the point of a U-shaped building is in a wing, not in its court', () => {
  const ring: IntegerRing = [
    [0, 0],
    [90, 0],
    [90, 90],
    [60, 90],
    [60, 10],
    [20, 10],
    [20, 90],
    [0, 90],
    [0, 0],
  ]
  const at = pointInside([[ring]])
  expect(insideRing(at, ring)).toBe(true)
  expect(at[0]).toBeGreaterThan(60)
})

test('the point of a ring-shaped building is not in its hole', () => {
  const square = (from: number, to: number): IntegerRing => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ]
  const at = pointInside([[square(0, 100), square(20, 95)]])
  expect(insideRing(at, square(20, 95))).toBe(false)
})
