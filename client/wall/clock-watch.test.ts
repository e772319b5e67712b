import { expect, test } from 'vitest'
import { jumpBetween } from './clock-watch.ts'

test('a slow page is not a clock that was set', () => {
  expect(jumpBetween({ runningMs: 1000, setMs: 50_000 }, { runningMs: 61_000, setMs: 110_000 })).toBe(0)
  expect(jumpBetween({ runningMs: 0, setMs: 0 }, { runningMs: 1000, setMs: 2400 })).toBe(0)
})

test('a clock that was set is told by how much and which way; sleep is a jump ahead', () => {
  const before = { runningMs: 5000, setMs: 1_000_000 }
  expect(jumpBetween(before, { runningMs: 6000, setMs: 1_001_000 + 3_600_000 })).toBe(3_600_000)
  expect(jumpBetween(before, { runningMs: 6000, setMs: 1_001_000 - 86_400_000 })).toBe(-86_400_000)
})
