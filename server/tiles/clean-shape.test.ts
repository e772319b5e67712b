import { describe, expect, test } from 'vitest'
import { cleanLine, cleanRing, doubleArea } from './clean-shape.ts'

const square = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0]

describe('cleanRing', () => {
  test('an outer ring has positive area with y down, a hole negative, whichever way they came', () => {
    const backwards = [0, 0, 0, 10, 10, 10, 10, 0, 0, 0]
    for (const ring of [square, backwards]) {
      expect(doubleArea(cleanRing(ring, true)!)).toBe(200)
      expect(doubleArea(cleanRing(ring, false)!)).toBe(-200)
    }
  })
  test('the closing point is not repeated', () => {
    expect(cleanRing(square, true)).toEqual([0, 0, 10, 0, 10, 10, 0, 10])
  })
  test('points come once, also around the seam', () => {
    expect(cleanRing([0, 0, 0, 0, 10, 0, 10, 10, 10, 10, 0, 10, 0, 0, 0, 0], true)).toEqual([
      0, 0, 10, 0, 10, 10, 0, 10,
    ])
  })
  test.each([
    ['there and back', [0, 0, 5, 5, 0, 0]],
    ['a flat triangle', [0, 0, 5, 0, 9, 0, 0, 0]],
    ['one point many times', [3, 3, 3, 3, 3, 3, 3, 3]],
    ['a bow tie of two equal halves', [0, 0, 10, 10, 10, 0, 0, 10, 0, 0]],
  ])('%s has no area and is left out', (_, ring) => {
    expect(cleanRing(ring, true)).toBeUndefined()
  })
})

test('a line that shrank to a point is left out; repeated points go', () => {
  expect(cleanLine([4, 4, 4, 4])).toBeUndefined()
  expect(cleanLine([0, 0, 0, 0, 5, 5, 5, 5])).toEqual([0, 0, 5, 5])
})
