import { expect, test } from 'vitest'
import { comparePlans } from './compare-plans.ts'
import { longestRising } from './longest-rising.ts'
import { type Plan, planInputSchema } from './plan.schema.ts'

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const hours = { from: '2026-11-22T18:00:00+08:00', to: '2026-11-22T22:00:00+08:00' }
const stop = (number: number, checkpointId: number | null = number, more: object = {}) => ({
  id: uuid(number),
  checkpointId,
  lngLat: [120, 31],
  dwellMinutes: 5,
  ...more,
})
const round = (number: number, teamId: string, stops: ReturnType<typeof stop>[], more: object = {}) => ({
  id: uuid(900 + number),
  teamId,
  stops,
  legs: [...stops.map(() => 'street'), 'street'],
  ...more,
})
const team = (id: string, more: object = {}) => ({ id, name: `${id}组`, ...hours, ...more })
const plan = (version: number, more: object): Plan => ({
  ...planInputSchema.parse({ name: '夜巡', ...hours, teams: [team('A'), team('B')], ...more }),
  id: 1,
  version,
  state: 'draft',
  createdBy: 'x',
  createdAt: '',
  updatedAt: '',
  publishedAt: null,
  publishedVersion: null,
})
const numbers = (list: { checkpointId: number | null }[]) => list.map(({ checkpointId }) => checkpointId)

test('one stop that was dragged forward is one move, not a move of all behind it', () => {
  const before = plan(1, {
    rounds: [
      round(
        1,
        'A',
        [1, 2, 3, 4, 5].map((at) => stop(at)),
      ),
    ],
  })
  const after = plan(2, {
    rounds: [
      round(
        1,
        'A',
        [5, 1, 2, 3, 4].map((at) => stop(at)),
      ),
    ],
  })
  const { stops } = comparePlans(before, after)
  expect(numbers(stops.moved)).toEqual([5])
  expect([stops.added, stops.removed, stops.changed]).toEqual([[], [], []])
})

test('a stop that another team takes over is moved, not taken out and put in', () => {
  const before = plan(1, { rounds: [round(1, 'A', [stop(1), stop(2)]), round(2, 'B', [stop(3)])] })
  const after = plan(2, { rounds: [round(1, 'A', [stop(1)]), round(2, 'B', [stop(3), stop(2)])] })
  expect(comparePlans(before, after).stops).toMatchObject({
    moved: [{ checkpointId: 2, from: { teamId: 'A', position: 2 }, to: { teamId: 'B', position: 2 } }],
    added: [],
    removed: [],
  })
})

test('a plan generated anew has new ids, and the same visits are the same', () => {
  const before = plan(1, { rounds: [round(1, 'A', [stop(1, 11), stop(2, 12), stop(3, 11)])] })
  const after = plan(2, { rounds: [round(7, 'A', [stop(21, 11), stop(22, 12), stop(23, 13)])] })
  const { stops } = comparePlans(before, after)
  expect([numbers(stops.added), numbers(stops.removed), stops.moved]).toEqual([[13], [11], []])
})

test('names, areas, hours of teams, dwell and the hours of a round are told', () => {
  const before = plan(1, { rounds: [round(1, 'A', [stop(1)])] })
  const after = plan(2, {
    name: '夜巡二',
    teams: [team('A', { to: '2026-11-22T21:00:00+08:00' }), team('C')],
    rounds: [round(1, 'C', [stop(1, 1, { dwellMinutes: 9 })], hours)],
  })
  expect(comparePlans(before, after)).toMatchObject({
    from: 1,
    to: 2,
    fields: ['name'],
    teams: [
      { teamId: 'A', change: 'changed', fields: ['to'] },
      { teamId: 'C', change: 'added' },
      { teamId: 'B', change: 'removed' },
    ],
    stops: { changed: [{ checkpointId: 1, fields: ['dwellMinutes'] }], moved: [{ checkpointId: 1 }] },
    rounds: [
      { change: 'team', from: 'A', to: 'C' },
      { change: 'hours', from: null, to: `${hours.from}/${hours.to}` },
    ],
  })
})

test('a plan is no different from itself', () => {
  const one = plan(1, { rounds: [round(1, 'A', [stop(1), stop(2, null)])] })
  const { stops, teams, rounds, fields } = comparePlans(one, one)
  expect([...Object.values(stops).flat(), ...teams, ...rounds, ...fields]).toEqual([])
})

test('the longest rising run of a falling list is one', () => {
  expect(longestRising([3, 2, 1])).toHaveLength(1)
  expect(longestRising([2, 9, 3, 4, 1, 5])).toEqual([0, 2, 3, 5])
  expect(longestRising([])).toEqual([])
})
