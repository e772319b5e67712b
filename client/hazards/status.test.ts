import { expect, test } from 'vitest'
import { hazardStatus } from './status.ts'

const now = new Date('2026-11-21T14:00:00Z')

test('a hazard without a deadline is never overdue', () => {
  expect(hazardStatus({ state: 'handling', dueAt: null }, now)).toBe('open')
})

test('a closed or rejected hazard is not overdue, however old its deadline', () => {
  expect(hazardStatus({ state: 'closed', dueAt: '2020-01-01T00:00:00Z' }, now)).toBe('closed')
  expect(hazardStatus({ state: 'rejected', dueAt: '2020-01-01T00:00:00Z' }, now)).toBe('closed')
})

test('the deadline itself still counts as due soon, a moment later as overdue', () => {
  expect(hazardStatus({ state: 'reported', dueAt: '2026-11-21T14:00:00Z' }, now)).toBe('soon')
  expect(hazardStatus({ state: 'reported', dueAt: '2026-11-21T13:59:59Z' }, now)).toBe('overdue')
  expect(hazardStatus({ state: 'reported', dueAt: '2026-11-21T16:00:01Z' }, now)).toBe('open')
})
