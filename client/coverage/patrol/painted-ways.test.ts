import { expect, test } from 'vitest'
import type { AnalysisFeature } from '../../../geodata/coverage/analysis.schema.ts'
import { paintWays } from './painted-ways.ts'
import { changeWords, hoursWords, percent } from './words.ts'

const street = (passes: number, idleHours: number | null): AnalysisFeature => ({
  type: 'Feature',
  id: 1,
  geometry: {
    type: 'LineString',
    coordinates: [
      [121, 31],
      [121.001, 31],
    ],
  },
  properties: { passes, idleHours },
})

test('a street that nobody walked lies beneath, narrow and warm, by either measure', () => {
  const streets = [street(5, 2), street(0, null), street(1, 100)]
  expect(paintWays(streets, 'passes').map(({ tone }) => tone)).toEqual(['critical', 'info', 'accent'])
  expect(paintWays(streets, 'idle').map(({ tone }) => tone)).toEqual(['critical', 'due', 'accent'])
  const widths = paintWays(streets, 'idle').map(({ widthPixels }) => widthPixels)
  expect(widths).toEqual(widths.toSorted((a, b) => a - b))
})

test('of nothing there is neither a share nor a change, and no change has a sign of its own', () => {
  expect(percent(null)).toBe('—')
  expect(hoursWords(null)).toBe('—')
  expect(hoursWords(24, true)).toBe('> 24')
  expect(changeWords(0.5, null, percent)).toBeUndefined()
  expect(changeWords(0.5, 0.25, percent)).toBe('+25%')
  expect(changeWords(0.25, 0.5, percent)).toBe('−25%')
  expect(changeWords(0.5, 0.5, percent)).toBe('±0%')
})
