import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CountedDay, countMinutes } from '../../tests/support/count-minutes.ts'
import { addWorkingMillis, HOUR, MINUTE, workingCalendar, workingMillisBetween } from './working-calendar.ts'

const DAYS: CountedDay[] = [
  // Spring Festival with both days that make up for it, as 2026 has it, and a holiday on a Sunday that is worked.
  ...Array.from({ length: 9 }, (_, index) => ({ day: `2026-02-${15 + index}`, kind: 'holiday' as const })),
  { day: '2026-02-14', kind: 'workday' },
  { day: '2026-02-28', kind: 'workday' },
  { day: '2026-05-01', kind: 'holiday' },
  { day: '2026-05-10', kind: 'workday' },
]
const calendar = workingCalendar(DAYS)
const at = (text: string) => Date.parse(`${text}+08:00`)
const text = (time: number) => new Date(time + 8 * HOUR).toISOString().slice(0, 16)
const add = (from: string, hours: number) => text(addWorkingMillis(calendar, at(from), hours * HOUR))

describe('working time', () => {
  test.each([
    ['what fills the morning ends at noon, not after the break', '2026-03-13T08:00', 4, '2026-03-13T12:00'],
    ['a moment more is in the afternoon', '2026-03-13T08:00', 4.25, '2026-03-13T14:15'],
    ['what fills a day ends in the evening, not next morning', '2026-03-13T08:00', 8, '2026-03-13T18:00'],
    ['at noon the afternoon is what is left', '2026-03-13T12:00', 1, '2026-03-13T15:00'],
    ['from the break it counts as from 14:00', '2026-03-13T13:10', 1, '2026-03-13T15:00'],
    ['before eight it counts as from eight', '2026-03-13T05:00', 1, '2026-03-13T09:00'],
    ['over a weekend', '2026-03-13T17:00', 2, '2026-03-16T09:00'],
    ['at the very end of Friday it is Monday’s', '2026-03-13T18:00', 1, '2026-03-16T09:00'],
    ['a Saturday that makes up for a holiday counts', '2026-02-13T17:00', 2, '2026-02-14T09:00'],
    ['a whole Spring Festival is left out', '2026-02-14T17:00', 2, '2026-02-24T09:00'],
    ['a Sunday that is worked counts', '2026-05-09T12:00', 8, '2026-05-10T18:00'],
    ['nothing to add is the same moment, also at night', '2026-03-14T23:30', 0, '2026-03-14T23:30'],
  ])('%s', (_, from, hours, due) => {
    expect(add(from, hours)).toBe(due)
  })

  test('New Year’s Eve in Shanghai is not that of Greenwich', () => {
    const one = workingCalendar([{ day: '2027-01-01', kind: 'holiday' }])
    expect(text(addWorkingMillis(one, at('2026-12-31T17:30'), HOUR))).toBe('2027-01-04T08:30')
  })

  test('equals counting every minute, forwards and between, whatever the moment and the days', () => {
    const counted = countMinutes(DAYS)
    const first = at('2026-01-02T00:00') / MINUTE
    const minute = fc.oneof(
      fc.integer({ min: first, max: first + 400 * 1440 }),
      // On the hour: where spans begin and end.
      fc.integer({ min: 0, max: 400 * 24 }).map((hour) => first + hour * 60),
    )
    fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 60 * 480 }), (from, amount) => {
        const due = addWorkingMillis(calendar, from * MINUTE, amount * MINUTE)
        expect(due / MINUTE).toBe(counted.add(from, amount))
        expect(workingMillisBetween(calendar, from * MINUTE, due) / MINUTE).toBe(amount)
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(minute, minute, (a, b) => {
        expect(workingMillisBetween(calendar, a * MINUTE, b * MINUTE) / MINUTE + 0).toBe(
          counted.between(a, b) + 0,
        )
      }),
      { numRuns: 500 },
    )
  })
})
