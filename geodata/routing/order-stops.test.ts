import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { costOf, orderStops } from './order-stops.ts'

function scatter(n: number, seed: number): Float64Array {
  const random = createRandom(seed)
  const points = Array.from({ length: n }, () => [random.next() * 1000, random.next() * 1000] as const)
  const costs = new Float64Array(n * n)
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++)
      costs[a * n + b] = Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1])
  return costs
}

/** The best order of few stops, by trying all. */
function shortest(question: Parameters<typeof costOf>[1]): number {
  const { n, start, end } = question
  let best = Number.POSITIVE_INFINITY
  const extend = (order: number[], left: number[]) => {
    if (left.length === 0) {
      if (end === undefined || order[n - 1] === end) best = Math.min(best, costOf(order, question))
      return
    }
    for (const next of left)
      extend(
        [...order, next],
        left.filter((stop) => stop !== next),
      )
  }
  const all = Array.from({ length: n }, (_, at) => at)
  for (const first of start === undefined ? all : [start])
    extend(
      [first],
      all.filter((stop) => stop !== first),
    )
  return best
}

const ways = {
  'a closed round': { isClosed: true },
  'a closed round from a post': { start: 3, isClosed: true },
  'an open way': {},
  'an open way from a post': { start: 2 },
  'an open way to a post': { end: 4 },
  'a way from one post to another': { start: 5, end: 1 },
}
test.each(Object.entries(ways))('%s of seven stops is the best there is', (_, way) => {
  for (let seed = 0; seed < 20; seed++) {
    const question = { costs: scatter(7, seed), n: 7, seed, kicks: 200, ...way }
    const { order, cost } = orderStops(question)
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
    if ('start' in way) expect(order[0]).toBe(way.start)
    if ('end' in way) expect(order[6]).toBe(way.end)
    expect(cost).toBeCloseTo(shortest(question), 6)
  }
})

test('one, two and three stops are a round as well', () => {
  for (const n of [1, 2, 3])
    for (const way of Object.values({ closed: { isClosed: true }, open: {}, from: { start: n - 1 } })) {
      const { order } = orderStops({ costs: scatter(n, 1), n, seed: 1, kicks: 50, ...way })
      expect([...order].sort()).toEqual(Array.from({ length: n }, (_, at) => at))
      if ('start' in way) expect(order[0]).toBe(n - 1)
    }
})

test('the same seed and kicks give the same order, every stop once, never longer than the order drawn', () => {
  const costs = scatter(150, 7)
  const drawn = createRandom(3).shuffle(Array.from({ length: 150 }, (_, at) => at))
  const question = { costs, n: 150, seed: 5, isClosed: true, order: drawn, kicks: 3000 }
  const first = orderStops(question)
  expect([...orderStops(question).order]).toEqual([...first.order])
  expect(new Set(first.order).size).toBe(150)
  expect(first.cost).toBeLessThan(costOf(drawn, question))
  const longer = orderStops({ ...question, kicks: 6000 })
  expect(longer.cost).toBeLessThanOrEqual(first.cost + 1e-6)
  // A good order stays at least as good.
  const again = orderStops({ ...question, order: [...longer.order], kicks: 0 })
  expect(again.cost).toBeLessThanOrEqual(longer.cost + 1e-6)
})

test('stops in one place and costs of nothing are no endless search', () => {
  const n = 30
  const { order, cost } = orderStops({
    costs: new Float64Array(n * n),
    n,
    seed: 1,
    isClosed: true,
    kicks: 500,
  })
  expect([new Set(order).size, cost]).toEqual([n, 0])
})
