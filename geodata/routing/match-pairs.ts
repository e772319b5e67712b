import { BlossomSearch } from './blossom-search.ts'
import { nearestSites } from './nearest-sites.ts'

export interface Pairs {
  /** By item its partner. */
  partner: Int32Array
  cost: number
}

const NEIGHBOURS = 8
/** Missing pairs that one item may add in a round of pricing. */
const ADDED = 4

/**
 * Pairs of an even number of items, each in one pair, of least total cost: exact. `costs` is n × n, row-major, symmetric,
 * whole numbers ≥ 0 (millimetres), each below 2⁵⁰ / n; Infinity: these two cannot be a pair. undefined: no way to pair all.
 *
 * Near pairs alone go to the blossom algorithm; pairs left out that its duals show to be too dear to leave out are put in
 * and it runs anew, until there are none (pricing, as of Derigs and Metz, 1991).
 */
export function matchPairs(costs: Float64Array, n: number): Pairs | undefined {
  if (n % 2 === 1) return undefined
  const ends: [number, number][] = []
  const edgeCosts: number[] = []
  const known = new Set<number>()
  const add = (a: number, b: number) => {
    const key = Math.min(a, b) * n + Math.max(a, b)
    if (a === b || known.has(key) || costs[key] === Number.POSITIVE_INFINITY) return false
    known.add(key)
    ends.push([a, b])
    edgeCosts.push(costs[key]!)
    return true
  }
  const { ids, width } = nearestSites(n, (a, b) => costs[a * n + b]!, NEIGHBOURS)
  for (let at = 0; at < ids.length; at++) if (ids[at]! >= 0) add(Math.floor(at / width), ids[at]!)
  for (;;) {
    const search = new BlossomSearch({ n, ends, costs: edgeCosts })
    const partner = search.run()
    if (partner === undefined) {
      // Too few pairs: the rest, nothing less, tells whether there is a way.
      let isMore = false
      for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) isMore = add(a, b) || isMore
      if (!isMore) return undefined
      continue
    }
    if (!addMissing(costs, n, search.dual, add)) return { partner, cost: costOfPairs(costs, partner) }
  }
}

function costOfPairs(costs: Float64Array, partner: Int32Array): number {
  let cost = 0
  for (const [item, other] of partner.entries())
    if (item < other) cost += costs[item * partner.length + other]!
  return cost
}

/** Pairs whose slack is negative: the answer may be better with them. Blossoms only add to a slack. */
function addMissing(
  costs: Float64Array,
  n: number,
  dual: Float64Array,
  add: (a: number, b: number) => boolean,
): boolean {
  let isAdded = false
  for (let a = 0; a < n; a++) {
    const missing: { b: number; slack: number }[] = []
    for (let b = 0; b < n; b++) {
      const slack = dual[a]! + dual[b]! + 2 * costs[a * n + b]!
      if (a !== b && slack < 0) missing.push({ b, slack })
    }
    missing.sort((one, other) => one.slack - other.slack || one.b - other.b)
    let added = 0
    for (const { b } of missing) {
      if (added === ADDED) break
      if (!add(a, b)) continue
      added++
      isAdded = true
    }
  }
  return isAdded
}
