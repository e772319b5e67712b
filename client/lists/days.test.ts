import { expect, test } from 'vitest'
import { dayOf, daysBefore } from './days.ts'

test('late in the evening in London it is tomorrow in the town, and the filter says so', () => {
  expect(dayOf(new Date('2026-11-21T15:59:59Z'))).toBe('2026-11-21')
  expect(dayOf(new Date('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
})

test('days before lead over the ends of months and years', () => {
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28')
  expect(daysBefore('2026-01-03', 6)).toBe('2025-12-28')
})
