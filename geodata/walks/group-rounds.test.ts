import { describe, expect, test } from 'vitest'
import { countOnTime, countWalk, type VisitOfStop } from './count-walk.ts'
import { findOffPlan } from './find-off-plan.ts'
import { groupRounds, mondayOf } from './group-rounds.ts'
import type { StopState } from './run.schema.ts'

const MINUTE = 60_000
const figures = (plannedStarts?: Record<string, number>) => ({
  metres: 0,
  offPlanMetres: 0,
  dutySeconds: 0,
  recordedSeconds: 0,
  plannedStarts,
})
const round = (name: string, day: string, states: StopState[], people: string[] = ['a']) => ({
  team: { id: 'A', name },
  day,
  people,
  counts: countWalk(states, []),
})

describe('rounds by team, day and week', () => {
  const rounds = [
    round('B', '2026-11-22', ['visited', 'missed']),
    round('A', '2026-11-23', ['visited'], []),
    round('A', '2026-11-22', []),
  ]
  test('a Sunday and the Monday behind it are two weeks, also over the turn of a year', () => {
    expect(groupRounds(rounds, 'week').map(({ key, rounds: count }) => [key, count])).toEqual([
      ['2026-11-16', 2],
      ['2026-11-23', 1],
    ])
    expect(['2027-01-01', '2027-01-04', '2026-12-28'].map(mondayOf)).toEqual([
      '2026-12-28',
      '2027-01-04',
      '2026-12-28',
    ])
  })
  test('rounds that nobody walked are of the number of rounds, and shares are of sums', () => {
    expect(groupRounds(rounds, 'team')).toMatchObject([
      { key: 'A', rounds: 2, walked: 1, counts: { planned: 1, adherence: 1 } },
      { key: 'B', rounds: 1, walked: 1, counts: { planned: 2, adherence: 0.5 } },
    ])
    expect(groupRounds(rounds, 'day')[0]!.counts).toMatchObject({ planned: 2, visited: 1 })
  })
  test('of a group without visits planned there is no share', () => {
    expect(groupRounds([round('C', '2026-11-22', [])], 'day')[0]!.counts.adherence).toBeNull()
  })
})

describe('on time', () => {
  const visit = (stopId: string, at: number, state: VisitOfStop['state'] = 'visited'): VisitOfStop => ({
    stopId,
    state,
    at: at * MINUTE,
  })
  const planned = [figures({ a: 100 * MINUTE, B: 200 * MINUTE })]
  test('15 minutes early or late is on time, 16 are not', () => {
    expect(countOnTime([visit('a', 85), visit('b', 215)], planned)).toEqual({ timed: 2, onTime: 2 })
    expect(countOnTime([visit('a', 84), visit('b', 216)], planned)).toEqual({ timed: 2, onTime: 0 })
  })
  test('probable visits and stops without a planned time are of no denominator', () => {
    expect(countOnTime([visit('a', 100, 'probable'), visit('c', 100)], planned)).toEqual({
      timed: 0,
      onTime: 0,
    })
    expect(countWalk(['visited'], [figures()]).punctuality).toBeNull()
  })
  test('a stop that two people visited counts once, by the nearer', () => {
    expect(countOnTime([visit('a', 300), visit('A', 101)], planned)).toEqual({ timed: 1, onTime: 1 })
  })
})

test('walking past a site of no service time is no visit off the plan, standing there is', () => {
  const site = { checkpointId: 7, lngLat: [120, 31] as [number, number], dwellMinutes: 0 }
  const duty = [{ from: 0, to: 60 * MINUTE }]
  // 1.2 m/s eastwards: 60 m within the radius take 50 s.
  const past = Array.from({ length: 60 }, (_, at) => ({
    at: at * 5000,
    lngLat: [120 - 0.0015 + (at * 6) / 95_400, 31] as [number, number],
  }))
  expect(findOffPlan(past, [site], duty)).toEqual([])
  const stood = [0, 30, 60, 90].map((second) => ({ at: second * 1000, lngLat: site.lngLat }))
  expect(findOffPlan(stood, [site], duty)).toEqual([{ checkpointId: 7, from: 0, to: 90_000 }])
  expect(findOffPlan(stood, [site], [{ from: 50_000, to: 90_000 }])).toEqual([])
})
