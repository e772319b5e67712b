import { expect, test } from 'vitest'
import { HAZARD_STATES } from '../../../geodata/hazards/hazard.schema.ts'
import { BOX, DIAGRAM, lineOf, placeOf } from './diagram-layout.ts'

test('two states in one place would hide each other', () => {
  const places = HAZARD_STATES.map((state) => JSON.stringify(placeOf(state)))
  expect(new Set(places).size).toBe(HAZARD_STATES.length)
  for (const state of HAZARD_STATES) {
    const { x, y } = placeOf(state)
    expect(x - BOX.width / 2).toBeGreaterThanOrEqual(0)
    expect(x + BOX.width / 2).toBeLessThanOrEqual(DIAGRAM.width)
    expect(y + BOX.height / 2).toBeLessThanOrEqual(DIAGRAM.height)
  }
})

test('a line begins and ends at the edge of a box, or its arrow would lie under the box', () => {
  for (const from of HAZARD_STATES)
    for (const to of HAZARD_STATES) {
      if (from === to) continue
      for (const [point, state] of [
        [lineOf(from, to, true).start, from],
        [lineOf(from, to, true).end, to],
      ] as const) {
        const dx = Math.abs(point.x - placeOf(state).x) / (BOX.width / 2)
        const dy = Math.abs(point.y - placeOf(state).y) / (BOX.height / 2)
        expect(Math.max(dx, dy), `${from} → ${to}`).toBeCloseTo(1, 9)
      }
    }
})

test('there and back are two lines, not one with two arrows', () => {
  const there = lineOf('dispatched', 'returned', true)
  const back = lineOf('returned', 'dispatched', true)
  expect(Math.abs(there.start.x - back.end.x)).toBeGreaterThan(30)
  // A name is as high as this, and must not cover the other.
  expect(Math.abs(there.label.y - back.label.y)).toBeGreaterThan(15)
})
