import { expect, test } from 'vitest'
import type { Geometry, LngLat } from '../../geodata/shared/geojson.ts'
import { insertPosition, movePositions, polygonOf, removePosition } from './plain-edit.ts'

const square: LngLat[] = [
  [120, 31],
  [120.001, 31],
  [120.001, 31.001],
  [120, 31.001],
  [120, 31],
]
const hole: LngLat[] = [
  [120.0004, 31.0004],
  [120.0004, 31.0006],
  [120.0006, 31.0006],
  [120.0006, 31.0004],
  [120.0004, 31.0004],
]
const house: Geometry = { type: 'MultiPolygon', coordinates: [[square, hole]] }
const rings = (geometry: Geometry) => (geometry as { coordinates: LngLat[][][] }).coordinates[0]!

test('moving the corner at which a ring closes keeps it closed', () => {
  const edit = movePositions(house, [{ from: [120, 31], to: [119.9995, 30.9995] }])
  if (!edit.ok) throw new Error(edit.reason)
  expect(rings(edit.geometry)[0]!.at(-1)).toEqual(rings(edit.geometry)[0]![0])
  expect(rings(edit.geometry)[1]).toEqual(hole)
})

test('a corner dragged across the opposite side is refused, as is one dragged over the hole', () => {
  const move = (to: LngLat) => movePositions(house, [{ from: [120, 31], to }])
  expect(move([120.0012, 31.0005])).toMatchObject({ ok: false })
  expect(move([120.0005, 31.00055])).toMatchObject({ ok: false, reason: 'crosses-itself' })
})

test('a triangle keeps its three corners, a line its two ends', () => {
  const triangle = polygonOf([
    [120, 31],
    [120.001, 31],
    [120, 31.001],
  ])
  expect(removePosition(triangle, [120, 31])).toMatchObject({ ok: false, reason: 'too-small' })
  const line: Geometry = { type: 'LineString', coordinates: square.slice(0, 2) }
  expect(removePosition(line, [120, 31])).toMatchObject({ ok: false, reason: 'too-small' })
})

test('a new corner goes between the ends of its edge, and coordinates come out on the lattice', () => {
  const edit = insertPosition(house, [square[3]!, square[4]!], [119.99951234567, 31.0005])
  if (!edit.ok) throw new Error(edit.reason)
  expect(rings(edit.geometry)[0]![4]).toEqual([119.9995123, 31.0005])
})

test('a ring drawn clockwise and closed by hand is stored counter-clockwise, each corner once', () => {
  const [ring] = rings(polygonOf(square.toReversed()))
  expect(ring).toHaveLength(5)
  const start = square.findIndex((at) => String(at) === String(ring![0]))
  const turned = [...square.slice(start, 4), ...square.slice(0, start + 1)]
  expect(ring).toEqual(turned)
})
