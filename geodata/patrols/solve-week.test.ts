import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LngLat } from '../shared/geojson.ts'
import { describeDue } from './due-of.ts'
import { evaluateRound } from './evaluate-round.ts'
import { isoOf } from './opening-windows.ts'
import { askForWeek, solveWeek } from './solve-week.ts'
import type { SolvedWeek } from './walk-days.ts'
import { type WeekInput, weekInputSchema } from './week.schema.ts'
import { shiftOfDay, teamsOfDay } from './week-days.ts'
import type { WeekSite } from './week-visits.ts'

const DAY = 86_400_000
const at = (time: string) => Date.parse(`${time}+08:00`)
const MONDAY = '2026-11-23'
const days = (count: number, first = MONDAY) =>
  Array.from({ length: count }, (_, day) => isoOf(Date.parse(first) + day * DAY).slice(0, 10))
const team = (more: object = {}) => ({
  id: 'A',
  name: 'A',
  from: '18:00',
  to: '22:00',
  start: [120, 31],
  end: [120, 31],
  ...more,
})
const week = (more: object = {}): WeekInput =>
  weekInputSchema.parse({
    name: '一周',
    days: days(7),
    from: '18:00',
    to: '22:00',
    teams: [team()],
    iterations: 200,
    ...more,
  })

interface Given {
  interval?: number
  grace?: number
  windows?: readonly { from: string; to: string }[] | undefined
  last?: number | undefined
  place?: LngLat
  service?: number
}
function site(id: number, given: Given = {}): WeekSite {
  const { interval = 1440, grace = 120, windows = [], service = 5 } = given
  const norm = {
    intervalMinutes: interval,
    graceMinutes: grace,
    timeWindows: windows,
    createdAt: at('2026-01-01T00:00'),
    lastVisitAt: given.last,
  }
  return {
    norm,
    site: {
      checkpointId: id,
      name: `点${id}`,
      siteType: 'other',
      risk: 'low',
      lngLat: given.place ?? [120 + (id % 10) / 1000, 31 + Math.floor(id / 10) / 1000],
      communityCode: '990101001001',
      gridCode: '990101001001001',
      microGridCode: null,
      intervalMinutes: interval,
      graceMinutes: grace,
      serviceMinutes: service,
      probableAt: null,
      ...describeDue(norm, at('2026-11-23T18:00'), at('2026-11-29T22:00')),
    },
  }
}
/** A degree is 100 km; a place at 0 north is cut off. */
const between = (a: LngLat, b: LngLat): number =>
  a[0] === b[0] && a[1] === b[1]
    ? 0
    : a[1] === 0 || b[1] === 0
      ? Number.POSITIVE_INFINITY
      : Math.hypot(a[0] - b[0], a[1] - b[1]) * 100_000
function solve(asked: WeekInput, sites: WeekSite[], isOver = () => false): SolvedWeek {
  const question = askForWeek(asked, sites)
  const { places } = question
  return solveWeek(question, Float64Array.from(places.flatMap((a) => places.map((b) => between(a, b)))), {
    isOver,
  })
}
const visitsTo = (solved: SolvedWeek, id: number) =>
  solved.days.flatMap(({ date, rounds }) =>
    rounds.flatMap(({ stops }) => stops.flatMap(({ checkpointId }) => (checkpointId === id ? [date] : []))),
  )
const dayNumbers = (solved: SolvedWeek, id: number, first = MONDAY) =>
  visitsTo(solved, id).map((date) => (Date.parse(date) - Date.parse(first)) / DAY)

test('each site has as many visits as its interval asks for, that far apart', () => {
  const sites = [
    site(1),
    site(2, { interval: 2880 }),
    site(3, { interval: 3 * 1440 }),
    site(4, { interval: 7 * 1440 }),
  ]
  const solved = solve(week(), sites)
  expect(dayNumbers(solved, 1)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(dayNumbers(solved, 2)).toEqual([0, 2, 4, 6])
  expect(dayNumbers(solved, 3)).toEqual([0, 3, 6])
  expect(visitsTo(solved, 4)).toHaveLength(1)
  expect(solved).toMatchObject({ wanted: 15, planned: 15, missed: [] })
})

test('a site that was visited lately waits until its limit, and one whose limit is behind the week is left alone', () => {
  const solved = solve(week(), [
    site(1, { interval: 4 * 1440, last: at('2026-11-22T19:00') }),
    site(2, { interval: 30 * 1440, last: at('2026-11-22T19:00') }),
  ])
  const [first] = dayNumbers(solved, 1)
  expect(first).toBeLessThanOrEqual(4)
  expect(visitsTo(solved, 1).length).toBeLessThanOrEqual(2)
  expect(visitsTo(solved, 2)).toEqual([])
  expect(solved.missed).toEqual([])
})

test('a site of every second day keeps its limit, although other days would be as short', () => {
  const solved = solve(week(), [site(1, { interval: 2880, last: at('2026-11-22T18:00') })])
  expect(dayNumbers(solved, 1)).toEqual([1, 3, 5])
})

test('a visit counts for the next day: its limit holds whatever time chance chooses', () => {
  const sites = Array.from({ length: 6 }, (_, number) => site(number + 1, { grace: 60 }))
  const asked = week({ unpredictability: 1, iterations: 500 })
  const solved = solve(asked, sites)
  const before = new Map<number, number>()
  for (const { date, rounds } of solved.days)
    for (const round of rounds) {
      const [own] = teamsOfDay(asked, date)
      const way = [own!.start!, ...round.stops.map(({ lngLat }) => lngLat), own!.end!]
      const legs = way.slice(1).map((to, leg) => ({ metres: between(way[leg]!, to), way: true }))
      const { stops } = evaluateRound(round, own!, legs, new Map(), shiftOfDay(asked, date))
      for (const [index, { checkpointId }] of round.stops.entries()) {
        const starts = Date.parse(stops[index]!.startsAt)
        const last = before.get(checkpointId!)
        if (last !== undefined) expect((starts - last) / 3_600_000).toBeLessThan(25.01)
        before.set(checkpointId!, starts)
      }
    }
  expect(before.size).toBe(6)
})

test('sites of long intervals are spread over the week, none of them twice', () => {
  const sites = Array.from({ length: 70 }, (_, at) => site(at + 1, { interval: 7 * 1440, service: 10 }))
  const solved = solve(week(), sites)
  expect(solved).toMatchObject({ wanted: 70, planned: 70, missed: [] })
  for (const { visits } of solved.days) expect(visits).toBeGreaterThan(4)
})

test('a day on which nobody works, and a shift in which the site is closed, has no visit', () => {
  const open = [{ from: '08:00', to: '12:00' }]
  const asked = week({ days: [MONDAY, '2026-11-25', '2026-11-27'] })
  const solved = solve(asked, [site(1), site(2, { windows: open })])
  expect(dayNumbers(solved, 1)).toEqual([0, 2, 4])
  expect(visitsTo(solved, 2)).toEqual([])
  expect(solved.missed).toEqual([{ checkpointId: 2, name: '点2', visits: 1, reason: 'window' }])
})

test('what found no day says why: cut off, too long, no team, no time', () => {
  const sites = [
    site(1, { place: [120, 0] }),
    site(2, { service: 300 }),
    ...Array.from({ length: 60 }, (_, at) => site(at + 10, { service: 30 })),
  ]
  const solved = solve(week({ days: days(2) }), sites)
  const reasons = new Map(solved.missed.map(({ checkpointId, reason }) => [checkpointId, reason]))
  expect([reasons.get(1), reasons.get(2)]).toEqual(['unreachable', 'too-long'])
  expect(solved.missed.filter(({ reason }) => reason === 'time').length).toBeGreaterThan(10)
  expect(solved.wanted).toBe(solved.planned + solved.missed.reduce((sum, { visits }) => sum + visits, 0))
  const elsewhere = solve(week({ teams: [team({ area: ['990101001002'] })] }), [site(1)])
  expect(elsewhere).toMatchObject({ planned: 0, missed: [{ visits: 7, reason: 'area' }] })
  const twice = solve(week({ teams: [team({ area: ['990101001002'] })] }), [site(1, { interval: 120 })])
  expect(twice).toMatchObject({ wanted: 14, missed: [{ visits: 14, reason: 'area' }] })
})

test('a site that wants two visits in a shift has them on each day', () => {
  const solved = solve(week({ days: days(3) }), [site(1, { interval: 120 })])
  expect(dayNumbers(solved, 1)).toEqual([0, 0, 1, 1, 2, 2])
  const stops = solved.days[0]!.rounds[0]!.stops
  expect(Date.parse(stops[1]!.notBefore!)).toBeGreaterThan(at('2026-11-23T19:00'))
})

test('a night shift begins on its day and ends on the next', () => {
  const asked = week({
    days: [MONDAY],
    from: '22:00',
    to: '06:00',
    teams: [team({ from: '23:00', to: '05:00' })],
  })
  expect(shiftOfDay(asked, MONDAY)).toEqual({
    from: isoOf(at('2026-11-23T22:00')),
    to: isoOf(at('2026-11-24T06:00')),
  })
  expect(solve(asked, [site(1)])).toMatchObject({ planned: 1 })
})

test('weeks that make no sense are told: no day, 15 of them, a day twice, hours outside the shift', () => {
  const faults = (more: object) =>
    weekInputSchema
      .safeParse({ ...week(), ...more })
      .error?.issues.map(({ path }) => path.join('/'))
      .join()
  expect(faults({})).toBeUndefined()
  expect(faults({ days: [] })).toBe('days')
  expect(faults({ days: days(15) })).toContain('days')
  expect(faults({ days: [MONDAY, '2026-12-07'] })).toBe('days')
  expect(faults({ days: [MONDAY, MONDAY] })).toBe('days')
  expect(faults({ days: ['2026-02-30'] })).toBe('days/0')
  expect(faults({ to: '30:00' })).toContain('to')
  expect(faults({ teams: [] })).toBe('teams')
  expect(faults({ teams: [team({ to: '23:00' })] })).toBe('teams/0')
  expect(faults({ teams: [team({ break: { from: '21:00', to: '22:30', minutes: 15 } })] })).toBe('teams/0')
  expect(faults({ teams: [team(), team()] })).toBe('teams/1/id')
})

test('whatever is asked, visits keep apart, limits that can hold do, and the same seed gives the same week', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          interval: fc.constantFrom(720, 1440, 2880, 4320, 10_080),
          service: fc.integer({ min: 0, max: 40 }),
          last: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
          windows: fc.constantFrom([], [{ from: '19:00', to: '20:30' }], [{ from: '06:00', to: '12:00' }]),
        }),
        { maxLength: 25 },
      ),
      fc.uniqueArray(fc.integer({ min: 0, max: 13 }), { minLength: 1, maxLength: 7 }),
      fc.integer({ min: 0, max: 1000 }),
      (given, chosen, seed) => {
        const sites = given.map((one, number) =>
          site(number + 1, {
            ...one,
            last: one.last === undefined ? undefined : at('2026-11-23T12:00') - one.last * DAY,
          }),
        )
        const asked = week({ days: chosen.map((day) => days(14)[day]), seed, iterations: 20 })
        const solved = solve(asked, sites)
        expect(solve(asked, sites)).toEqual(solved)
        expect(solved.wanted).toBe(
          solved.planned + solved.missed.reduce((sum, { visits }) => sum + visits, 0),
        )
        expect(solved.days.map(({ date }) => date)).toEqual([...asked.days].sort())
        const late = new Set(solved.missed.map(({ checkpointId }) => checkpointId))
        for (const { site: one, norm } of sites) {
          const numbers = dayNumbers(solved, one.checkpointId)
          const apart = Math.floor(norm.intervalMinutes / 1440)
          for (const [index, day] of numbers.entries())
            if (index > 0) expect(day - numbers[index - 1]!).toBeGreaterThanOrEqual(apart)
          if (norm.timeWindows[0]?.from === '06:00') expect(numbers).toEqual([])
          if (chosen.length === 7 && norm.intervalMinutes <= 1440 && norm.timeWindows.length === 0)
            expect(late.has(one.checkpointId) || new Set(numbers).size === 7).toBe(true)
        }
      },
    ),
    { numRuns: 40, seed: 5 },
  )
})

test('a search that is over at once still has rounds for every day', () => {
  const sites = Array.from({ length: 40 }, (_, at) => site(at + 1, { interval: 2880 }))
  const solved = solve(week({ seconds: 60, iterations: undefined }), sites, () => true)
  expect(solved.planned).toBeGreaterThan(100)
  expect(solved.days.every(({ rounds }) => rounds.length > 0)).toBe(true)
})
