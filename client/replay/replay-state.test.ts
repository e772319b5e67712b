import { expect, test } from 'vitest'
import { periodOf, readReplay, SPANS, writeReplay } from './replay-state.ts'

test('a link opens the same moment again, and a broken one the present day', () => {
  const state = { span: 'week', moment: '2026-11-20T08:00:00Z' } as const
  expect(readReplay(writeReplay(state))).toEqual(state)
  expect(readReplay('month')).toEqual({ span: 'month', moment: undefined })
  for (const broken of [undefined, '', 'day/yesterday', 'day/1969-01-01T00:00:00Z'])
    expect(readReplay(broken)).toEqual({ span: 'day', moment: undefined })
})

test('a Sunday belongs to the week that began six days before it', () => {
  const { from, to } = periodOf('week', new Date(2026, 10, 22, 23, 59))
  expect([from, to]).toEqual([new Date(2026, 10, 16), new Date(2026, 10, 23)])
})

test('periods join without a gap, over the end of a year and through a short month', () => {
  for (const span of SPANS)
    for (const moment of [new Date(2026, 0, 31, 12), new Date(2025, 11, 31), new Date(2028, 1, 29, 23)]) {
      const here = periodOf(span, moment)
      expect(here.from <= moment && moment < here.to).toBe(true)
      expect(periodOf(span, moment, -1).to).toEqual(here.from)
      expect(periodOf(span, moment, 1).from).toEqual(here.to)
    }
})
