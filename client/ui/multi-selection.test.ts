import { beforeEach, expect, test } from 'vitest'
import {
  clearMultiSelection,
  getMultiSelection,
  MULTI_MAX,
  setListFocus,
  setMultiSelection,
  subscribeMultiSelection,
} from './multi-selection.ts'

beforeEach(() => {
  setListFocus(undefined)
  clearMultiSelection()
})

test('more than the most are cut off and said to be, exactly the most are not', () => {
  const ids = Array.from({ length: MULTI_MAX + 1 }, (_, index) => index + 1)
  expect(setMultiSelection('buildings', ids)).toBe(false)
  expect(getMultiSelection().ids.size).toBe(MULTI_MAX)
  expect(setMultiSelection('buildings', [...ids.slice(0, MULTI_MAX), 1])).toBe(true)
  expect(getMultiSelection().ids.size).toBe(MULTI_MAX)
})

test('choosing in another layer leaves nothing of the first behind', () => {
  setMultiSelection('buildings', [1, 2])
  setMultiSelection('hazards', [2])
  expect(getMultiSelection()).toMatchObject({ layer: 'hazards' })
  expect([...getMultiSelection().ids]).toEqual([2])
})

test('listeners hear a change once, and nothing where nothing changed', () => {
  let heard = 0
  const stop = subscribeMultiSelection(() => heard++)
  setMultiSelection('roads', [1])
  setListFocus({ layer: 'roads', id: 1 })
  setListFocus({ layer: 'roads', id: 1 })
  clearMultiSelection()
  clearMultiSelection()
  expect(heard).toBe(3)
  expect(getMultiSelection().focus).toEqual({ layer: 'roads', id: 1 })
  stop()
  setMultiSelection('roads', [1])
  expect(heard).toBe(3)
})
