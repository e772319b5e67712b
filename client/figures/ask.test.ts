import { expect, test } from 'vitest'
import { asKind, readAsk, spanOf, step, writeAsk } from './ask.ts'

const NOW = Date.parse('2026-11-22T20:00:00+08:00')

test('a link leads back to what was shown, and a broken one to this month', () => {
  for (const text of [
    'indicators:2026-05:grids::handling',
    'barometer:2026-Q2:communities:990101001001:',
    'barometer:2026-Q2:grids::standing:GB%2FT%2047678.5-2026%7Cmatter%7C09012%2Clocal%7Clocal%7CL0001',
    'ranking:2026-05-04_2026-05-10:micro-grids::kunshan',
  ])
    expect(writeAsk(readAsk(text, NOW))).toBe(text)
  for (const text of [
    undefined,
    '',
    'x:2026-13:grid:12:happiness',
    'indicators:2026-02-30_2026-03-01',
    'indicators:2026-11:grids:::%E0%A4%A,a|b',
  ])
    expect(writeAsk(readAsk(text, NOW))).toBe('indicators:2026-11:grids::')
})

test('a quarter ends with its last month, and the one before the first is of the year before', () => {
  const { period } = readAsk('indicators:2026-Q1:grids', NOW)
  expect(spanOf(period)).toEqual({ from: '2026-01-01T00:00:00+08:00', to: '2026-04-01T00:00:00+08:00' })
  expect(step(period, -1)).toEqual({ kind: 'quarter', month: '2025-10' })
})

test('days that were put the wrong way round are turned, and more than a year of them is cut', () => {
  expect(readAsk('indicators:2026-05-10_2026-05-04', NOW).period).toMatchObject({ first: '2026-05-04' })
  expect(readAsk('indicators:2020-01-01_2026-01-01', NOW).period).toMatchObject({ last: '2020-12-31' })
})

test('another kind of period begins from the end of the one before it, never in the future', () => {
  const quarter = asKind({ kind: 'month', month: '2026-11' }, 'quarter', NOW)
  expect(quarter).toEqual({ kind: 'quarter', month: '2026-10' })
  expect(asKind(quarter, 'month', NOW)).toEqual({ kind: 'month', month: '2026-11' })
  expect(asKind(quarter, 'days', NOW)).toEqual({ kind: 'days', first: '2026-11-01', last: '2026-11-22' })
})
