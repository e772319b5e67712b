import { expect, test } from 'vitest'
import { coverTiles } from './cover-tiles.ts'

test('a point next to the equator and the prime meridian touches the tiles on both sides', () => {
  expect(coverTiles([0.001, 0.001, 0.001, 0.001], 0, 2)).toEqual([
    { z: 0, x: 0, y: 0 },
    { z: 1, x: 0, y: 0 },
    { z: 1, x: 0, y: 1 },
    { z: 1, x: 1, y: 0 },
    { z: 1, x: 1, y: 1 },
    { z: 2, x: 1, y: 1 },
    { z: 2, x: 1, y: 2 },
    { z: 2, x: 2, y: 1 },
    { z: 2, x: 2, y: 2 },
  ])
  expect(coverTiles([120.6, 31.3, 120.6, 31.3], 12, 12)).toHaveLength(1)
})

test('a point in the buffer of the neighbour refreshes the neighbour too', () => {
  const edge = -180 + (360 / 4096) * 3000 + 0.0001
  expect(coverTiles([edge, 31.3, edge, 31.3], 12, 12)!.map((tile) => tile.x)).toEqual([2999, 3000])
})

test('a whole town asks for the source to be refreshed instead of thousands of tiles', () => {
  expect(coverTiles([120, 31, 121, 32], 8, 16)).toBeUndefined()
})
