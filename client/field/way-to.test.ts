import { expect, test } from 'vitest'
import { bearingTo, metresTo, windOf } from './way-to.ts'

test('a degree of latitude is 111.2 km; a degree of longitude shrinks with the latitude and across the antimeridian', () => {
  expect(metresTo([121, 31], [121, 32])).toBeCloseTo(111_195, -1)
  expect(metresTo([121, 60], [122, 60]) / metresTo([121, 0], [122, 0])).toBeCloseTo(0.5, 2)
  expect(metresTo([179.5, 0], [-179.5, 0])).toBeCloseTo(111_195, -1)
})

test('the arrow points the short way round, and never to 360', () => {
  expect(bearingTo([121, 31], [121, 31.001])).toBeCloseTo(0, 6)
  expect(bearingTo([121, 31], [121.001, 31])).toBeCloseTo(90, 1)
  expect(bearingTo([121, 31], [121, 30.999])).toBeCloseTo(180, 6)
  expect(bearingTo([179.9, 0], [-179.9, 0])).toBeCloseTo(90, 6)
  expect(bearingTo([121, 31], [120.999, 31])).toBeCloseTo(270, 1)
})

test('just west of north is north, not a ninth wind', () => {
  expect([windOf(0), windOf(359), windOf(337), windOf(46), windOf(225)]).toEqual(['n', 'n', 'nw', 'ne', 'sw'])
})
