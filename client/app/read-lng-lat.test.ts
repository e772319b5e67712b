import { expect, test } from 'vitest'
import { readLngLat } from './read-lng-lat.ts'

test('what is pasted with full-width commas, tabs or degree signs is read', () => {
  for (const text of ['120.62,31.3', ' 120.62，31.3 ', '120.62\t31.3', '120.62° 31.3°', '120.62；31.3'])
    expect(readLngLat(text), text).toEqual([120.62, 31.3])
})

test('latitude first is turned round where it cannot be meant otherwise', () => {
  expect(readLngLat('31.3, 120.62')).toEqual([120.62, 31.3])
})

test('half a pair, a third number, words and places off the earth are refused', () => {
  for (const text of ['', '120.62', '120.62, 31.3, 4', '苏州', '1e2 3', '200, 100', '120.62, 31.3x'])
    expect(readLngLat(text), text).toBeUndefined()
})
