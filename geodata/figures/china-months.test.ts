import { expect, test } from 'vitest'
import {
  addMonths,
  daysOf,
  monthOf,
  spanBefore,
  spanBeforeUntil,
  spanOfDays,
  spanOfMonths,
  wholeMonths,
} from './china-months.ts'

test('the last hours of a month in UTC are the next month in China', () => {
  expect(monthOf(Date.parse('2026-04-30T15:59:59.999Z'))).toBe('2026-04')
  expect(monthOf(Date.parse('2026-04-30T16:00:00Z'))).toBe('2026-05')
})

test('months are counted over the turn of a year in both directions', () => {
  expect(addMonths('2026-11', 3)).toBe('2027-02')
  expect(addMonths('2026-02', -3)).toBe('2025-11')
  expect(addMonths('2026-01', -13)).toBe('2024-12')
})

test('a month is compared with the month before it, however long that is, and a quarter with a quarter', () => {
  expect(spanBefore(spanOfMonths('2026-03'))).toEqual(spanOfMonths('2026-02'))
  expect(spanBefore(spanOfMonths('2026-01', 3))).toEqual(spanOfMonths('2025-10', 3))
})

test('days are compared with as many days before them', () => {
  const week = spanOfDays('2026-05-04', '2026-05-10')
  const before = spanBefore(week)
  expect(Date.parse(before.to)).toBe(Date.parse(week.from))
  expect(daysOf(before)).toEqual({ first: '2026-04-27', last: '2026-05-03' })
})

test('three days of a month are not compared with a whole one', () => {
  const before = spanBeforeUntil(spanOfMonths('2026-05'), '2026-05-04T00:00:00+08:00')
  expect(daysOf(before)).toEqual({ first: '2026-04-01', last: '2026-04-03' })
  // The 30th of March has no like in February.
  const cut = spanBeforeUntil(spanOfMonths('2026-03'), '2026-03-31T12:00:00+08:00')
  expect(Date.parse(cut.to)).toBe(Date.parse(spanOfMonths('2026-02').to))
})

test('a span that begins a minute late is not made of whole months', () => {
  expect(wholeMonths(spanOfMonths('2025-12', 2))).toBe(2)
  expect(wholeMonths({ from: '2026-05-01T00:01:00+08:00', to: '2026-06-01T00:00:00+08:00' })).toBeUndefined()
  expect(wholeMonths({ from: '2026-05-01T00:00:00+08:00', to: '2026-05-01T00:00:00+08:00' })).toBeUndefined()
})
