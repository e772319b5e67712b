import { expect, test } from 'vitest'
import { readDeadline } from './read-deadline.ts'
import { workingCalendar } from './working-calendar.ts'

const at = (shanghai: string) => Date.parse(`${shanghai}+08:00`)
const iso = (shanghai: string) => new Date(at(shanghai)).toISOString()
const plain = workingCalendar([])
const deadline = (dueAt: string | null, limitKind: 'working-hours' | 'calendar-days' | 'given') => ({
  dueAt: dueAt && iso(dueAt),
  limitKind,
  suspendedUntil: null,
})

test('over a weekend a clock of working time shows the working time that is left, not the days', () => {
  // Friday 17:00 to Monday 10:00.
  const read = readDeadline(deadline('2026-11-23T10:00', 'working-hours'), plain, at('2026-11-20T17:00'))
  expect(read).toMatchObject({ status: 'open', of: 'working', spanMillis: 3 * 3_600_000 })
})

test('a holiday takes its hours away from what is left, the hours to the deadline stay', () => {
  const calendar = workingCalendar([{ day: '2026-11-23', kind: 'holiday' }])
  const of = deadline('2026-11-24T10:00', 'working-hours')
  expect(readDeadline(of, calendar, at('2026-11-20T17:00')).spanMillis).toBe(3 * 3_600_000)
  expect(readDeadline(of, plain, at('2026-11-20T17:00')).spanMillis).toBe(11 * 3_600_000)
})

test('the deadline itself is not late, a moment later is, and it says since when on any clock', () => {
  const of = deadline('2026-11-23T18:00', 'working-hours')
  expect(readDeadline(of, plain, at('2026-11-23T18:00')).status).toBe('soon')
  const late = readDeadline(of, plain, at('2026-11-23T18:00') + 1)
  expect(late).toMatchObject({ status: 'overdue', of: 'running', spanMillis: 1 })
})

test('no deadline is unknown, and a suspended case is not late, however old its deadline', () => {
  expect(readDeadline(deadline(null, 'given'), plain, at('2026-11-23T18:00')).status).toBe('unknown')
  const suspended = {
    ...deadline('2020-01-01T00:00', 'calendar-days'),
    suspendedUntil: iso('2026-12-01T00:00'),
  }
  expect(readDeadline(suspended, plain, at('2026-11-23T18:00')).status).toBe('suspended')
})

test('it is read again just after the deadline passes, not up to a minute later', () => {
  const of = deadline('2026-11-23T18:00', 'given')
  const now = at('2026-11-23T17:59:30')
  const { againMillis } = readDeadline(of, plain, now)
  expect(readDeadline(of, plain, now + againMillis).status).toBe('overdue')
  expect(readDeadline(of, plain, now + againMillis - 1).status).toBe('soon')
})
