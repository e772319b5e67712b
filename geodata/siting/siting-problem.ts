/**
 * Where to put sites for those who need them. Sites that are kept are open in every answer and take nothing of the limit;
 * of the others any may be opened as long as their prices add up to no more than the limit: with prices of 1 it is a count,
 * else a budget.
 */
export interface SitingProblem {
  demands: number
  sites: number
  /** Site by site, metres to each demand: sites × demands. Finite: see `cutFarMetres`. */
  metres: Float64Array
  /** By demand, at least 0: households, people, or 1. */
  weights: Float64Array
  /** By site, more than 0. */
  prices: Float64Array
  isKept: Uint8Array
  limit: number
}

export interface SitingAnswer {
  /** The open sites with those that are kept, in order. */
  sites: Int32Array
  /** Infinite when no site may be open. */
  value: number
  /** No choice of sites is better than this. */
  bound: number
  isProven: boolean
}

export interface SitingLimits {
  seed: number
  /** Asked again and again; true ends the search, the best so far is the answer. Count steps, and the answer is the same again. */
  isOver: () => boolean
}

/** Room for rounding in sums of prices. */
const PRICE_ROOM = 1e-9

export const fits = (prices: number, limit: number): boolean =>
  prices <= limit + PRICE_ROOM * Math.max(1, limit)

/** What each site that is not kept costs; undefined when they differ, or there are none. */
export function priceOfEach({ prices, isKept, sites }: SitingProblem): number | undefined {
  let price: number | undefined
  for (let site = 0; site < sites; site++) {
    if (isKept[site]) continue
    price ??= prices[site]!
    if (prices[site] !== price) return undefined
  }
  return price
}

/** Of a least value: nothing better is left, where values are whole to the next whole number, else to a thousand-millionth. */
export const isMet = (bound: number, value: number, isWhole: boolean): boolean =>
  isWhole ? bound > value - 1 + 1e-6 : bound >= value - Math.max(1e-9, Math.abs(value) * 1e-9)

/** By demand the metres to the nearest of some sites; Infinity when there is none. */
export function nearestMetres({ demands, metres }: SitingProblem, sites: Iterable<number>): Float64Array {
  const nearest = new Float64Array(demands).fill(Number.POSITIVE_INFINITY)
  for (const site of sites) {
    const from = site * demands
    for (let at = 0; at < demands; at++)
      if (metres[from + at]! < nearest[at]!) nearest[at] = metres[from + at]!
  }
  return nearest
}

export const keptSites = ({ isKept, sites }: SitingProblem): number[] =>
  Array.from({ length: sites }, (_, site) => site).filter((site) => isKept[site])
