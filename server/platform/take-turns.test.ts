import { expect, test } from 'vitest'
import { takeTurns } from './take-turns.ts'

test('never more at once than allowed, in the order given, and a failure frees its turn', async () => {
  const inTurn = takeTurns(2, 10)
  let running = 0
  let most = 0
  const started: number[] = []
  const job = (index: number) => async () => {
    started.push(index)
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 2))
    running -= 1
    if (index % 3 === 0) throw new Error(`job ${index}`)
    return index
  }
  const results = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => inTurn(job(index))))
  expect(most).toBe(2)
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3)
  expect(await inTurn(async () => 'still works')).toBe('still works')
})

test('a flood is refused beyond those who may wait, and is welcome again afterwards', async () => {
  const inTurn = takeTurns(1, 1)
  let finish = () => {}
  const first = inTurn(() => new Promise<void>((resolve) => (finish = resolve)))
  const second = inTurn(async () => 'second')
  await expect(inTurn(async () => 'third')).rejects.toMatchObject({ code: 'unavailable' })
  finish()
  await first
  expect(await second).toBe('second')
  expect(await inTurn(async () => 'fourth')).toBe('fourth')
})
