import { createRandom } from '../demo/random.ts'
import type { SitingProblem } from './siting-problem.ts'

/** A small problem of places in a plane, with weights, kept sites and prices that differ. */
export function smallProblem(
  seed: number,
  { demands = 14, sites = 9, limit = 3, kept = 0, isPriced = false } = {},
): SitingProblem {
  const random = createRandom(seed)
  const place = () => [random.int(0, 40), random.int(0, 40)] as const
  const from = Array.from({ length: sites }, place)
  const to = Array.from({ length: demands }, place)
  return {
    demands,
    sites,
    metres: Float64Array.from(
      from.flatMap(([x, y]) => to.map(([u, v]) => Math.round(100 * Math.hypot(x - u, y - v)) / 10)),
    ),
    weights: Float64Array.from({ length: demands }, () => random.int(0, 9)),
    prices: Float64Array.from({ length: sites }, () => (isPriced ? random.int(1, 6) : 1)),
    isKept: Uint8Array.from({ length: sites }, (_, site) => (site < kept ? 1 : 0)),
    limit: isPriced ? limit * 2 : limit,
  }
}

/** Every choice of sites that the limit pays for, the kept ones among them. */
export function* everyChoice({ sites, isKept, prices, limit }: SitingProblem): Generator<number[]> {
  for (let bits = 0; bits < 2 ** sites; bits++) {
    const chosen: number[] = []
    let price = 0
    for (let site = 0; site < sites; site++) {
      if (isKept[site]) chosen.push(site)
      else if ((bits >> site) & 1) {
        chosen.push(site)
        price += prices[site]!
      }
    }
    if (price <= limit && chosen.length > 0) yield chosen
  }
}
