import { expect, test } from 'vitest'
import { EDIT_KEYS, isOneOf, MODE_KEYS } from './edit-keys.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey', true>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
})

test('Ctrl Shift Z is redo, not undo, although both are a Z', () => {
  const redo = press('Z', { ctrlKey: true, shiftKey: true })
  expect(isOneOf(EDIT_KEYS.any.undo, redo)).toBe(false)
  expect(isOneOf(EDIT_KEYS.any.redo, redo)).toBe(true)
  expect(isOneOf(EDIT_KEYS.any.undo, press('z', { metaKey: true }))).toBe(true)
  expect(isOneOf(EDIT_KEYS.any.undo, press('z'))).toBe(false)
})

test('a letter counts with Caps Lock too, an arrow with Shift', () => {
  expect(isOneOf(EDIT_KEYS.vertex.stretch, press('A'))).toBe(true)
  expect(isOneOf(EDIT_KEYS.whole.turn, press('ArrowLeft', { shiftKey: true }))).toBe(true)
  expect(isOneOf(EDIT_KEYS.whole.turn, press('ArrowUp'))).toBe(false)
})

test('a key with two meanings at once would do only one of them', () => {
  const { any, vertex } = EDIT_KEYS
  const letters = [...new Set(Object.values(MODE_KEYS))] as string[]
  const always = [...Object.values(any).flat(), ...letters]
  expect(new Set(always).size).toBe(always.length)
  const ofVertices = Object.values(vertex).flat()
  expect(new Set(ofVertices).size).toBe(ofVertices.length)
})
