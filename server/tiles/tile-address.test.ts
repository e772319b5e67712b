import { describe, expect, test } from 'vitest'
import { parseTileAddress, tileBounds, tileTouches, toMercator, unitMetres } from './tile-address.ts'

describe('parseTileAddress', () => {
  test('takes the last tile of a zoom and not the one after', () => {
    expect(parseTileAddress('3', '7', '7')).toEqual({ z: 3, x: 7, y: 7 })
    expect(() => parseTileAddress('3', '8', '7')).toThrow(/x is “8”.*from 0 to 7/)
  })
  test.each(['-1', '1.5', '1e3', ' 1', '0x1', '', '999999999999'])('refuses x = %j', (x) => {
    expect(() => parseTileAddress('12', x, '1')).toThrow(/whole number/)
  })
  test('refuses a zoom beyond 22 before x and y are looked at', () => {
    expect(() => parseTileAddress('23', 'x', '1')).toThrow(/z is “23”/)
  })
})

test('neighbours have the very same number for their shared side', () => {
  const left = tileBounds({ z: 14, x: 13721, y: 6692 })
  const right = tileBounds({ z: 14, x: 13722, y: 6692 })
  const below = tileBounds({ z: 14, x: 13721, y: 6693 })
  expect(left[2]).toBe(right[0])
  expect(left[1]).toBe(below[3])
})

describe('tileTouches', () => {
  const address = { z: 14, x: 13721, y: 6692 }
  const [west, south, east, north] = tileBounds(address)
  const unit = unitMetres(14)
  test('a box in the buffer of the tile touches it, one beyond does not', () => {
    expect(tileTouches(address, [east + 60 * unit, south, east + 90 * unit, north])).toBe(true)
    expect(tileTouches(address, [east + 66 * unit, south, east + 90 * unit, north])).toBe(false)
    expect(tileTouches(address, [west, north + 66 * unit, east, north + 90 * unit])).toBe(false)
  })
  test('a box around the whole tile touches it', () => {
    expect(tileTouches(address, [west - 1e4, south - 1e4, east + 1e4, north + 1e4])).toBe(true)
  })
  test('a box in degrees that crosses the antimeridian touches both ends of the world', () => {
    const box = toMercator([179, -1, -179, 1])
    expect(tileTouches({ z: 5, x: 0, y: 15 }, box)).toBe(true)
    expect(tileTouches({ z: 5, x: 31, y: 15 }, box)).toBe(true)
  })
  test('the poles end at the projection’s edge instead of infinity', () => {
    const [, south, , north] = toMercator([0, -90, 1, 90])
    expect(north).toBeCloseTo(20_037_508.34, 1)
    expect(south).toBeCloseTo(-20_037_508.34, 1)
  })
})
