import { expect, test } from 'vitest'
import { type AttemptKeeper, attemptId } from './attempt.ts'

function keeper(): AttemptKeeper {
  let kept: string | null = null
  return {
    read: () => kept,
    write: (text) => {
      kept = text
    },
    clear: () => {
      kept = null
    },
  }
}

test('a save that is tried again after a lost answer has the same id, so nothing is applied twice', () => {
  const kept = keeper()
  const changes = { puts: [{ id: -1 }], deletes: [] }
  const first = attemptId([null, changes], kept)
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(attemptId([null, structuredClone(changes)], kept)).toBe(first)
})

test('other changes, or another note, are another save', () => {
  const kept = keeper()
  const first = attemptId([null, { puts: [{ id: -1 }] }], kept)
  const second = attemptId([null, { puts: [{ id: -2 }] }], kept)
  expect(second).not.toBe(first)
  expect(attemptId(['why', { puts: [{ id: -2 }] }], kept)).not.toBe(second)
})

test('the same changes made again after an answer are a save of their own', () => {
  const kept = keeper()
  const first = attemptId(['same'], kept)
  kept.clear()
  expect(attemptId(['same'], kept)).not.toBe(first)
})
