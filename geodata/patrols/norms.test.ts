import { expect, test } from 'vitest'
import { openMinutes, serviceMinutesPerDay, visitsPerDay } from './norms.ts'

test('a site that is open for four hours is not visited around the clock', () => {
  const timeWindows = [{ from: '08:00', to: '12:00' }]
  expect(visitsPerDay({ intervalMinutes: 120, timeWindows })).toBe(2)
  expect(visitsPerDay({ intervalMinutes: 120, timeWindows: [] })).toBe(12)
})

test('a weekly visit stays weekly, however short the opening hours', () => {
  const timeWindows = [{ from: '08:00', to: '09:00' }]
  expect(visitsPerDay({ intervalMinutes: 10_080, timeWindows })).toBeCloseTo(1 / 7, 12)
  expect(visitsPerDay({ intervalMinutes: 1440, timeWindows })).toBe(1)
})

test('a site that opens for less than its interval is still due once a day', () => {
  expect(visitsPerDay({ intervalMinutes: 720, timeWindows: [{ from: '08:00', to: '09:00' }] })).toBe(1)
})

test('windows past midnight and windows that overlap are not counted twice or as nothing', () => {
  expect(openMinutes([{ from: '22:00', to: '06:00' }])).toBe(480)
  expect(
    openMinutes([
      { from: '08:00', to: '12:00' },
      { from: '10:00', to: '13:00' },
    ]),
  ).toBe(300)
  expect(openMinutes([{ from: '08:00', to: '08:00' }])).toBe(1440)
})

test('minutes on site follow from visits, not from sites', () => {
  expect(serviceMinutesPerDay({ intervalMinutes: 240, serviceMinutes: 5, timeWindows: [] })).toBe(30)
})
