import { expect, test } from 'vitest'
import { compareFindings } from './compare-findings.ts'
import type { TopologyFinding } from './topology.schema.ts'

const square = (lng: number, size: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lng, 31],
      [lng + size, 31],
      [lng + size, 31 + size],
      [lng, 31 + size],
      [lng, 31],
    ],
  ],
})
const gap = (
  id: number,
  lng: number,
  size: number,
  more: Partial<TopologyFinding> = {},
): TopologyFinding => ({
  kind: 'gap',
  layer: 'grids',
  id,
  code: '1',
  otherId: null,
  otherCode: null,
  areaSquareMetres: size * 1e6,
  reason: '',
  geometry: square(lng, size),
  ...more,
})

test('a gap that a split hands to another grid, or that shrinks, was there before', () => {
  const before = [gap(1, 120, 0.01), gap(1, 121, 0.01)]
  const after = [gap(2, 120, 0.01), gap(1, 121.002, 0.005)]
  expect(compareFindings(before, after, 1)).toEqual({ fresh: [], standing: after, healed: [] })
})

test('a gap that grows, moves or becomes an overlap is fresh, and the old one is healed', () => {
  const before = [gap(1, 120, 0.01)]
  for (const after of [gap(1, 120, 0.02), gap(1, 120.005, 0.01), gap(1, 120, 0.01, { kind: 'overlap' })])
    expect(compareFindings(before, [after], 1)).toEqual({ fresh: [after], standing: [], healed: before })
})

test('two pieces of one old gap heal nothing', () => {
  const before = [gap(1, 120, 0.01)]
  const after = [gap(1, 120, 0.003), gap(1, 120.006, 0.003)]
  expect(compareFindings(before, after, 1)).toMatchObject({ fresh: [], healed: [] })
})

test('findings without an area are told apart by whose they are', () => {
  const alone = (id: number) =>
    gap(id, 120, 0.01, { kind: 'stray', layer: 'buildings', areaSquareMetres: null })
  const { fresh, standing, healed } = compareFindings([alone(1), alone(2)], [alone(2), alone(3)], 1)
  expect([fresh, standing, healed].map(([finding]) => finding?.id)).toEqual([3, 2, 1])
})
