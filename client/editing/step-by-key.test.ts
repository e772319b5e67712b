import { expect, test } from 'vitest'
import { growByKey, stepByKey, turnByKey } from './step-by-key.ts'

const press = (key: string, held: { shiftKey?: true; altKey?: true } = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  ...held,
})

test('a metre east is more degrees in the north than at the equator', () => {
  const [atEquator] = stepByKey(press('ArrowRight'), [0, 0])!
  const [inNorth] = stepByKey(press('ArrowRight'), [0, 60])!
  expect(atEquator * 111_319.5).toBeCloseTo(1, 1)
  expect(inNorth).toBeCloseTo(2 * atEquator, 6)
  expect(stepByKey(press('Enter'), [0, 0])).toBeUndefined()
})

test('the left arrow turns anticlockwise, which is what the number field calls positive', () => {
  expect(turnByKey(press('ArrowLeft'))).toBe(1)
  expect(turnByKey(press('ArrowRight', { shiftKey: true }))).toBe(-15)
  expect(turnByKey(press('ArrowLeft', { altKey: true }))).toBe(0.1)
  expect(turnByKey(press('ArrowUp'))).toBeUndefined()
})

test('one step smaller after one step larger is the old size, not 99.99 % of it', () => {
  for (const held of [{}, { shiftKey: true }, { altKey: true }] as const)
    expect(growByKey(press('ArrowUp', held))! * growByKey(press('ArrowDown', held))!).toBeCloseTo(1, 12)
  expect(growByKey(press('ArrowUp'))).toBe(1.01)
  expect(growByKey(press('ArrowDown', { shiftKey: true }))).toBeCloseTo(0.909, 3)
  expect(growByKey(press('ArrowLeft'))).toBeUndefined()
})
