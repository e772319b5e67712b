import { expect, test } from 'vitest'
import type { MultiPolygon } from '../shared/geojson.ts'
import { areaSquareMetres, lengthMetres, perimeterMetres } from './measure.ts'

const withHole: MultiPolygon = {
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [120.6, 31.3],
        [120.61, 31.3],
        [120.61, 31.31],
        [120.6, 31.31],
        [120.6, 31.3],
      ],
      [
        [120.604, 31.304],
        [120.604, 31.306],
        [120.606, 31.306],
        [120.606, 31.304],
        [120.604, 31.304],
      ],
    ],
    [
      [
        [120.62, 31.3],
        [120.6212345, 31.3001],
        [120.6205, 31.3012],
        [120.62, 31.3],
      ],
    ],
  ],
}

// PostGIS 3.6: ST_Area, ST_Perimeter and ST_Length of the same shapes as geography.
test('area takes holes off and adds parts, as PostGIS does on the spheroid', () => {
  expect(areaSquareMetres(withHole)).toBeCloseTo(1020849.6908992231, 3)
  expect(perimeterMetres(withHole)).toBeCloseTo(5345.71386332142, 5)
})

test('a clockwise outer ring has the same area, not a negative one', () => {
  const turned = withHole.coordinates.map((rings) => rings.map((ring) => ring.toReversed()))
  expect(areaSquareMetres({ type: 'MultiPolygon', coordinates: turned })).toBeCloseTo(1020849.6908992231, 3)
})

test('length along a line, near and across a continent', () => {
  expect(
    lengthMetres([
      [120.6, 31.3],
      [120.61, 31.31],
      [120.65, 31.31],
    ]),
  ).toBeCloseTo(5269.127200383037, 6)
  expect(
    lengthMetres([
      [73.5, 39.4],
      [134.7, 48.3],
    ]),
  ).toBeCloseTo(4884759.458470099, 4)
  expect(lengthMetres([[73.5, 39.4]])).toBe(0)
})
