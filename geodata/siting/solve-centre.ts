import { createRandom } from '../demo/random.ts'
import type { SolveProgram } from '../solving/linear-program.ts'
import { cheapestCover, coverProgram, roundUp } from './cheapest-cover.ts'
import { coverSets, reduceCover } from './cover-sets.ts'
import { searchCover } from './search-cover.ts'
import {
  fits,
  keptSites,
  nearestMetres,
  priceOfEach,
  type SitingAnswer,
  type SitingLimits,
  type SitingProblem,
} from './siting-problem.ts'

const FIRST_STEPS = 400
const LAST_STEPS = 20_000

/**
 * The p-centre: the sites from which the farthest demand is nearest. Only lengths that occur can be the answer, so they are
 * halved again and again: can the limit pay for sites within that length of everyone (Minieka, 1970)? A search says yes, the
 * linear relaxation says no, and what neither knows the exact solver decides while there is time.
 */
export function solveCentre(
  problem: SitingProblem,
  solve: SolveProgram,
  { seed, isOver, secondsLeft }: SitingLimits & { secondsLeft: () => number },
): SitingAnswer {
  const { limit, weights, prices } = problem
  const kept = keptSites(problem)
  const isOut = (demand: number) => weights[demand] === 0
  const worstOf = (sites: readonly number[]) => {
    let worst = 0
    for (const [demand, metres] of nearestMetres(problem, sites).entries())
      if (!isOut(demand) && metres > worst) worst = metres
    return worst
  }
  const lengths = occurring(problem, isOut)
  const random = createRandom(seed)
  const isUniform = priceOfEach(problem) !== undefined
  const free = Array.from({ length: problem.sites }, (_, site) => site).filter(
    (site) => !problem.isKept[site] && fits(prices[site]!, limit),
  )
  const at = (index: number) => {
    const sets = coverSets(problem, lengths[index]!, kept, isOut)
    const allPrices = sets.sites.map((site) => prices[site]!)
    return { sets, allPrices }
  }
  let best: number[] = []
  let value = Number.POSITIVE_INFINITY
  /** lengths[low] can do; nothing below lengths[least] can. */
  let low = lengths.length
  let least = 0
  const keep = (sites: number[]) => {
    const worst = worstOf(sites)
    if (worst < value) {
      value = worst
      best = sites
      low = lengths.findIndex((length) => length >= worst)
    }
  }
  if (kept.length > 0) keep(kept)

  /** Sites within a length of everyone, when a search finds them. */
  const find = (index: number, steps: number): boolean => {
    if (!isUniform) return false
    const { sets, allPrices } = at(index)
    if (sets.beyond.length > 0) return false
    const { sets: reduced } = reduceCover(sets, allPrices)
    const count = Math.floor(limit / (prices[free[0] ?? 0] ?? 1) + 1e-9)
    const found = searchCover(reduced, count, { random, steps, isOver })
    if (!found) return false
    keep([...kept, ...found.map((column) => reduced.sites[column]!)])
    return true
  }
  /** True: no sites that the limit pays for are within a length of everyone. Linear relaxation. */
  const isRefuted = (index: number): boolean => {
    const { sets, allPrices } = at(index)
    if (sets.beyond.length > 0) return true
    const { sets: reduced, columns } = reduceCover(sets, allPrices)
    if (reduced.rows === 0) return false
    const some = columns.map((column) => allPrices[column]!)
    const { bound } = solve(coverProgram(reduced, some, false), { seconds: secondsLeft(), isOver })
    return !fits(roundUp(bound, some), limit)
  }
  const answer = (): SitingAnswer => ({
    sites: Int32Array.from(best).sort(),
    value,
    bound: Math.min(value, lengths[least] ?? value),
    isProven: low <= least,
  })

  if (free.length === 0 || lengths.length === 0) {
    least = low
    return { ...answer(), bound: value, isProven: true }
  }
  if (best.length === 0) keep([free.reduce((a, b) => (prices[b]! < prices[a]! ? b : a))])
  // From above, by search alone.
  for (let under = 0; under < low && !isOver(); ) {
    const middle = (under + low) >> 1
    if (middle >= lengths.length || !find(middle, FIRST_STEPS)) under = middle + 1
  }
  // From below, by the relaxation.
  for (let over = Math.min(low, lengths.length); least < over && !isOver(); ) {
    const middle = (least + over) >> 1
    if (isRefuted(middle)) least = middle + 1
    else over = middle
  }
  while (least < low && !isOver()) {
    if (low - 1 < lengths.length && low > 0 && find(low - 1, LAST_STEPS)) continue
    const middle = (least + low - 1) >> 1
    const { sets, allPrices } = at(middle)
    if (sets.beyond.length > 0) {
      least = middle + 1
      continue
    }
    const cover = cheapestCover(sets, allPrices, solve, { seconds: secondsLeft(), seed, isOver })
    if (fits(cover.price, limit)) keep([...kept, ...cover.columns.map((column) => sets.sites[column]!)])
    else if (!fits(cover.bound, limit)) least = middle + 1
    else break
  }
  // What is left of the time is spent on searching on.
  while (least < low && low > 0 && isUniform && !isOver()) if (!find(low - 1, LAST_STEPS)) continue
  return answer()
}

/** The lengths from sites to demands, each once, from the least. */
function occurring(
  { demands, sites, metres }: SitingProblem,
  isOut: (demand: number) => boolean,
): Float64Array {
  const sorted = new Float64Array(sites * demands)
  let count = 0
  for (let site = 0; site < sites; site++)
    for (let demand = 0; demand < demands; demand++)
      if (!isOut(demand)) sorted[count++] = metres[site * demands + demand]!
  const used = sorted.subarray(0, count).sort()
  return used.filter((length, at) => at === 0 || length !== used[at - 1])
}
