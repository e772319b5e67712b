import { expect, test } from 'vitest'
import { readTwkb } from './read-twkb.ts'

// What PostGIS 3.3 gives for SELECT ST_AsTWKB(geom, 0).
const twkb = (hex: string) => readTwkb(Buffer.from(hex, 'hex'))

test('differences run on from ring to ring and from polygon to polygon', () => {
  // MULTIPOLYGON(((0 0,10 0,10 10,0 0),(2 1,3 1,3 2,2 1)),((100 100,110 100,110 110,100 100)))
  expect(twkb('060002020400001400001413130404020200000201010104c401c601140000141313')).toEqual({
    type: 'polygons',
    polygons: [
      [
        [0, 0, 10, 0, 10, 10, 0, 0],
        [2, 1, 3, 1, 3, 2, 2, 1],
      ],
      [[100, 100, 110, 100, 110, 110, 100, 100]],
    ],
  })
})

test('lines, one and several', () => {
  expect(twkb('02000202040607')).toEqual({ type: 'lines', lines: [[1, 2, 4, -2]] })
  expect(twkb('05000202020406070207040a0a')).toEqual({
    type: 'lines',
    lines: [
      [1, 2, 4, -2],
      [0, 0, 5, 5],
    ],
  })
})

test('an empty geometry and a point left over by clipping give nothing', () => {
  expect(twkb('0610')).toBeUndefined()
  expect(twkb('01000204')).toBeUndefined()
})

test('a header of another precision is refused instead of misread', () => {
  expect(() => twkb('22000214283c4f')).toThrow(/not expected/)
})
