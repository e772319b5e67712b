import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { chooseDays } from './choose-days.ts'
import { dayPatterns } from './day-patterns.ts'
import type { ChosenDays, DaySite, DaysProblem } from './days-problem.ts'

const solve = (problem: DaysProblem, seed = 1, iterations = 100) => chooseDays(problem, { seed, iterations })

/** Seconds between points of a plane; some places have no way to any other. */
function scatter(places: number, seed: number, lost = 0): Float64Array {
  const random = createRandom(seed)
  const points = Array.from({ length: places }, () => ({
    x: random.next() * 1000,
    y: random.next() * 1000,
    isLost: random.chance(lost),
  }))
  return Float64Array.from({ length: places * places }, (_, at) => {
    const [a, b] = [points[Math.floor(at / places)]!, points[at % places]!]
    if (a === b) return 0
    return a.isLost || b.isLost ? Number.POSITIVE_INFINITY : Math.hypot(a.x - b.x, a.y - b.y)
  })
}

/** What does not hold, told from the days alone. */
function faultsOf(problem: DaysProblem, { days, missed }: ChosenDays): string[] {
  const faults: string[] = []
  const { seconds, places, sites, post, capacity } = problem
  if (days.length !== capacity.length) faults.push('days')
  for (const [day, own] of days.entries()) {
    const stops = own.sites.map((site) => sites[site]!.place)
    const way = post === undefined || stops.length === 0 ? stops : [post, ...stops, post]
    let travel = 0
    for (let at = 1; at < way.length; at++) travel += seconds[way[at - 1]! * places + way[at]!]!
    const service = own.sites.reduce((sum, site) => sum + sites[site]!.service, 0)
    if (!(Math.abs(travel - own.travelSeconds) < 1e-6)) faults.push(`travel of day ${day}`)
    if (!(Math.abs(service - own.serviceSeconds) < 1e-6)) faults.push(`service of day ${day}`)
    if (!(travel + service <= capacity[day]! + 1e-5)) faults.push(`capacity of day ${day}`)
  }
  for (const [site, { visits, apartDays = 1, days: open }] of sites.entries()) {
    const own = days.flatMap((day, at) => day.sites.filter((visited) => visited === site).map(() => at))
    const told = missed.find((miss) => miss.site === site)?.visits ?? 0
    if (own.length + told !== visits) faults.push(`visits of ${site}`)
    if (new Set(own).size !== own.length) faults.push(`twice ${site}`)
    if (open && own.some((day) => !open.includes(day))) faults.push(`closed ${site}`)
    const next = problem.isRepeated && own.length > 0 ? [...own, own[0]! + capacity.length] : own
    for (let at = 1; at < next.length; at++)
      if (next[at]! - next[at - 1]! < apartDays) faults.push(`apart ${site}`)
  }
  return faults
}

test('whatever is wanted, days hold and what is missed is told; the same seed gives the same days', () => {
  fc.assert(
    fc.property(
      fc.record({
        capacity: fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 8 }),
        sites: fc.array(
          fc.record({
            place: fc.nat(9),
            service: fc.integer({ min: 0, max: 1200 }),
            visits: fc.nat(8),
            apartDays: fc.integer({ min: 1, max: 4 }),
            days: fc.option(fc.uniqueArray(fc.nat(7)), { nil: undefined }),
          }),
          { maxLength: 12 },
        ),
        post: fc.option(fc.nat(9), { nil: undefined }),
        isRepeated: fc.boolean(),
        balance: fc.constantFrom(0, 0.5, 1),
      }),
      fc.nat(),
      (drawn, seed) => {
        const problem = { ...drawn, places: 10, seconds: scatter(10, seed, 0.15) }
        const found = solve(problem, seed, 40)
        expect(faultsOf(problem, found)).toEqual([])
        expect(solve(problem, seed, 40)).toEqual(found)
        expect(faultsOf(problem, chooseDays(problem, { seed, isOver: () => true }))).toEqual([])
      },
    ),
    { numRuns: 150, seed: 1 },
  )
})

test('sets of days are apart, over the end of a week that repeats too', () => {
  const days = (pattern: number) => [0, 1, 2, 3, 4, 5, 6].filter((day) => pattern & (1 << day))
  expect(dayPatterns({ apartDays: 3 }, 7, 2, false).map(days)).toHaveLength(10)
  expect(dayPatterns({ apartDays: 3 }, 7, 2, true).map(days)).toHaveLength(7)
  expect(dayPatterns({ apartDays: 3 }, 7, 3, false).map(days)).toEqual([[0, 3, 6]])
  expect(dayPatterns({ apartDays: 3 }, 7, 3, true)).toEqual([])
  expect(dayPatterns({ apartDays: 1, days: [5, 1] }, 7, 2, true).map(days)).toEqual([[1, 5]])
})

const site = (more: Partial<DaySite> = {}): DaySite => ({ place: 1, service: 100, visits: 1, ...more })
const two = { seconds: Float64Array.of(0, 50, 50, 0), places: 2, post: 0 }

test('every reason for a missed visit is the right one', () => {
  const week = Array.from({ length: 7 }, () => 1000)
  const reason = (wanted: DaySite, more: Partial<DaysProblem> = {}) =>
    solve({ ...two, capacity: week, sites: [wanted], ...more }).missed
  expect(reason(site({ visits: 7 }))).toEqual([])
  expect(reason(site({ visits: 9 }))).toEqual([{ site: 0, visits: 2, reason: 'days' }])
  expect(reason(site({ visits: 3, days: [0, 1] }))).toEqual([{ site: 0, visits: 1, reason: 'days' }])
  expect(reason(site({ visits: 4, apartDays: 3 }))).toEqual([{ site: 0, visits: 1, reason: 'separation' }])
  expect(reason(site({ service: 901 }))).toEqual([{ site: 0, visits: 1, reason: 'too-long' }])
  expect(reason(site({ service: 900 }))).toEqual([])
  const noWay = Float64Array.of(0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0)
  expect(reason(site(), { seconds: noWay })).toEqual([{ site: 0, visits: 1, reason: 'unreachable' }])
  expect(reason(site(), { seconds: noWay, post: undefined })).toEqual([])
  expect(solve({ ...two, capacity: [250], sites: [site(), site({ weight: 2 })] }).missed).toEqual([
    { site: 0, visits: 1, reason: 'time' },
  ])
})

test('two villages visited twice a week are walked on two days each, not on four each', () => {
  // Places 1–4 in one village, 5–8 in another, an hour from the post and from each other.
  const seconds = Float64Array.from({ length: 81 }, (_, at) => {
    const village = (place: number) => Math.ceil(place / 4)
    const [a, b] = [Math.floor(at / 9), at % 9]
    if (a === b) return 0
    return village(a) === village(b) ? 60 : 3600
  })
  const sites = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => site({ place, visits: 2, apartDays: 2 }))
  const found = solve({ seconds, places: 9, post: 0, capacity: [9e3, 9e3, 9e3, 9e3, 9e3], sites }, 1, 1500)
  expect(found.missed).toEqual([])
  const travel = found.days.reduce((sum, day) => sum + day.travelSeconds, 0)
  expect(travel).toBe(4 * (2 * 3600 + 3 * 60))
})

test('balance makes the days alike', () => {
  const seconds = scatter(41, 3)
  const sites = Array.from({ length: 40 }, (_, at) =>
    site({ place: at + 1, service: 600, visits: 1 + (at % 3) }),
  )
  const problem = { seconds, places: 41, post: 0, capacity: [3e4, 3e4, 3e4, 3e4, 3e4], sites }
  const spread = (balance: number) => {
    const loads = solve({ ...problem, balance }, 1, 400).days.map(
      (day) => day.serviceSeconds + day.travelSeconds,
    )
    return Math.max(...loads) - Math.min(...loads)
  }
  expect(spread(1)).toBeLessThan(2000)
  expect(spread(0)).toBeGreaterThan(spread(1))
})

test('improvement shortens the ways of the first choice', () => {
  const sites = Array.from({ length: 60 }, (_, at) => site({ place: at + 1, visits: 2, apartDays: 2 }))
  const problem = {
    ...{ seconds: scatter(61, 9), places: 61, post: 0, balance: 0 },
    capacity: [7e3, 7e3, 7e3, 7e3, 7e3],
    sites,
  }
  const travel = (iterations: number) =>
    solve(problem, 2, iterations).days.reduce((sum, day) => sum + day.travelSeconds, 0)
  expect(travel(600)).toBeLessThan(0.97 * travel(0))
})

test('more days than two weeks and half a visit are refused in words', () => {
  expect(() => solve({ ...two, capacity: new Array(15).fill(1), sites: [] })).toThrow('15 days')
  expect(() => solve({ ...two, capacity: [1], sites: [site({ visits: 1.5 })] })).toThrow('Site 0 wants 1.5')
})
