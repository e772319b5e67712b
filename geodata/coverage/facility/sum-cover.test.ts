import { expect, test } from 'vitest'
import { catchmentWeight } from './catchments.ts'
import { facilityParamsSchema } from './facility.schema.ts'
import { binDistances, countCover, countOverlap, sumAccessibility } from './sum-cover.ts'
import { withinStraight } from './within-straight.ts'

const weights = {
  households: Float64Array.of(10, Number.NaN, 0, 5),
  population: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN),
}

test('what nobody knows is counted apart, and no sum at all is not a sum of nothing', () => {
  expect(countCover([0, 1, 2, 3], weights, (building) => building < 2)).toEqual({
    buildings: 4,
    coveredBuildings: 2,
    households: 15,
    coveredHouseholds: 10,
    householdsUnknown: 1,
    population: null,
    coveredPopulation: null,
    populationUnknown: 4,
  })
  expect(countCover([], weights, () => true)).toMatchObject({
    buildings: 0,
    households: 0,
    population: 0,
    householdsUnknown: 0,
  })
})

test('a building without a way is in no bin, one at the end of a bin in the next', () => {
  const bins = binDistances(
    Float64Array.of(0, 100, 1999.9, 2000, Number.POSITIVE_INFINITY),
    Float64Array.of(1, 2, Number.NaN, 4, 5),
  )
  expect([bins.buildings[0], bins.buildings[1], bins.buildings[19], bins.beyond, bins.none]).toEqual([
    1, 1, 1, 1, 1,
  ])
  expect(bins.households.slice(0, 2)).toEqual([1, 2])
  expect(countOverlap(Int32Array.of(0, 0, 3, 5, 9))).toEqual([2, 0, 0, 1, 0, 2])
})

test('accessibility over nobody is nothing, not zero', () => {
  expect(sumAccessibility([1], weights.households, Float64Array.of(1, 1, 1, 1)).mean).toBeNull()
  expect(sumAccessibility([0, 1, 3], weights.households, Float64Array.of(1, 9, 9, 4))).toEqual({
    used: 30,
    demand: 15,
    mean: 2,
  })
})

test('a way counts 1 at the door and no more beyond the limit', () => {
  for (const kind of ['gaussian', 'steps'] as const) {
    expect(catchmentWeight(kind, 0, 300)).toBe(1)
    expect(catchmentWeight(kind, 301, 300)).toBe(0)
    expect(catchmentWeight(kind, Number.POSITIVE_INFINITY, 300)).toBe(0)
  }
  expect(catchmentWeight('gaussian', 300, 300)).toBe(0)
  expect([100, 101, 201, 300].map((metres) => catchmentWeight('steps', metres, 300))).toEqual([
    1, 0.68, 0.22, 0.22,
  ])
})

test('a place is near as the crow flies when one of the sites is, wherever it stands among them', () => {
  const places = { lng: Float64Array.of(121.5, 121.5, 121.6), lat: Float64Array.of(31.2, 31.3, 31.2) }
  const sites: [number, number][] = [
    [121.7, 31.2],
    [121.5031, 31.2],
    [121.5, 31.2981],
  ]
  expect([...withinStraight(places, sites, 300)]).toEqual([1, 1, 0])
  expect([...withinStraight(places, sites, 200)]).toEqual([0, 0, 0])
  expect([...withinStraight(places, [], 200)]).toEqual([0, 0, 0])
})

test('a walk of minutes is bounded by the metres that it is', () => {
  const ask = (more: object) => facilityParamsSchema.safeParse({ kinds: ['aed'], walk: 15, ...more })
  expect(ask({ unit: 'minutes' }).success).toBe(true)
  expect(ask({ unit: 'minutes', metresPerMinute: 400 }).success).toBe(false)
  expect(ask({ unit: 'minutes', bands: [80] }).error?.issues[0]?.path).toEqual(['bands', 0])
  expect(ask({ kinds: [] }).success).toBe(false)
  expect(ask({ kinds: ['aed', 'aed'] }).data?.kinds).toEqual(['aed'])
  expect(ask({ walk: Number.NaN }).success).toBe(false)
})
