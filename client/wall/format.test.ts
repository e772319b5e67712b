import { expect, test } from 'vitest'
import { formatAge, formatMoment, formatSpan, formatSpanBriefly, minuteOfDay } from './format.ts'

const MINUTE = 60_000
test('two units at most, none of them nought', () => {
  expect(formatSpan(134 * MINUTE, 'zh')).toBe('2小时14分')
  expect(formatSpan(134 * MINUTE, 'en')).toBe('2 h 14 min')
  expect(formatSpan(1440 * MINUTE, 'en')).toBe('1 d')
  expect(formatSpan((1440 * 3 + 61) * MINUTE, 'en')).toBe('3 d 1 h')
  expect(formatSpan(59_999, 'en')).toBe('< 1 min')
})

test('in little room the hours are left out once there are days, and never before', () => {
  expect(formatSpanBriefly((1440 * 3 + 61) * MINUTE, 'zh')).toBe('3天')
  expect(formatSpanBriefly(1439 * MINUTE, 'zh')).toBe('23小时59分')
})

test('an age is told in seconds for a minute only, and is never below nought', () => {
  expect(formatAge(-5, 'en')).toBe('0 s')
  expect(formatAge(59_999, 'zh')).toBe('59秒')
  expect(formatAge(60_000, 'zh')).toBe('1分')
})

test('the minute of the day is Shanghai’s, wherever the computer thinks it is', () => {
  expect(minuteOfDay(Date.parse('2026-11-22T16:30:00Z'))).toBe(30)
  expect(minuteOfDay(Date.parse('2026-11-22T15:59:00Z'))).toBe(24 * 60 - 1)
})

test('an hour of yesterday is told with its day, one of today without', () => {
  const now = new Date(2026, 10, 22, 9, 5).getTime()
  expect(formatMoment(new Date(2026, 10, 22, 0, 0).getTime(), now)).toBe('00:00')
  expect(formatMoment(new Date(2026, 10, 21, 23, 59).getTime(), now)).toBe('11-21 23:59')
})
