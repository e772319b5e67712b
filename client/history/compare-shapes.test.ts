import { expect, test } from 'vitest'
import type { MultiPolygon, Ring } from '../../geodata/shared/geojson.ts'
import { compareShapes } from './compare-shapes.ts'

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const area = (...rings: Ring[]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [rings] })

test('a moved edge is two moved vertices and an area on one side only', () => {
  const found = compareShapes(area(box(120, 31, 120.002, 31.001)), area(box(120, 31, 120.001, 31.001)))
  expect(found.vertices).toEqual({ moved: 2, added: 0, removed: 0 })
  expect(found.area!.added).toBe(0)
  expect(found.area!.removed).toBeCloseTo(found.area!.before - found.area!.after, 3)
  expect(found.area!.removed / found.area!.before).toBeCloseTo(0.5, 6)
})

test('a vertex put into a straight edge changes the shape but no area', () => {
  const ring = box(120, 31, 120.002, 31.001)
  const found = compareShapes(area(ring), area([ring[0]!, [120.001, 31], ...ring.slice(1)]))
  expect(found).toMatchObject({ same: false, vertices: { moved: 0, added: 1, removed: 0 } })
  expect(found.area).toMatchObject({ added: 0, removed: 0 })
})

test('a new hole is removed area', () => {
  const outer = box(120, 31, 120.002, 31.002)
  const found = compareShapes(area(outer), area(outer, box(120.0005, 31.0005, 120.001, 31.001)))
  expect(found.area!.removed).toBeGreaterThan(2000)
  expect(found.area!.added).toBe(0)
})

test('the same shape has nothing moved, whatever its kind', () => {
  for (const shape of [
    area(box(120, 31, 120.002, 31.001)),
    { type: 'Point' as const, coordinates: [120, 31] as [number, number] },
  ])
    expect(compareShapes(shape, shape)).toMatchObject({
      same: true,
      vertices: { moved: 0, added: 0, removed: 0 },
    })
})
