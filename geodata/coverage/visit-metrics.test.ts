import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  adherence,
  coverage,
  frequencyCompliance,
  idleness,
  streetCoverage,
  timeInCompliance,
  timeOverLimit,
} from './visit-metrics.ts'

const DAY = { from: 0, to: 24 }

test('coverage goes by weight, adherence by place, each visit off the plan beside it', () => {
  const targets = [
    { weight: 3, isCovered: true },
    { weight: 1, isCovered: false },
  ]
  expect(coverage(targets)).toBe(0.75)
  expect(adherence([1, 2, 3, 4], [2, 4, 4, 9])).toEqual({ share: 0.5, kept: 2, offPlan: 1 })
})

test('nothing to count is nothing to tell, not zero', () => {
  expect(coverage([])).toBeUndefined()
  expect(coverage([{ weight: 0, isCovered: true }])).toBeUndefined()
  expect(adherence([], [1])).toEqual({ share: undefined, kept: 0, offPlan: 1 })
  expect(idleness([1], { from: 5, to: 5 })).toBeUndefined()
  expect(frequencyCompliance(3, 0)).toBeUndefined()
  expect(timeInCompliance([], 1, { from: 0, to: 0 })).toBeUndefined()
  expect(streetCoverage([])).toBeUndefined()
})

test('idleness by hand: visits at 6 and 18 of a day leave gaps of 6, 12 and 6 hours', () => {
  expect(idleness([18, 6], DAY)).toEqual({ mean: (36 + 144 + 36) / 48, worst: 12, isNever: false })
  expect(idleness([], DAY)).toEqual({ mean: 12, worst: 24, isNever: true })
  expect(idleness([-3, 30], DAY)).toEqual({ mean: 12, worst: 24, isNever: true })
})

test('k walkers equally spaced on a round of length L at speed v: worst L/(kv), mean half of it', () => {
  for (const [length, walkers, speed] of [
    [7000, 3, 70],
    [1200, 1, 60],
    [5000, 8, 50],
  ] as const) {
    const every = length / (walkers * speed)
    const span = { from: 0, to: 40 * every }
    const visits = Array.from({ length: 41 }, (_, n) => n * every)
    const { mean, worst } = idleness(visits, span)!
    expect(worst).toBeCloseTo(every, 9)
    expect(mean).toBeCloseTo(every / 2, 9)
  }
})

test('visits in plenty do not pass for those that were missed', () => {
  expect(frequencyCompliance(9, 3)).toBe(1)
  expect(frequencyCompliance(1, 3)).toBeCloseTo(1 / 3, 12)
})

test('time in compliance by hand: a limit of 8 h, visits at 6 and 18: 4 h of 24 too late', () => {
  expect(timeOverLimit([6, 18], 8, DAY)).toBe(4)
  expect(timeInCompliance([6, 18], 8, DAY)).toBeCloseTo(20 / 24, 12)
  expect(timeInCompliance([], 24, DAY)).toBe(1)
})

test('a street walked twice is covered once, whichever way', () => {
  const edges = [
    {
      metres: 100,
      walked: [
        [0, 0.5],
        [0.6, 0.2],
      ] as const,
    },
    { metres: 300, walked: [] },
  ]
  expect(streetCoverage(edges)).toBeCloseTo(60 / 400, 12)
})

const moments = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 })
const H = { from: 0, to: 1000 }

test('a further visit never makes idleness or lateness worse', () => {
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 0, max: 1000 }),
      (visits, more, limit) => {
        const [before, after] = [idleness(visits, H)!, idleness([...visits, more], H)!]
        expect(after.mean).toBeLessThanOrEqual(before.mean)
        expect(after.worst).toBeLessThanOrEqual(before.worst)
        expect(timeOverLimit([...visits, more], limit, H)!).toBeLessThanOrEqual(
          timeOverLimit(visits, limit, H)!,
        )
      },
    ),
    { seed: 5 },
  )
})

test('mean idleness is at most half the worst, and the mean of the time since the last visit sampled densely', () => {
  fc.assert(
    fc.property(moments, (visits) => {
      const { mean, worst } = idleness(visits, H)!
      expect(mean).toBeLessThanOrEqual(worst / 2 + 1e-9)
      const sorted = [0, ...visits].sort((a, b) => a - b)
      let total = 0
      for (let at = 0; at < 1000; at++) total += at + 0.5 - sorted.filter((visit) => visit <= at).at(-1)!
      expect(mean).toBeCloseTo(total / 1000, 6)
    }),
    { seed: 6, numRuns: 50 },
  )
})
