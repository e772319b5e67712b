import { expect, test } from 'vitest'
import { createRandom } from '../../../geodata/demo/random.ts'
import { costOf, orderStops } from '../../../geodata/routing/order-stops.ts'
import { leastCost } from './least-cost.ts'

function field(n: number, seed: number): Float64Array {
  const random = createRandom(seed)
  const at = Array.from({ length: n }, () => [random.next() * 1000, random.next() * 1000] as const)
  return Float64Array.from({ length: n * n }, (_, index) => {
    const [a, b] = [at[Math.floor(index / n)]!, at[index % n]!]
    return Math.hypot(a[0] - b[0], a[1] - b[1])
  })
}

/** Every order, tried. */
function shortest(costs: Float64Array, n: number, ends: { start?: number; end?: number }): number {
  let best = Number.POSITIVE_INFINITY
  const walk = (order: number[]) => {
    if (order.length === n) {
      if (ends.end !== undefined && order[n - 1] !== ends.end) return
      best = Math.min(best, costOf(order, { costs, n, ...ends, seed: 1 }))
      return
    }
    for (let stop = 0; stop < n; stop++)
      if (!order.includes(stop) && (order.length > 0 || ends.start === undefined || stop === ends.start))
        walk([...order, stop])
  }
  walk([])
  return best
}

test.each([{}, { start: 0 }, { end: 6 }, { start: 0, end: 6 }])(
  'no order beats the bound, whichever ends are given: %o',
  (ends) => {
    for (let seed = 1; seed <= 12; seed++) {
      const costs = field(7, seed)
      const best = shortest(costs, 7, ends)
      const bound = leastCost(costs, 7, ends)
      expect(bound).toBeLessThanOrEqual(best + 1e-9)
      expect(bound).toBeGreaterThan(best * 0.75)
    }
  },
)

test('on many stops the bound is close enough to be worth telling', () => {
  const costs = field(120, 3)
  const { cost } = orderStops({ costs, n: 120, start: 0, end: 119, seed: 1, kicks: 4000 })
  const bound = leastCost(costs, 120, { start: 0, end: 119 })
  expect(cost / bound).toBeGreaterThan(1)
  expect(cost / bound).toBeLessThan(1.06)
})
