import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hourly } from './hourly.ts'

const HOUR_MS = 3_600_000
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('works at once and every hour, also after a failure, and is told of each', async () => {
  const work = vi.fn(async () => {
    throw new Error('no database')
  })
  const failed = vi.fn()
  const end = hourly(work, failed)
  await vi.advanceTimersByTimeAsync(2 * HOUR_MS)
  expect([work.mock.calls.length, failed.mock.calls.length]).toEqual([3, 3])
  end()
  await vi.advanceTimersByTimeAsync(2 * HOUR_MS)
  expect(work).toHaveBeenCalledTimes(3)
})

test('work that takes longer than an hour is not begun twice, and what fails behind the end is not told', async () => {
  const ends: ((error: Error) => void)[] = []
  const asked: boolean[] = []
  const failed = vi.fn()
  const end = hourly(async (isEnded) => {
    await new Promise((_, reject) => ends.push(reject)).finally(() => asked.push(isEnded()))
  }, failed)
  await vi.advanceTimersByTimeAsync(3 * HOUR_MS)
  expect(ends).toHaveLength(1)
  end()
  ends[0]!(new Error('closed'))
  await vi.advanceTimersByTimeAsync(0)
  expect([asked, failed.mock.calls.length]).toEqual([[true], 0])
})
