import { expect, test } from 'vitest'
import { daysOf, isSamePeriod, periodBefore, periodOf, periodOfDays } from './periods.ts'

test('days are those of China: just after its midnight a day has begun, whatever the clock of the viewer says', () => {
  const now = Date.parse('2026-02-28T16:30:00Z')
  expect(periodOf('today', now)).toEqual({
    from: '2026-03-01T00:00:00+08:00',
    to: '2026-03-02T00:00:00+08:00',
  })
  expect(daysOf(periodOf('month', now))).toEqual({ first: '2026-03-01', last: '2026-03-01' })
  expect(daysOf(periodOf('week', now))).toEqual({ first: '2026-02-23', last: '2026-03-01' })
  expect(daysOf(periodOf('ahead', now))).toEqual({ first: '2026-03-02', last: '2026-03-08' })
})

test('the time before a period ends where it begins and is as long', () => {
  const week = periodOfDays('2026-03-01', '2026-03-07')
  const before = periodBefore(week)
  expect(daysOf(before)).toEqual({ first: '2026-02-22', last: '2026-02-28' })
  expect(before.to).toBe(week.from)
  expect(isSamePeriod(week, { ...week, from: '2026-02-28T16:00:00Z' })).toBe(true)
  expect(isSamePeriod(week, before)).toBe(false)
})
