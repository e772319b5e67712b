import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { boundOrder, percentAbove } from './bound-order.ts'
import { costOf, type OrderQuestion, orderStops } from './order-stops.ts'

function scatter(n: number, seed: number): Float64Array {
  const random = createRandom(seed)
  const points = Array.from({ length: n }, () => [random.next() * 1000, random.next() * 1000] as const)
  const costs = new Float64Array(n * n)
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++)
      costs[a * n + b] = Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1])
  return costs
}

/** The least cost, over all sets of stops and where they end (Held and Karp, 1962). */
function leastCost(question: OrderQuestion): number {
  const { n, costs, start, end } = question
  let best = Number.POSITIVE_INFINITY
  const isBack = question.isClosed || (start !== undefined && start === end)
  for (const first of start === undefined ? Array.from({ length: n }, (_, at) => at) : [start]) {
    const least = new Float64Array(n << n).fill(Number.POSITIVE_INFINITY)
    least[(1 << first) * n + first] = 0
    for (let set = 1; set < 1 << n; set++)
      for (let at = 0; at < n; at++)
        for (let to = 0; to < n; to++)
          if (!(set & (1 << to))) {
            const next = (set | (1 << to)) * n + to
            least[next] = Math.min(least[next]!, least[set * n + at]! + costs[at * n + to]!)
          }
    for (let at = 0; at < n; at++) {
      const cost = least[((1 << n) - 1) * n + at]!
      if (isBack) best = Math.min(best, cost + costs[at * n + first]!)
      else if (end === undefined || at === end) best = Math.min(best, cost)
    }
  }
  return best
}

const ways: Record<string, (n: number) => Partial<OrderQuestion>> = {
  'a closed round': () => ({ isClosed: true }),
  'a closed round from a post': (n) => ({ start: n - 1, isClosed: true }),
  'a round that ends where it starts': (n) => ({ start: n - 1, end: n - 1 }),
  'an open way': () => ({}),
  'an open way from a post': (n) => ({ start: n - 1 }),
  'an open way to a post': () => ({ end: 0 }),
  'a way from one post to another': (n) => ({ start: n - 1, end: 0 }),
}

test.each(Object.entries(ways))(
  'the bound of %s is never above the best order, whatever the costs',
  (_, way) => {
    let known = 0
    let least = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.nat(),
        fc.integer({ min: 0, max: 100 }),
        (n, seed, steps) => {
          const random = createRandom(seed)
          const costs = new Float64Array(n * n)
          for (let a = 0; a < n; a++)
            for (let b = 0; b < a; b++) costs[a * n + b] = costs[b * n + a] = random.int(0, 100)
          const question = { costs, n, seed, ...way(n) }
          const best = leastCost(question)
          expect(boundOrder(question, { steps })).toBeLessThanOrEqual(best + 1e-9)
          known += boundOrder(question)
          least += best
        },
      ),
      { numRuns: 60, seed: 1 },
    )
    expect(known / least).toBeGreaterThan(0.95)
  },
)

test.each(Object.entries(ways))(
  'the bound of %s of 100 scattered stops is about 2 % below a good order',
  (_, way) => {
    const question = { costs: scatter(100, 5), n: 100, seed: 1, kicks: 4000, ...way(100) }
    const { cost } = orderStops(question)
    const bound = boundOrder(question)
    expect(bound).toBeLessThanOrEqual(cost + 1e-6)
    expect(percentAbove(cost, bound)).toBeLessThan(2)
  },
)

test('stops on a ring have their round for a bound: it is known to be the best', () => {
  const n = 40
  const costs = Float64Array.from({ length: n * n }, (_, at) => {
    const apart = Math.abs(Math.floor(at / n) - (at % n))
    return 100 * Math.sin((Math.PI * apart) / n)
  })
  const question = { costs, n, seed: 1, isClosed: true }
  const round = costOf(
    Array.from({ length: n }, (_, at) => at),
    question,
  )
  expect(boundOrder(question)).toBeCloseTo(round, 3)
})

test('no stop, one and stops at one place cost nothing; a bound of nothing says nothing', () => {
  for (const way of Object.values(ways)) {
    expect(boundOrder({ costs: new Float64Array(1), n: 1, seed: 1, ...way(1) })).toBe(0)
    expect(boundOrder({ costs: new Float64Array(25), n: 5, seed: 1, ...way(5) })).toBe(0)
  }
  expect(boundOrder({ costs: new Float64Array(0), n: 0, seed: 1 })).toBe(0)
  expect(percentAbove(0, 0)).toBe(0)
  expect(percentAbove(5, 0)).toBeUndefined()
  expect(percentAbove(110, 100)).toBe(10)
})

test('an ascent that is over at once gives a bound', () => {
  const question = { costs: scatter(50, 2), n: 50, seed: 1, kicks: 100, isClosed: true }
  const bound = boundOrder(question, { isOver: () => true })
  expect(bound).toBeGreaterThan(0)
  expect(bound).toBeLessThanOrEqual(orderStops(question).cost)
})
