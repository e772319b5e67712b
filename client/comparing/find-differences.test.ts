import { expect, test } from 'vitest'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import { findDifferences } from './find-differences.ts'

const EARLIER = '2026-11-20T08:00:00.000Z'
const feature = (id: number, version: number, createdAt = '2026-11-21T00:00:00.000Z'): StoredFeature => ({
  type: 'Feature',
  id,
  version,
  geometry: { type: 'Point', coordinates: [120 + version / 1000, 31] },
  properties: { name: `F${id}`, createdAt },
})
const page = (features: StoredFeature[], truncated = false) => ({ features, truncated })
const told = ({ list }: ReturnType<typeof findDifferences>) => list.map(({ kind, id }) => `${kind} ${id}`)

test('new, gone and changed are told apart, what is the same is not listed', () => {
  const found = findDifferences(
    'buildings',
    page([feature(1, 1), feature(2, 1), feature(3, 1)]),
    page([feature(1, 1), feature(3, 2), feature(4, 1)]),
    EARLIER,
  )
  expect(told(found)).toEqual(['changed 3', 'new 4', 'gone 2'])
  expect(found.list[0]!.geometries).toHaveLength(2)
})

test('what moved into the view is changed, not new', () => {
  const old = feature(4, 2, '2026-11-01T00:00:00.000Z')
  expect(told(findDifferences('buildings', page([]), page([old]), EARLIER))).toEqual(['changed 4'])
})

test('beyond the end of a cut list nothing is called gone or new', () => {
  const before = page([feature(1, 1), feature(2, 1)], true)
  const after = page([feature(1, 1), feature(3, 1), feature(9, 1)])
  const found = findDifferences('buildings', before, after, EARLIER)
  expect(told(found)).toEqual(['gone 2'])
  expect(found.incomplete).toBe(true)
})
