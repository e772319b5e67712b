import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { orderStops } from './order-stops.ts'
import { meanStartEntropy, startEntropy } from './start-entropy.ts'
import { varyCosts } from './vary-costs.ts'

test('costs stay symmetric and within a third and three times; none and no way stay what they are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer(),
      (n, dial, seed) => {
        const random = createRandom(n)
        const costs = new Float64Array(n * n)
        for (let a = 0; a < n; a++)
          for (let b = 0; b < a; b++)
            costs[a * n + b] = costs[b * n + a] = random.pick([0, 10, 500, Number.POSITIVE_INFINITY])
        const varied = varyCosts(costs, n, dial, seed)
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++) {
            const [was, is] = [costs[a * n + b]!, varied[a * n + b]!]
            expect(is).toBe(varied[b * n + a]!)
            if (was === 0 || was === Number.POSITIVE_INFINITY) expect(is).toBe(was)
            else {
              expect(is).toBeGreaterThanOrEqual((was / 3 ** dial) * (1 - 1e-12))
              expect(is).toBeLessThanOrEqual(was * 3 ** dial * (1 + 1e-12))
            }
          }
      },
    ),
    { seed: 1 },
  )
})

test('a dial at 0 changes nothing, a seed says all, and further places leave the first as they were', () => {
  const costs = new Float64Array(9).fill(100)
  expect(varyCosts(costs, 3, 0, 7)).toEqual(costs)
  expect(varyCosts(costs, 3, 0.5, 7)).toEqual(varyCosts(costs, 3, 0.5, 7))
  expect(varyCosts(costs, 3, 0.5, 7)).not.toEqual(varyCosts(costs, 3, 0.5, 8))
  expect(costs).toEqual(new Float64Array(9).fill(100))
  expect(varyCosts(new Float64Array(4).fill(100), 2, 1, 7)[1]).toBe(varyCosts(costs, 3, 1, 7)[1])
  expect(() => varyCosts(costs, 3, 1.1, 7)).toThrow('The dial is at 1.1')
  expect(() => varyCosts(costs, 3, Number.NaN, 7)).toThrow('The dial is at NaN')
})

test('entropy of starts as computed by hand', () => {
  const span = { from: 0, to: 400, bins: 4 }
  expect(startEntropy([0, 100, 200, 300], span)).toBeCloseTo(1, 12)
  expect(startEntropy([10, 20, 99], span)).toBe(0)
  expect(startEntropy([0, 399], span)).toBeCloseTo(0.5, 12) // ln 2 / ln 4
  // Shares 1/2, 1/4, 1/4: 1.5 ln 2 over 2 ln 2.
  expect(startEntropy([0, 0, 150, 250], span)).toBeCloseTo(0.75, 12)
  expect(startEntropy([-1, 400, 50], span)).toBe(0)
  expect(startEntropy([], span)).toBeUndefined()
  expect(startEntropy([400], span)).toBeUndefined()
  expect(startEntropy([5], { ...span, bins: 1 })).toBeUndefined()
  // Four visits of 1 and one of 0: by visits.
  expect(meanStartEntropy([[0, 100, 200, 300], [50], []], span)).toBeCloseTo(0.8, 12)
  expect(meanStartEntropy([[], [999]], span)).toBeUndefined()
})

test('the higher the dial, the harder the hour of a visit is to foretell, and the longer the way', () => {
  const n = 30
  const random = createRandom(4)
  const points = Array.from({ length: n }, () => [random.next() * 1000, random.next() * 1000] as const)
  const costs = Float64Array.from({ length: n * n }, (_, at) => {
    const [a, b] = [points[Math.floor(at / n)]!, points[at % n]!]
    return Math.hypot(a[0] - b[0], a[1] - b[1])
  })
  const figures = [0, 0.3, 1].map((dial) => {
    const starts: number[][] = points.map(() => [])
    let metres = 0
    for (let seed = 0; seed < 24; seed++) {
      const { order } = orderStops({
        costs: varyCosts(costs, n, dial, seed),
        n,
        seed: 1,
        start: 0,
        kicks: 300,
      })
      let walked = 0
      for (let at = 1; at < n; at++) {
        walked += costs[order[at - 1]! * n + order[at]!]!
        starts[order[at]!]!.push(walked)
      }
      metres += walked
    }
    return { metres, entropy: meanStartEntropy(starts, { from: 0, to: 12_000, bins: 12 })! }
  })
  expect(figures[0]!.entropy).toBe(0)
  expect(figures[1]!.entropy).toBeGreaterThan(0.1)
  expect(figures[2]!.entropy).toBeGreaterThan(figures[1]!.entropy)
  expect(figures[2]!.metres).toBeGreaterThan(figures[1]!.metres)
  expect(figures[1]!.metres).toBeGreaterThan(figures[0]!.metres)
})
