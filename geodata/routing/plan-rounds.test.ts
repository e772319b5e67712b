import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRounds } from './check-rounds.ts'
import { planRounds } from './plan-rounds.ts'
import type { Rounds, RoundsProblem, RoundTeam, Site, Window } from './rounds-problem.ts'

const HOUR = 3600

/** Places on a square of a kilometre, some of them cut off. */
const places = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 1000 }),
      y: fc.integer({ min: 0, max: 1000 }),
      isCutOff: fc.nat(12),
    }),
    {
      minLength: 1,
      maxLength: 24,
    },
  )
  .map((points) => {
    const n = points.length
    const seconds = new Float64Array(n * n)
    for (const [a, from] of points.entries())
      for (const [b, to] of points.entries())
        seconds[a * n + b] =
          a !== b && (from.isCutOff === 0 || to.isCutOff === 0)
            ? Number.POSITIVE_INFINITY
            : Math.hypot(from.x - to.x, from.y - to.y)
    return { seconds, places: n }
  })

const windows = fc.array(fc.integer({ min: -HOUR, max: 5 * HOUR }), { maxLength: 4 }).map((moments) => {
  const sorted = [...moments].sort((a, b) => a - b)
  const found: Window[] = []
  for (let at = 0; at + 1 < sorted.length; at += 2) found.push([sorted[at]!, sorted[at + 1]!])
  return found
})

const problems = places.chain((matrix) => {
  const place = fc.nat(matrix.places - 1)
  const moment = fc.integer({ min: 0, max: 4 * HOUR })
  const team = fc
    .record({
      start: fc.option(place, { nil: undefined }),
      end: fc.option(place, { nil: undefined }),
      from: moment,
      length: fc.integer({ min: 0, max: 4 * HOUR }),
      pace: fc.constantFrom(0.7, 1, 1.4),
      breaks: fc.array(fc.record({ from: moment, wait: fc.nat(HOUR), seconds: fc.nat(1800) }), {
        maxLength: 1,
      }),
    })
    .map(
      ({ length, breaks, ...own }): RoundTeam => ({
        ...own,
        to: own.from + length,
        breaks: breaks.map(({ from, wait, seconds }) => ({ from, to: from + wait, seconds })),
      }),
    )
  return fc.array(team, { maxLength: 4 }).chain((teams) => {
    const site: fc.Arbitrary<Site> = fc.record({
      place,
      service: fc.nat(1200),
      windows,
      prize: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(2000)),
      teams: fc.option(fc.uniqueArray(fc.nat(Math.max(0, teams.length - 1)), { maxLength: teams.length }), {
        nil: undefined,
      }),
    })
    return fc.record({
      seconds: fc.constant(matrix.seconds),
      places: fc.constant(matrix.places),
      sites: fc.array(site, { maxLength: 30 }),
      teams: fc.constant(teams),
      balance: fc.constantFrom(0, 0.5, 1),
    })
  })
})

const faultsOf = (problem: RoundsProblem, { rounds, unserved }: Rounds) =>
  checkRounds(
    problem,
    rounds,
    unserved.map(({ site }) => site),
  ).faults

const asMany = { numRuns: 300, seed: 20_261_122 }

test('every plan keeps to windows, shifts, breaks, teams and ways, and leaves nothing out in silence', () => {
  fc.assert(
    fc.property(problems, fc.nat(), (problem, seed) => {
      expect(faultsOf(problem, planRounds(problem, { seed, iterations: 300 }))).toEqual([])
    }),
    asMany,
  )
})

test('no time at all, and a stop at any moment, leave a plan that holds', () => {
  fc.assert(
    fc.property(problems, fc.nat(8), (problem, patience) => {
      let asked = 0
      const plan = planRounds(problem, { seed: 1, iterations: 2000, isOver: () => asked++ >= patience })
      expect(plan.iterations).toBeLessThanOrEqual(32 * patience)
      expect(faultsOf(problem, plan)).toEqual([])
    }),
    asMany,
  )
})

test('the same seed and iterations give the same plan, and each plan told is better than the one before', () => {
  fc.assert(
    fc.property(problems, fc.nat(), (problem, seed) => {
      const costs: number[] = []
      const plan = planRounds(problem, { seed, iterations: 200, onBetter: ({ cost }) => costs.push(cost) })
      expect(planRounds(problem, { seed, iterations: 200 })).toEqual(plan)
      for (const [at, cost] of costs.entries()) if (at > 0) expect(cost).toBeLessThan(costs[at - 1]!)
      expect(plan.cost).toBeLessThanOrEqual(costs.at(-1)!)
    }),
    { ...asMany, numRuns: 100 },
  )
})

test('locked sites stay in their team and order, and a frozen round as it is', () => {
  fc.assert(
    fc.property(problems, fc.nat(), fc.boolean(), (problem, seed, isFrozen) => {
      const first = planRounds(problem, { seed, iterations: 100 })
      // Every second visit is kept, and with the first team its whole round.
      const teams = problem.teams.map((team, at) => {
        const sites = first.rounds[at]!.filter((item) => item >= 0)
        return isFrozen && at === 0
          ? { ...team, locked: sites, isFrozen }
          : { ...team, locked: sites.filter((_, n) => n % 2 === 0) }
      })
      const locked = { ...problem, teams }
      expect(faultsOf(locked, planRounds(locked, { seed: seed + 1, iterations: 200 }))).toEqual([])
    }),
    { ...asMany, numRuns: 200 },
  )
})

const line = (metres: readonly number[]): Pick<RoundsProblem, 'seconds' | 'places'> => {
  const seconds = new Float64Array(metres.length ** 2)
  for (const [a, from] of metres.entries())
    for (const [b, to] of metres.entries()) seconds[a * metres.length + b] = Math.abs(from - to)
  return { seconds, places: metres.length }
}
const visit = (place: number, more: Partial<Site> = {}): Site => ({
  place,
  service: 0,
  windows: [],
  prize: Number.POSITIVE_INFINITY,
  ...more,
})
const team = (more: Partial<RoundTeam> = {}): RoundTeam => ({
  start: 0,
  end: 0,
  from: 0,
  to: HOUR,
  pace: 1,
  breaks: [],
  ...more,
})

test('each reason for leaving a site out is told', () => {
  const matrix = line([0, 100, 200, 300, 400, -300, 1700])
  for (const other of [0, 1, 2, 3, 5, 6]) {
    matrix.seconds[other * 7 + 4] = Number.POSITIVE_INFINITY
    matrix.seconds[4 * 7 + other] = Number.POSITIVE_INFINITY
  }
  const plan = planRounds(
    {
      ...matrix,
      sites: [
        visit(1),
        visit(2, { teams: [] }),
        visit(3, { windows: [[0, 100]] }),
        visit(4),
        visit(5, { prize: 100 }),
        visit(6, { service: 0 }),
        visit(1, { service: 3500 }),
      ],
      teams: [team()],
    },
    { seed: 1, iterations: 500 },
  )
  expect(plan.unserved.map(({ site, reason }) => `${site} ${reason}`).sort()).toEqual(
    ['1 no-team', '2 window', '3 unreachable', '4 dropped', '6 window'].sort(),
  )
})

test('more weight on balance shares the work out', () => {
  const problem = {
    ...line([0, 10, 20, 30, 40, 50, 60]),
    sites: [1, 2, 3, 4, 5, 6].map((place) => visit(place, { service: 600 })),
    teams: [team({ to: 2 * HOUR }), team({ to: 2 * HOUR })],
  }
  const sizes = (balance: number) =>
    planRounds({ ...problem, balance }, { seed: 1, iterations: 2000 })
      .rounds.map(({ length }) => length)
      .sort()
  expect(sizes(0)).toEqual([0, 6])
  expect(sizes(1)).toEqual([3, 3])
})
