import { expect, test } from 'vitest'
import { readMeasure, writeMeasure } from './measure-state.ts'
import { takeMeasure } from './take-measure.ts'

test('an area is closed by a side of its own, a line is not', () => {
  const points = [
    [120.6, 31.3],
    [120.61, 31.3],
    [120.61, 31.31],
  ] as const
  const line = takeMeasure({ measure: 'line', points: [...points] as [number, number][] })
  const area = takeMeasure({ measure: 'area', points: [...points] as [number, number][] })
  expect(line.sides).toHaveLength(2)
  expect(line.area).toBeUndefined()
  expect(area.sides).toHaveLength(3)
  expect(area.totalMetres).toBeGreaterThan(line.totalMetres)
  // Half of 952.04 m × 1,108.7 m.
  expect(area.area).toHaveProperty('squareMetres')
  expect((area.area as { squareMetres: number }).squareMetres / 1000).toBeCloseTo(527.7, 0)
})

test('a figure of eight has no area instead of a wrong one', () => {
  const eight = readMeasure('area/0,0;1,1;1,0;0,1')
  expect(takeMeasure(eight).area).toEqual({ crosses: true })
})

test('a link brings back what was measured; broken positions are dropped', () => {
  const state = readMeasure('area/120.6,31.3;120.7,31.4;120.7,31.3')
  expect(readMeasure(writeMeasure(state))).toEqual(state)
  expect(readMeasure('line/120.6,31.3;;x,y;1;200,3;1,86;120.6,31.4').points).toEqual([
    [120.6, 31.3],
    [120.6, 31.4],
  ])
  expect(readMeasure(undefined)).toEqual({ measure: 'line', points: [] })
  expect(readMeasure(`line/${'1,1;'.repeat(5000)}`).points).toHaveLength(200)
})
