import { expect, test } from 'vitest'
import { ticksOf } from './ticks-of.ts'

const HOUR = 3600
const labels = (...asked: Parameters<typeof ticksOf>) => ticksOf(...asked).map(({ label }) => label)

test('a line of time is read by few hours or days, of a day that has just begun by each hour', () => {
  const day = new Date(2026, 10, 2)
  expect(labels('day', day, 24 * HOUR)).toEqual([
    '00:00',
    '03:00',
    '06:00',
    '09:00',
    '12:00',
    '15:00',
    '18:00',
    '21:00',
    '00:00',
  ])
  expect(labels('day', day, 2.5 * HOUR)).toEqual(['00:00', '01:00', '02:00'])
  expect(labels('week', day, 3.2 * 24 * HOUR)).toEqual(['11-02', '11-03', '11-04', '11-05'])
  expect(labels('month', new Date(2026, 10, 1), 30 * 24 * HOUR).at(1)).toBe('11-05')
})

test('a tick stands where its time is', () => {
  const [, second] = ticksOf('day', new Date(2026, 10, 2), 24 * HOUR)
  expect(second).toEqual({ second: 3 * HOUR, label: '03:00' })
})
