import { expect, test } from 'vitest'
import { actOnAll } from './act-on-all.ts'

test('one that fails holds up no other and is told with its reason', async () => {
  const steps: number[] = []
  const act = async (of: number) => {
    if (of === 2) throw new Error('taken')
  }
  const { done, failed } = await actOnAll([1, 2, 3], act, {
    isStopped: () => false,
    onStep: (settled) => steps.push(settled),
  })
  expect(done).toEqual([1, 3])
  expect(failed.map(({ of, error }) => [of, error.message])).toEqual([[2, 'taken']])
  expect(steps).toEqual([1, 2, 3])
})

test('what was not begun when it was stopped is neither done nor failed', async () => {
  let settled = 0
  const { done, failed } = await actOnAll([1, 2, 3], async () => {}, {
    isStopped: () => settled === 2,
    onStep: (now) => {
      settled = now
    },
  })
  expect({ done, failed }).toEqual({ done: [1, 2], failed: [] })
})
