import { describe, expect, test } from 'vitest'
import { countWalk, stopStates, sumCounts } from './count-walk.ts'
import { metresOffPlan, type TimedLine } from './draw-matched.ts'
import { dutySpans, dutyTime, isOnDuty } from './duty-spans.ts'
import { dwellToShow, findStops, recordedSeconds } from './find-stops.ts'

describe('times on duty', () => {
  test('follow from marks in any order; an end before any beginning and a second beginning change nothing', () => {
    const marks = [
      { kind: 'end', at: 5 },
      { kind: 'begin', at: 10 },
      { kind: 'begin', at: 12 },
      { kind: 'end', at: 20 },
      { kind: 'end', at: 25 },
      { kind: 'begin', at: 30 },
    ] as const
    const spans = [
      { from: 10, to: 20 },
      { from: 30, to: undefined },
    ]
    expect(dutySpans(marks, 100)).toEqual(spans)
    expect(dutySpans(marks.toReversed(), 100)).toEqual(spans)
    expect(isOnDuty(spans, 25, 100)).toBe(false)
    expect(isOnDuty(spans, 100, 100)).toBe(true)
    expect(isOnDuty(spans, 101, 100)).toBe(false)
    expect(dutyTime(spans, 40, 100)).toBe(20)
    expect(dutyTime(spans, 400, 100)).toBe(80)
  })
  test('end and begin at one moment go on, and nobody is on duty later than the latest', () => {
    const marks = [
      { kind: 'begin', at: 10 },
      { kind: 'begin', at: 20 },
      { kind: 'end', at: 20 },
      { kind: 'end', at: 200 },
    ] as const
    expect(dutySpans(marks, 100)).toEqual([
      { from: 10, to: 20 },
      { from: 20, to: 100 },
    ])
    expect(dutySpans([{ kind: 'begin', at: 100 }], 100)).toEqual([])
  })
})

describe('stops that a track was at', () => {
  const place = (id: string, dwellMinutes = 5) => ({
    id,
    checkpointId: 7,
    lngLat: [120, 31] as [number, number],
    dwellMinutes,
  })
  const MINUTE = 60_000
  /** There from minute to minute, each ten seconds; elsewhere, a kilometre off, the rest of an hour. */
  const track = (...stays: [from: number, to: number][]) =>
    Array.from({ length: 361 }, (_, step) => {
      const at = step * 10_000
      const isThere = stays.some(([from, to]) => at >= from * MINUTE && at <= to * MINUTE)
      return { at, lngLat: [isThere ? 120 : 120.01, 31] as [number, number] }
    })
  const duty = [{ from: 0, to: 60 * MINUTE }]

  test('of a site that stands twice in a round, one visit is for the first stop alone', () => {
    const stops = [place('a'), place('b')]
    expect(findStops(track([5, 10]), stops, duty, true).map(({ stopId, state }) => [stopId, state])).toEqual([
      ['a', 'visited'],
    ])
    const twice = findStops(track([5, 10], [40, 45]), stops, duty, true)
    expect(twice.map(({ stopId, state }) => [stopId, state])).toEqual([
      ['a', 'visited'],
      ['b', 'visited'],
    ])
    expect(twice[1]!.from).toBeGreaterThan(39 * MINUTE)
  })
  test('leaving for five minutes is no second visit', () => {
    expect(findStops(track([5, 10], [15, 20]), [place('a'), place('b')], duty, true)).toHaveLength(1)
  })
  test('without any position all is unknown once the walk is over, and nothing before', () => {
    expect(findStops([], [place('a')], duty, true)).toMatchObject([{ state: 'unknown' }])
    expect(findStops([], [place('a')], duty, false)).toEqual([])
  })
  test('a time that was not on duty counts for nothing', () => {
    expect(findStops(track([5, 10]), [place('a')], [{ from: 20 * MINUTE, to: 60 * MINUTE }], true)).toEqual(
      [],
    )
  })
  test('half of the planned dwell shows a visit, no less than 20 s and no more than two minutes', () => {
    expect([0, 1, 2, 4, 30].map(dwellToShow)).toEqual([20, 30, 60, 120, 120])
  })
  test('silence is not recorded, nor what is not on duty', () => {
    const points = [0, 30, 60, 200, 230, 900].map((second) => ({
      at: second * 1000,
      lngLat: [120, 31] as [number, number],
    }))
    expect(recordedSeconds(points, [{ from: 0, to: 900_000 }], 60)).toBe(90)
    expect(recordedSeconds(points, [{ from: 25_000, to: 210_000 }], 60)).toBe(30)
  })
})

describe('counts of walks', () => {
  test('a stop is as the best that is known of it, by whomever', () => {
    const visits = [
      { stopId: 'a', state: 'unknown' },
      { stopId: 'A', state: 'visited' },
      { stopId: 'b', state: 'probable' },
      { stopId: 'b', state: 'unknown' },
    ] as const
    expect(stopStates(['a', 'b', 'c'], visits, true)).toEqual(['visited', 'probable', 'missed'])
    expect(stopStates(['a', 'b', 'c'], visits, false)).toEqual(['visited', 'probable', 'open'])
  })
  test('shares of sums are no means of shares, and of nothing there is none', () => {
    const figures = (dutySeconds: number, recordedSeconds: number) => ({
      metres: 100,
      offPlanMetres: 10,
      dutySeconds,
      recordedSeconds,
    })
    const small = countWalk(['visited'], [figures(60, 60)])
    const large = countWalk(['missed', 'missed', 'missed'], [figures(540, 0)])
    expect(sumCounts([small, large])).toMatchObject({ planned: 4, visited: 1, adherence: 0.25, metres: 200 })
    expect(sumCounts([small, large]).health).toBeCloseTo(0.1)
    expect(sumCounts([])).toMatchObject({ planned: 0, adherence: null, health: null, minutes: 0 })
  })
})

test('off the planned way is told by length along a long straight street, not by its ends', () => {
  // A thousandth of a degree of longitude at 31° is about 95 m.
  const line: TimedLine = [
    [120, 31, 0],
    [120.01, 31, 1],
  ]
  const planned = [
    [120, 31],
    [120.005, 31],
  ] as [number, number][]
  const off = metresOffPlan([line], planned)
  // Half of 955 m, less the corridor of 35 m.
  expect(off).toBeGreaterThan(430)
  expect(off).toBeLessThan(455)
  expect(metresOffPlan([line], [])).toBeGreaterThan(900)
  expect(metresOffPlan([], planned)).toBe(0)
})
