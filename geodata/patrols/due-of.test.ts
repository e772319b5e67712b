import { expect, test } from 'vitest'
import { describeDue, dueOf } from './due-of.ts'
import { openSpans, opensAt, toPeriod } from './opening-windows.ts'

const at = (time: string) => Date.parse(`${time}+08:00`)
const shift = [at('2026-11-22T18:00'), at('2026-11-22T22:00')] as const
const site = (more: object = {}) => ({
  intervalMinutes: 120,
  graceMinutes: 30,
  timeWindows: [],
  createdAt: at('2026-11-01T00:00'),
  lastVisitAt: at('2026-11-22T17:00'),
  ...more,
})

test('a window past midnight that began the day before is open in the night shift', () => {
  const windows = [{ from: '22:00', to: '06:00' }]
  expect(openSpans(windows, at('2026-11-22T01:00'), at('2026-11-22T03:00'))?.map(toPeriod)).toEqual([
    { from: '2026-11-21T14:00:00.000Z', to: '2026-11-21T22:00:00.000Z' },
  ])
  expect(openSpans(windows, at('2026-11-22T20:00'), at('2026-11-23T23:00'))).toHaveLength(2)
  expect(openSpans(windows, at('2026-11-22T08:00'), at('2026-11-22T20:00'))).toEqual([])
})

test('the days of windows are those of China, not those of Greenwich', () => {
  // 07:00 on the 22nd in China is still the 21st in UTC.
  expect(openSpans([{ from: '06:30', to: '07:30' }], at('2026-11-22T06:00'), at('2026-11-22T08:00'))).toEqual(
    [[at('2026-11-22T06:30'), at('2026-11-22T07:30')]],
  )
})

test('windows that meet are one, and a whole day has no gap at its hour', () => {
  const spans = openSpans(
    [
      { from: '08:00', to: '12:00' },
      { from: '12:00', to: '13:00' },
    ],
    at('2026-11-22T00:00'),
    at('2026-11-23T00:00'),
  )
  expect(spans).toEqual([[at('2026-11-22T08:00'), at('2026-11-22T13:00')]])
  expect(opensAt([{ from: '08:00', to: '08:00' }], at('2026-11-22T08:00'))).toBe(at('2026-11-22T08:00'))
})

test('at the moment it closes a site opens next the day after', () => {
  expect(opensAt([{ from: '08:00', to: '12:00' }], at('2026-11-22T12:00'))).toBe(at('2026-11-23T08:00'))
})

test('an interval shorter than the shift asks for several visits', () => {
  expect(dueOf(site(), ...shift)).toEqual({
    state: 'due',
    limitAt: at('2026-11-22T19:00'),
    breaksAt: at('2026-11-22T19:30'),
    neededVisits: 2,
  })
})

test('what is overdue is needed at once, and again after each interval', () => {
  const due = dueOf(site({ lastVisitAt: at('2026-11-22T12:00') }), ...shift)
  expect([due.state, due.neededVisits]).toEqual(['overdue', 2])
})

test('within the grace a site is due, not overdue', () => {
  expect(dueOf(site({ lastVisitAt: at('2026-11-22T15:45') }), ...shift).state).toBe('due')
  expect(dueOf(site({ lastVisitAt: at('2026-11-22T15:29') }), ...shift).state).toBe('overdue')
})

test('a limit at the very end of the shift belongs to the next', () => {
  const due = dueOf(site({ lastVisitAt: at('2026-11-22T20:00') }), ...shift)
  expect([due.state, due.neededVisits]).toEqual(['later', 0])
})

test('a site that nobody visited is due since it was added, and says so', () => {
  const due = dueOf(site({ lastVisitAt: undefined }), ...shift)
  expect([due.state, due.limitAt]).toEqual(['never', at('2026-11-01T00:00')])
  expect(describeDue(site({ lastVisitAt: undefined }), ...shift).lastVisitAt).toBeNull()
})

test('a limit that falls into closed hours moves to the opening, and asks for no visit before', () => {
  const market = site({ timeWindows: [{ from: '05:30', to: '18:30' }] })
  expect(dueOf(market, ...shift)).toMatchObject({
    state: 'later',
    limitAt: at('2026-11-23T05:30'),
    neededVisits: 0,
  })
})

test('a site that is closed for the whole shift is overdue and needs no visit in it', () => {
  const closed = site({ lastVisitAt: at('2026-11-20T12:00'), timeWindows: [{ from: '08:00', to: '12:00' }] })
  expect(describeDue(closed, ...shift)).toMatchObject({ state: 'overdue', neededVisits: 0, windows: [] })
})

test('a shift past midnight counts the visits of both days', () => {
  const night = [at('2026-11-22T22:00'), at('2026-11-23T06:00')] as const
  expect(dueOf(site({ lastVisitAt: at('2026-11-22T21:00') }), ...night).neededVisits).toBe(4)
})

test('an interval of a minute over a week is no endless count', () => {
  const week = [at('2026-11-22T00:00'), at('2026-11-29T00:00')] as const
  expect(dueOf(site({ intervalMinutes: 1, lastVisitAt: undefined }), ...week).neededVisits).toBe(1000)
})
