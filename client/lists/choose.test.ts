import { beforeEach, expect, test } from 'vitest'
import {
  clearMultiSelection,
  getMultiSelection,
  MULTI_MAX,
  setMultiSelection,
} from '../ui/multi-selection.ts'
import { chooseRange, chosenIn, moveBy, toggleRow } from './choose.ts'

const ids = Array.from({ length: 300 }, (_, index) => 1000 + index * 3)
beforeEach(clearMultiSelection)

test('a range upwards holds the same rows as downwards, both ends included', () => {
  chooseRange('buildings', ids, 10, 4, false)
  expect([...getMultiSelection().ids]).toEqual(ids.slice(4, 11))
  chooseRange('buildings', ids, 4, 10, false)
  expect([...getMultiSelection().ids]).toEqual(ids.slice(4, 11))
})

test('a shrinking range gives rows back unless the earlier choice is kept', () => {
  chooseRange('buildings', ids, 0, 200, false)
  chooseRange('buildings', ids, 0, 2, false)
  expect(getMultiSelection().ids.size).toBe(3)
  chooseRange('buildings', ids, 5, 6, true)
  expect([...getMultiSelection().ids]).toEqual([...ids.slice(0, 3), ...ids.slice(5, 7)])
})

test('a toggled row of another layer starts anew, and the last one taken out leaves nothing chosen', () => {
  toggleRow('buildings', 1)
  toggleRow('roads', 1)
  expect(chosenIn('buildings').size).toBe(0)
  expect(chosenIn('roads').size).toBe(1)
  toggleRow('roads', 1)
  expect(getMultiSelection().layer).toBeUndefined()
})

test('a full choice refuses one more and keeps what it has', () => {
  setMultiSelection(
    'buildings',
    Array.from({ length: MULTI_MAX }, (_, index) => index + 1),
  )
  expect(toggleRow('buildings', MULTI_MAX + 1)).toBe(false)
  expect(getMultiSelection().ids.size).toBe(MULTI_MAX)
})

test('no key leads out of the list, from before its first row either', () => {
  expect(moveBy('ArrowUp', 0, 5, 10)).toBe(0)
  expect(moveBy('ArrowDown', -1, 5, 10)).toBe(0)
  expect(moveBy('PageDown', 3, 5, 10)).toBe(4)
  expect(moveBy('End', 0, 5, 10)).toBe(4)
  expect(moveBy('toString', 0, 5, 10)).toBeUndefined()
})
