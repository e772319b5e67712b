import { expect, test } from 'vitest'
import { formatKnown, formatMetres, formatMinutes, formatTime } from './format.ts'

test('metres stay metres under one kilometre', () => {
  expect(formatMetres(999.4, 'en')).toBe('999 m')
  expect(formatMetres(1000, 'zh')).toBe('1.0 公里')
})

test('an interval is shown in the largest unit that keeps it whole', () => {
  expect(formatMinutes(90, 'en')).toBe('90 min')
  expect(formatMinutes(120, 'zh')).toBe('2 小时')
  expect(formatMinutes(10_080, 'en')).toBe('7 d')
  expect(formatMinutes(0, 'en')).toBe('0 min')
})

test('a date of another year does not pass for one of this year', () => {
  const now = new Date(2026, 10, 21)
  expect(formatTime(new Date(2026, 10, 21, 14, 5).toISOString(), now)).toBe('11-21 14:05')
  expect(formatTime(new Date(2025, 0, 2, 3, 4).toISOString(), now)).toBe('2025-01-02 03:04')
})

test('an unknown count is a dash, never a zero', () => {
  expect([null, undefined, 0, 1234].map((value) => formatKnown(value))).toEqual(['—', '—', '0', '1,234'])
  expect(formatKnown(1234, true)).toBe('≥ 1,234')
  expect(formatKnown(null, true)).toBe('—')
})
