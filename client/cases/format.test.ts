import { expect, test } from 'vitest'
import { formatSpan } from './format.ts'

const HOUR = 3_600_000

test('nine hours of working time are a working day and an hour, nine hours on the clock are nine hours', () => {
  expect(formatSpan(9 * HOUR, 'working', 'en')).toBe('1 working d 1 h')
  expect(formatSpan(9 * HOUR, 'running', 'en')).toBe('9 h')
})

test('what is left is never rounded up: 59 seconds are under a minute, 119 minutes no two hours', () => {
  expect(formatSpan(59_999, 'running', 'zh')).toBe('不到 1 分钟')
  expect(formatSpan(2 * HOUR - 1, 'running', 'zh')).toBe('1 小时 59 分钟')
})

test('minutes beside days would be noise, a unit of nothing between two is left out', () => {
  expect(formatSpan(49 * HOUR + 300_000, 'running', 'en')).toBe('2 d 1 h')
  expect(formatSpan(48 * HOUR + 300_000, 'running', 'en')).toBe('2 d')
})
