import { expect, test } from 'vitest'
import { formatArea, formatLength } from './format.ts'

test('a length changes its unit at a kilometre and never reads 1,000 m', () => {
  expect([0, 12.34, 99.96, 999.4, 999.6, 12_345].map((metres) => formatLength(metres, 'en'))).toEqual([
    '0.0 m',
    '12.3 m',
    '100 m',
    '999 m',
    '1.00 km',
    '12.35 km',
  ])
  expect(formatLength(1500, 'zh')).toBe('1.50 公里')
})

test('an area changes its unit at a hectare and at a square kilometre', () => {
  expect(
    [5, 9999.4, 9999.6, 123_456, 999_949, 999_951, 5_000_000].map((area) => formatArea(area, 'en')),
  ).toEqual(['5.0 m²', '9,999 m²', '1.00 ha', '12.35 ha', '99.99 ha', '1.00 km²', '5.00 km²'])
  expect(formatArea(20_000, 'zh')).toBe('2.00 公顷')
})
