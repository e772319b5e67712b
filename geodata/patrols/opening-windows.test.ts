import { expect, test } from 'vitest'
import { openSpans, opensAt } from './opening-windows.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const start = Date.parse('2026-11-21T00:00+08:00')

test('the next opening is where the spans say, each minute of a day, past midnight and touching ones too', () => {
  const sites = [
    [{ from: '22:00', to: '02:00' }],
    [{ from: '09:00', to: '09:00' }],
    [
      { from: '08:00', to: '12:00' },
      { from: '12:00', to: '13:30' },
    ],
    [
      { from: '23:30', to: '00:15' },
      { from: '00:10', to: '00:20' },
    ],
  ]
  for (const windows of sites)
    for (let at = start; at < start + DAY; at += MINUTE) {
      const [first] = openSpans(windows, at, at + DAY + 1)!
      expect(opensAt(windows, at)).toBe(Math.max(at, first![0]))
    }
  expect(opensAt([], start)).toBe(start)
})
