import { expect, test } from 'vitest'
import { checkRounds } from './check-rounds.ts'
import type { RoundsProblem } from './rounds-problem.ts'

/** Places 0, 100, 200, 300 m along a street, a second a metre; the last cannot be reached. */
const problem: RoundsProblem = {
  places: 4,
  seconds: Float64Array.from({ length: 16 }, (_, at) => {
    const [a, b] = [Math.floor(at / 4), at % 4]
    return a !== b && (a === 3 || b === 3) ? Number.POSITIVE_INFINITY : 100 * Math.abs(a - b)
  }),
  sites: [
    { place: 1, service: 50, windows: [[0, 120]], prize: Number.POSITIVE_INFINITY },
    {
      place: 2,
      service: 50,
      windows: [
        [200, 240],
        [400, 500],
      ],
      prize: 10,
      teams: [1],
    },
    { place: 3, service: 0, windows: [], prize: 10 },
  ],
  teams: [
    { start: 0, end: 0, from: 0, to: 700, pace: 1, breaks: [] },
    { start: 0, end: 0, from: 0, to: 700, pace: 1, breaks: [{ from: 100, to: 200, seconds: 60 }] },
  ],
}
const kinds = (rounds: number[][], unserved: number[] = [], more: Partial<RoundsProblem> = {}) =>
  checkRounds({ ...problem, ...more }, rounds, unserved).faults.map(({ kind }) => kind)

test('a plan that holds has no fault, and its ways are added up', () => {
  expect(checkRounds(problem, [[0], [-1, 1]], [2])).toEqual({ faults: [], seconds: 600 })
})

test('each kind of fault is found', () => {
  expect(kinds([[0], [-1, 1]])).toEqual(['missing'])
  expect(kinds([[0], [-1, 1, 0]], [2])).toContain('twice')
  expect(kinds([[0], [-1, 1]], [1, 2])).toContain('twice')
  expect(kinds([[0, 1], []], [2])).toEqual(['not-its-team'])
  expect(kinds([[0, 2], []], [1])).toEqual(['no-way', 'no-way', 'shift'])
  expect(kinds([[], [-1, 0]], [1, 2])).toEqual(['window'])
  expect(kinds([[0], [1, -1]], [2])).toEqual(['break'])
  expect(kinds([[0], [1]], [2])).toEqual(['break'])
  expect(kinds([[0], [-1, 1, -2]], [2])).toEqual(['unknown'])
  expect(kinds([[0], [-1, 1], []], [2])).toEqual(['unknown'])
  expect(
    kinds(
      [
        [0, 9],
        [-1, 1],
      ],
      [2],
    ),
  ).toEqual(['unknown'])
  const late = problem.teams.map((team) => ({ ...team, to: 240 }))
  expect(kinds([[0], []], [1, 2], { teams: late })).toEqual(['shift'])
  const small = problem.teams.map((team) => ({ ...team, capacity: 1 }))
  const sites = problem.sites.map((site) => ({ ...site, demand: 2 }))
  expect(kinds([[0], []], [1, 2], { teams: small, sites })).toEqual(['capacity'])
  const locked = problem.teams.map((team, at) => (at === 0 ? { ...team, locked: [0] } : team))
  expect(kinds([[], [-1, 1]], [0, 2], { teams: locked })).toEqual(['locked'])
  const frozen = problem.teams.map((team, at) => (at === 0 ? { ...team, locked: [], isFrozen: true } : team))
  expect(kinds([[0], [-1, 1]], [2], { teams: frozen })).toEqual(['locked'])
})
