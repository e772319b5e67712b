import { expect, test } from 'vitest'
import { generationSettingsSchema, roundSchema, teamSchema } from './plan.schema.ts'
import type { RoundsQuestion } from './pose-rounds.ts'
import { guessStarts } from './start-guessing.ts'

const shift = { from: '2026-11-22T18:00:00+08:00', to: '2026-11-22T20:00:00+08:00' }
const place: [number, number] = [120, 31]
const question: RoundsQuestion = {
  items: [],
  teams: [
    { team: teamSchema.parse({ id: 'A', name: 'A', ...shift }), number: 0, roundId: undefined, locked: [] },
  ],
  places: [place],
  kept: [],
  impossible: [],
  settings: generationSettingsSchema.parse({}),
  from: Date.parse(shift.from),
  to: Date.parse(shift.to),
}
const planWith = (...clocks: string[]) => [
  roundSchema.parse({
    id: '00000000-0000-4000-8000-000000000000',
    teamId: 'A',
    stops: clocks.map((clock, at) => ({
      id: `00000000-0000-4000-8000-00000000000${at + 1}`,
      checkpointId: at + 1,
      lngLat: place,
      dwellMinutes: 0,
      notBefore: `2026-11-22T${clock}:00+08:00`,
    })),
    legs: ['street', ...clocks.map(() => 'street')],
  }),
]
const guess = (...plans: string[][]) =>
  guessStarts(
    question,
    plans.map((clocks) => planWith(...clocks)),
    new Float64Array(1),
  )

test('always at the same time is no riddle, and each half hour as often as the next is the greatest', () => {
  expect(guess(['18:10'], ['18:10'], ['18:20'], ['18:29'])).toEqual({ entropy: 0, most: 1, plans: 4 })
  expect(guess(['18:10'], ['18:40'], ['19:10'], ['19:40'])!.entropy).toBeCloseTo(1, 9)
})

test('sites count by their visits, and fewer plans than half hours reach less', () => {
  // The first site: always alike, ln 2 of ln 4 for the second, which is visited at two times.
  const found = guess(['18:10', '18:40'], ['18:10', '19:10'])!
  expect(found.entropy).toBeCloseTo(0.25, 9)
  expect(found.most).toBeCloseTo(0.5, 9)
  expect(guess([])).toBeUndefined()
})
