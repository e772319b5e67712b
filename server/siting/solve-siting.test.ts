import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../geodata/demo/random.ts'
import { cheapestCover } from '../../geodata/siting/cheapest-cover.ts'
import { coverSets } from '../../geodata/siting/cover-sets.ts'
import { boundMedian } from '../../geodata/siting/median-bound.ts'
import { keptSites, nearestMetres, type SitingProblem } from '../../geodata/siting/siting-problem.ts'
import { solveCentre } from '../../geodata/siting/solve-centre.ts'
import { solveMedian } from '../../geodata/siting/solve-median.ts'
import { solveMostCovered } from '../../geodata/siting/solve-most-covered.ts'
import { everyChoice, smallProblem } from '../../geodata/siting/test-siting.ts'
import { openSolver } from '../platform/open-solver.ts'

const solve = await openSolver()
const limits = { seed: 1, isOver: () => false, secondsLeft: () => 20 }
const shape = {
  seed: fc.integer({ min: 0, max: 1e6 }),
  limit: fc.integer({ min: 1, max: 4 }),
  kept: fc.integer({ min: 0, max: 2 }),
  isPriced: fc.boolean(),
}
const problems = fc.record(shape).map(({ seed, ...how }) => smallProblem(seed, how))
const runs = { numRuns: 25, seed: 7 }

const sumOf = (problem: SitingProblem, sites: Iterable<number>) =>
  nearestMetres(problem, sites).reduce((sum, metres, at) => sum + metres * problem.weights[at]!, 0)
const worstOf = (problem: SitingProblem, sites: Iterable<number>) =>
  nearestMetres(problem, sites).reduce(
    (worst, metres, at) => (problem.weights[at]! > 0 ? Math.max(worst, metres) : worst),
    0,
  )
const coveredOf = (problem: SitingProblem, sites: Iterable<number>, within: number) =>
  nearestMetres(problem, sites).reduce(
    (sum, metres, at) => (metres <= within ? sum + problem.weights[at]! : sum),
    0,
  )
const priceOf = ({ prices, isKept }: SitingProblem, sites: Iterable<number>) =>
  [...sites].reduce((sum, site) => (isKept[site] ? sum : sum + prices[site]!), 0)
const least = (problem: SitingProblem, of: (sites: number[]) => number) =>
  Math.min(...[...everyChoice(problem)].map(of))

test('the median of small problems is that of trying every choice, with kept sites and a budget', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const found = solveMedian(problem, limits)
      const best = least(problem, (sites) => sumOf(problem, sites))
      if (best === Number.POSITIVE_INFINITY) return expect(found.sites).toHaveLength(0)
      expect(found.value).toBeCloseTo(best, 6)
      expect(sumOf(problem, found.sites)).toBeCloseTo(best, 6)
      expect(found.isProven).toBe(true)
      expect(priceOf(problem, found.sites)).toBeLessThanOrEqual(problem.limit)
      expect([...found.sites]).toEqual(expect.arrayContaining(keptSites(problem)))
    }),
    runs,
  )
})

test('the relaxation never promises less room than there is: bound ≤ value, and what it closes no best choice needs', () => {
  fc.assert(
    fc.property(problems, fc.integer({ min: 1, max: 80 }), (problem, rounds) => {
      const best = least(problem, (sites) => sumOf(problem, sites))
      if (best === Number.POSITIVE_INFINITY) return
      const costs = problem.metres.map((metres, at) => metres * problem.weights[at % problem.demands]!)
      const free = Array.from({ length: problem.sites }, (_, site) => site).filter(
        (site) => !problem.isKept[site],
      )
      const found = boundMedian(
        problem,
        costs,
        { open: keptSites(problem), free },
        new Float64Array(problem.demands).fill(20),
        {
          upper: best,
          rounds,
          // Sites that only choices above the best would hold are fixed.
          isMet: (bound) => bound > best + 1e-6,
          isOver: () => false,
        },
      )
      expect(found.bound).toBeLessThanOrEqual(best + 1e-6)
      const bests = [...everyChoice(problem)].filter((sites) => sumOf(problem, sites) <= best + 1e-9)
      const keeps = bests.some((sites) => sites.every((site) => !found.closed.has(site)))
      expect(keeps).toBe(true)
    }),
    runs,
  )
})

test('the centre of small problems is that of trying every choice', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const found = solveCentre(problem, solve, limits)
      const best = least(problem, (sites) => worstOf(problem, sites))
      if (best === Number.POSITIVE_INFINITY) return
      expect(found).toMatchObject({ value: best, bound: best, isProven: true })
      expect(worstOf(problem, found.sites)).toBe(best)
      expect(priceOf(problem, found.sites)).toBeLessThanOrEqual(problem.limit)
    }),
    runs,
  )
})

test('the most that can be covered is that of trying every choice', () => {
  fc.assert(
    fc.property(problems, fc.integer({ min: 20, max: 250 }), (problem, within) => {
      const found = solveMostCovered(problem, within, solve, limits)
      const best = -least(problem, (sites) => -coveredOf(problem, sites, within))
      expect(found.isProven).toBe(true)
      if (best === Number.NEGATIVE_INFINITY) return expect(found.value).toBe(0)
      expect(found.value).toBeCloseTo(best, 6)
      expect(coveredOf(problem, found.sites, within)).toBeCloseTo(best, 6)
      expect(priceOf(problem, found.sites)).toBeLessThanOrEqual(problem.limit)
    }),
    runs,
  )
})

test('covering everything takes the least price there is, and says who cannot be covered', () => {
  fc.assert(
    fc.property(problems, fc.integer({ min: 20, max: 250 }), (problem, within) => {
      const free = { ...problem, limit: 1000 }
      const sets = coverSets(free, within, keptSites(problem))
      const cover = cheapestCover(
        sets,
        sets.sites.map((site) => problem.prices[site]!),
        solve,
        { ...limits, seconds: 20 },
      )
      const all = nearestMetres(problem, Array(problem.sites).keys())
      expect(sets.beyond).toEqual([...all.keys()].filter((demand) => all[demand]! > within))
      const covers = (sites: number[]) =>
        nearestMetres(problem, sites).every(
          (metres, demand) => metres <= within || sets.beyond.includes(demand),
        )
      const least = Math.min(
        ...[[], ...everyChoice(free)]
          .filter((sites) => covers([...sites, ...keptSites(problem)]))
          .map((sites) => priceOf(problem, sites)),
      )
      expect(cover).toMatchObject({ price: least, bound: least })
      expect(covers([...keptSites(problem), ...cover.columns.map((column) => sets.sites[column]!)])).toBe(
        true,
      )
    }),
    runs,
  )
})

test('a search that is ended by its steps ends with the same answer each time, and its bound still holds', () => {
  const problem = smallProblem(3, { demands: 120, sites: 60, limit: 7 })
  const ended = () => {
    let steps = 0
    return solveMedian(problem, { seed: 5, isOver: () => ++steps > 40 })
  }
  expect(ended()).toEqual(ended())
  const whole = solveMedian(problem, limits)
  expect(whole.isProven).toBe(true)
  expect(ended().bound).toBeLessThanOrEqual(whole.value + 1e-6)
  expect(ended().value).toBeGreaterThanOrEqual(whole.value - 1e-6)
})

test('wherever the search for a centre is ended, its bound is no more than what can be had', () => {
  for (const seed of [8, 9, 10, 11, 12]) {
    // Where prices differ nothing is searched, so that bounds come before answers.
    const problem = smallProblem(seed, { demands: 40, sites: 14, limit: 4, isPriced: true })
    const whole = solveCentre(problem, solve, limits)
    expect(whole).toMatchObject({ isProven: true, bound: whole.value })
    for (let ends = 0; ends < 40; ends++) {
      let steps = 0
      const { value, bound, isProven } = solveCentre(problem, solve, {
        ...limits,
        isOver: () => ++steps > ends,
      })
      expect(bound).toBeLessThanOrEqual(whole.value)
      expect(value).toBeGreaterThanOrEqual(whole.value)
      if (isProven) expect(value).toBe(whole.value)
    }
  }
})

test('a demand that weighs nothing does not draw the centre', () => {
  const random = createRandom(1)
  const problem = smallProblem(random.int(0, 100), { demands: 3, sites: 3, limit: 1 })
  problem.metres.set([0, 1, 900, 5, 5, 900, 9, 9, 0])
  problem.weights.set([1, 1, 0])
  expect(solveCentre(problem, solve, limits)).toMatchObject({ value: 1, sites: Int32Array.of(0) })
})
