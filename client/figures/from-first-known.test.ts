import { expect, test } from 'vitest'
import { fromFirstKnown } from './from-first-known.ts'

const year = (known: readonly number[]) =>
  Array.from({ length: 12 }, (_, at) => ({
    month: `2026-${String(at + 1).padStart(2, '0')}`,
    until: '',
    ratios: known.includes(at + 1) ? { handling: { numerator: 0, denominator: 3 } } : {},
  }))
const shown = (known: readonly number[]) => fromFirstKnown(year(known)).map(({ month }) => month.slice(5))

test('a young history begins with its first month, a very young one has air before it, an empty one its year', () => {
  expect(shown([7, 8, 9, 10, 11, 12])).toEqual(['07', '08', '09', '10', '11', '12'])
  expect(shown([12])).toEqual(['09', '10', '11', '12'])
  expect(shown([])).toHaveLength(12)
})

test('a month of which nothing is known stays where months before it are known', () => {
  expect(shown([3, 12])).toHaveLength(10)
})
