import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { matchPairs } from './match-pairs.ts'

/** The least cost, over all sets of items: the lowest item left takes each other in turn. */
function leastCost(costs: Float64Array, n: number): number {
  const least = new Float64Array(1 << n).fill(Number.POSITIVE_INFINITY)
  least[0] = 0
  for (let set = 1; set < 1 << n; set++) {
    const low = 31 - Math.clz32(set & -set)
    for (let other = low + 1; other < n; other++)
      if (set & (1 << other))
        least[set] = Math.min(least[set]!, least[set ^ (1 << low) ^ (1 << other)]! + costs[low * n + other]!)
  }
  return least[(1 << n) - 1]!
}

function symmetric(n: number, costOf: (a: number, b: number) => number): Float64Array {
  const costs = new Float64Array(n * n)
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) costs[a * n + b] = costs[b * n + a] = costOf(a, b)
  return costs
}

test.each([
  ['any costs', 1_000, 0],
  ['costs with many ties', 3, 0],
  ['many pairs that cannot be', 50, 0.6],
])('pairs cost the least there is: %s', (_, most, forbidden) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), fc.integer(), (half, seed) => {
      const random = createRandom(seed, most)
      const n = 2 * half
      const costs = symmetric(n, () =>
        random.chance(forbidden) ? Number.POSITIVE_INFINITY : random.int(0, most),
      )
      const pairs = matchPairs(costs, n)
      const least = leastCost(costs, n)
      if (least === Number.POSITIVE_INFINITY) {
        expect(pairs).toBeUndefined()
        return
      }
      expect(pairs?.cost).toBe(least)
      for (const [item, other] of pairs!.partner.entries()) {
        expect(other).not.toBe(item)
        expect(pairs!.partner[other]).toBe(item)
      }
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('two far groups of an odd number each are joined by their nearest pair, though it is no near neighbour', () => {
  const places = [
    ...Array.from({ length: 11 }, (_, at) => at),
    ...Array.from({ length: 11 }, (_, at) => 1000 + at),
  ]
  const costs = symmetric(22, (a, b) => Math.abs(places[a]! - places[b]!))
  expect(matchPairs(costs, 22)?.cost).toBe(5 + 990 + 5)
})

test('nested odd groups, which are blossoms within blossoms, come out right', () => {
  // Triangles of triangles: three of three of three items, near, farther, far; and one item more.
  const costs = symmetric(28, (a, b) => {
    if (a === 27 || b === 27) return 5_000
    if (Math.floor(a / 3) === Math.floor(b / 3)) return 2
    return Math.floor(a / 9) === Math.floor(b / 9) ? 40 : 600
  })
  // In each triangle one pair; of each three one pair of singles; of the last three one pair; and the last one.
  expect(matchPairs(costs, 28)?.cost).toBe(9 * 2 + 3 * 40 + 600 + 5_000)
})

test('no exchange of three pairs of 120 items in the plane gains anything', () => {
  const random = createRandom(7)
  const places = Array.from({ length: 120 }, () => [random.int(0, 99_999), random.int(0, 99_999)] as const)
  const n = places.length
  const costs = symmetric(n, (a, b) =>
    Math.round(Math.hypot(places[a]![0] - places[b]![0], places[a]![1] - places[b]![1])),
  )
  const { partner, cost } = matchPairs(costs, n)!
  const firsts = [...partner.keys()].filter((item) => item < partner[item]!)
  expect(firsts).toHaveLength(60)
  let sum = 0
  for (const item of firsts) sum += costs[item * n + partner[item]!]!
  expect(sum).toBe(cost)
  for (const i of firsts)
    for (const j of firsts)
      for (const k of firsts) {
        if (!(i < j && j < k)) continue
        const six = [i, partner[i]!, j, partner[j]!, k, partner[k]!]
        const own =
          costs[six[0]! * n + six[1]!]! + costs[six[2]! * n + six[3]!]! + costs[six[4]! * n + six[5]!]!
        const small = symmetric(6, (a, b) => costs[six[a]! * n + six[b]!]!)
        if (leastCost(small, 6) < own) expect.fail(`${six} could be paired for less`)
      }
})

test('an odd number of items is not paired, and none is', () => {
  expect(matchPairs(new Float64Array(9), 3)).toBeUndefined()
  expect(matchPairs(new Float64Array(0), 0)).toEqual({ partner: new Int32Array(0), cost: 0 })
})
