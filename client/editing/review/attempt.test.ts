import { expect, test } from 'vitest'
import { type AttemptKeeper, attemptId, pendingAttempt } from './attempt.ts'

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
  const first = attemptId(changes, undefined, kept)
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(attemptId(structuredClone(changes), undefined, kept)).toBe(first)
})

test('other changes, or another note, are another save', () => {
  const kept = keeper()
  const first = attemptId({ puts: [{ id: -1 }] }, undefined, kept)
  const second = attemptId({ puts: [{ id: -2 }] }, undefined, kept)
  expect(second).not.toBe(first)
  expect(attemptId({ puts: [{ id: -2 }] }, 'why', kept)).not.toBe(second)
})

test('the same changes made again after an answer are a save of their own', () => {
  const kept = keeper()
  const first = attemptId('same', undefined, kept)
  kept.clear()
  expect(attemptId('same', undefined, kept)).not.toBe(first)
})

test('after a reload the unanswered attempt is known again with its note, for these changes only', () => {
  const kept = keeper()
  const id = attemptId({ puts: [{ id: -1 }] }, 'why', kept)
  expect(pendingAttempt({ puts: [{ id: -1 }] }, kept)).toMatchObject({ id, note: 'why' })
  expect(pendingAttempt({ puts: [{ id: -2 }] }, kept)).toBeUndefined()
  kept.write('{"id":')
  expect(pendingAttempt({ puts: [{ id: -1 }] }, kept)).toBeUndefined()
})
