import { expect, test } from 'vitest'
import { isNight, minuteOf } from './night.ts'

test('a night across midnight is one night, and its last minute is the one before the end', () => {
  const hours = { from: '22:00', to: '06:30' }
  const at = (clock: string) => isNight(hours, minuteOf(clock))
  expect(['21:59', '22:00', '23:59', '00:00', '06:29', '06:30', '12:00'].map(at)).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('hours within one day do not turn into all others, and none at all is day', () => {
  expect(isNight({ from: '01:00', to: '05:00' }, minuteOf('03:00'))).toBe(true)
  expect(isNight({ from: '01:00', to: '05:00' }, minuteOf('23:00'))).toBe(false)
  expect(isNight({ from: '05:00', to: '05:00' }, minuteOf('05:00'))).toBe(false)
  expect(isNight(null, 0)).toBe(false)
})
