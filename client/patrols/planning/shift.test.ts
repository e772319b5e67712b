import { expect, test } from 'vitest'
import { clockOf, dateOf, momentAt, nameOfShift, shiftOn, tonight } from './shift.ts'

test('a night shift ends the next day', () => {
  const { from, to } = shiftOn('2026-12-31', '22:00', '06:00')
  expect([dateOf(from), clockOf(from), dateOf(to), clockOf(to)]).toEqual([
    '2026-12-31',
    '22:00',
    '2027-01-01',
    '06:00',
  ])
  expect(nameOfShift({ from, to })).toBe('night')
})

test('after the evening is over, tonight is tomorrow', () => {
  expect(dateOf(tonight(new Date('2026-11-22T21:59')).from)).toBe('2026-11-22')
  expect(dateOf(tonight(new Date('2026-11-22T22:00')).from)).toBe('2026-11-23')
})

test('a clock time before the beginning is one of the next day', () => {
  const { from } = shiftOn('2026-11-22', '22:00', '06:00')
  expect(dateOf(momentAt('23:00', from))).toBe('2026-11-22')
  expect(dateOf(momentAt('22:00', from))).toBe('2026-11-22')
  expect(dateOf(momentAt('02:00', from))).toBe('2026-11-23')
})
