import { fits, type SitingProblem } from './siting-problem.ts'

/** Part of a problem: some sites are open, some are closed, the free ones are to be chosen. */
export interface MedianNode {
  open: readonly number[]
  free: readonly number[]
}

export interface MedianBound {
  bound: number
  /** By demand, those with which the bound was found. */
  multipliers: Float64Array
  /** Of the relaxed problem that gave the bound. */
  chosen: number[]
  /** What no better choice than the best known opens, or closes. */
  closed: Set<number>
  opened: Set<number>
  /** The free sites that the bound would miss most, first. */
  weighty: number[]
}

export interface Subgradient {
  /** A choice is known that costs this. */
  upper: number
  rounds: number
  isMet: (bound: number) => boolean
  isOver: () => boolean
  /** Told the sites of each relaxed answer that made the bound better. */
  onChosen?: (sites: number[]) => void
}

/** Steps are halved after as many rounds without a better bound. */
const PATIENCE = 15
const LEAST_STEP = 1e-4

/**
 * A bound from below of what the demands of a node cost at least, by Lagrangian relaxation of “each demand is served once”
 * and the subgradient method (Cornuejols, Fisher and Nemhauser, 1977; Held, Wolfe and Crowder, 1974). Where prices differ
 * the choice of sites is relaxed to parts of sites. Sites whose reduced costs exceed what is left are fixed.
 */
export function boundMedian(
  problem: SitingProblem,
  costs: Float64Array,
  { open, free }: MedianNode,
  start: Float64Array,
  { upper, rounds, isMet, isOver, onChosen }: Subgradient,
): MedianBound {
  const { demands, prices, isKept, limit } = problem
  const multipliers = Float64Array.from(start)
  const direction = new Float64Array(demands)
  const served = new Int32Array(demands)
  const saving = new Float64Array(problem.sites)
  const order = [...free]
  let budget = limit
  for (const site of open) if (!isKept[site]) budget -= prices[site]!

  const best: MedianBound = {
    bound: Number.NEGATIVE_INFINITY,
    multipliers: Float64Array.from(start),
    chosen: [],
    closed: new Set(),
    opened: new Set(),
    weighty: [],
  }
  let step = 1.5
  let since = 0
  for (let round = 0; round < rounds && step > LEAST_STEP; round++) {
    let bound = 0
    for (let at = 0; at < demands; at++) bound += multipliers[at]!
    const measure = (site: number) => {
      let sum = 0
      const from = site * demands
      for (let at = 0; at < demands; at++) {
        const reduced = costs[from + at]! - multipliers[at]!
        if (reduced < 0) sum += reduced
      }
      saving[site] = sum
    }
    for (const site of open) {
      measure(site)
      bound += saving[site]!
    }
    for (const site of free) measure(site)
    order.sort((a, b) => saving[a]! / prices[a]! - saving[b]! / prices[b]! || a - b)
    let left = budget
    let count = 0
    let part = 0
    while (count < order.length) {
      const site = order[count]!
      if (!fits(prices[site]!, left)) {
        part = Math.max(0, left) / prices[site]!
        if (part < 1e-6) part = 0
        break
      }
      left -= prices[site]!
      bound += saving[site]!
      count++
    }
    if (part > 0) bound += part * saving[order[count]!]!

    if (bound > best.bound) {
      since = bound > best.bound + 1e-4 * Math.abs(best.bound) ? 0 : since + 1
      best.bound = bound
      best.multipliers.set(multipliers)
      best.chosen = [...open, ...order.slice(0, count)]
      fix(best, order, count, part > 0, saving, prices, isMet)
      if (isMet(bound)) break
      onChosen?.(best.chosen)
    } else since++
    if (since > PATIENCE) {
      step /= 2
      since = 0
      multipliers.set(best.multipliers)
      direction.fill(0)
    }
    if (isOver()) break

    served.fill(0)
    const serve = (site: number) => {
      const from = site * demands
      for (let at = 0; at < demands; at++) if (costs[from + at]! < multipliers[at]!) served[at]!++
    }
    for (const site of open) serve(site)
    for (let at = 0; at < count; at++) serve(order[at]!)
    let squares = 0
    for (let at = 0; at < demands; at++) {
      const along = 1 - served[at]! + 0.3 * direction[at]!
      direction[at] = along
      squares += along * along
    }
    if (squares === 0) break
    const length = (step * (Math.max(upper, best.bound + 1e-9) * 1.001 - bound)) / squares
    for (let at = 0; at < demands; at++) multipliers[at]! += length * direction[at]!
  }
  return best
}

/** Reduced costs of the choice of sites: the price of the limit is that of the last site in, or of the first one out. */
function fix(
  best: MedianBound,
  order: readonly number[],
  count: number,
  isParted: boolean,
  saving: Float64Array,
  prices: Float64Array,
  isMet: (bound: number) => boolean,
): void {
  const worth = (at: number) => {
    const site = order[at]
    return site === undefined ? 0 : saving[site]! / prices[site]!
  }
  const out = worth(count)
  const last = isParted || count === 0 ? out : worth(count - 1)
  for (let at = isParted ? count + 1 : count; at < order.length; at++) {
    const site = order[at]!
    if (isMet(best.bound + saving[site]! - last * prices[site]!)) best.closed.add(site)
  }
  const risen: [rise: number, site: number][] = []
  for (let at = 0; at < count; at++) {
    const site = order[at]!
    const rise = out * prices[site]! - saving[site]!
    if (isMet(best.bound + rise)) best.opened.add(site)
    risen.push([rise, site])
  }
  best.weighty = risen.sort((a, b) => b[0] - a[0]).map(([, site]) => site)
}
