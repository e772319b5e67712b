import { expect, test } from 'vitest'
import type { CellSet } from './reach.ts'
import { reachClause } from './scope.sql.ts'

const bound = (ids: number[]): (number[] | string)[] => {
  const values: (number[] | string)[] = []
  const set: CellSet = { communities: ids, grids: [], 'micro-grids': [] }
  reachClause('buildings', [set], (value) => `$${values.push(value)}`)
  return values
}

test('few ids are sent as they are', () => {
  expect(bound([7, 3])).toEqual([[7, 3]])
})

test('many ids are sent as ranges, whatever their order, each id once and none between', () => {
  const run = Array.from({ length: 25 }, (_, at) => 100 + at)
  expect(bound([9, ...run.toReversed(), 5, 5, 11, 10, 3])).toEqual(['{[3,3],[5,5],[9,11],[100,124]}'])
})

test('ids without neighbours are sent as bits, which is shorter', () => {
  const odd = Array.from({ length: 25 }, (_, at) => 2 * at + 1)
  expect(bound(odd)).toEqual(['01'.repeat(25)])
  const far = odd.map((id) => id + 1_000_000)
  expect(bound(far)[0]).toMatch(/^\{\[1000001,1000001\],/)
})
