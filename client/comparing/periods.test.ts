import { expect, test } from 'vitest'
import { readCompare, writeCompare } from './compare-state.ts'
import { daysWords, lastAndThis, spanOf } from './periods.ts'

test('two periods come back from their link, and days that are none are dropped', () => {
  const link = 'side/40/periods/2026-10-01_2026-10-31/2026-11-01_2026-11-30'
  expect(writeCompare(readCompare(link))).toBe(link)
  const broken = readCompare('swipe/50/periods/2026-13-01_2026-14-01/2026-11-30_2026-11-01')
  expect(broken.periods).toEqual({ left: undefined, right: undefined })
})

test('the last and this month join at midnight, over a new year too, and a Sunday still is of the week before Monday', () => {
  const { left, right } = lastAndThis('month', new Date(2026, 0, 31))
  expect([left, right]).toEqual([
    { first: '2025-12-01', last: '2025-12-31' },
    { first: '2026-01-01', last: '2026-01-31' },
  ])
  const now = new Date(2026, 11, 31)
  expect(spanOf(left, now)!.to).toBe(spanOf(right, now)!.from)
  expect(lastAndThis('week', new Date(2026, 10, 22)).right).toEqual({
    first: '2026-11-16',
    last: '2026-11-22',
  })
})

test('a period that has begun ends now, and one that is still to come is none', () => {
  const now = new Date(2026, 10, 22, 12)
  expect(spanOf({ first: '2026-11-01', last: '2026-11-30' }, now)!.to).toBe(now.toISOString())
  expect(spanOf({ first: '2026-11-23', last: '2026-11-30' }, now)).toBeUndefined()
  expect(daysWords({ first: '2025-12-01', last: '2026-01-02' }, now)).toBe('2025-12-01 – 01-02')
})
