import { createRandom } from '../demo/random.ts'
import { boundMedian, type MedianNode } from './median-bound.ts'
import {
  fits,
  isMet,
  keptSites,
  type SitingAnswer,
  type SitingLimits,
  type SitingProblem,
} from './siting-problem.ts'
import { SwapSearch } from './swap-search.ts'

const ROOT_ROUNDS = 1200
const NODE_ROUNDS = 60
const FIRST_KICKS = 20
/** Of the swap search between the nodes of the proof. */
const NODES_PER_KICK = 8

/**
 * The p-median: the sites from which the demands' weighted metres add up to least. Swap search from the choices that the
 * relaxation makes and from kicks, then branch and bound with the relaxation's bound until nothing better is left or it
 * is over; what is told of the bound holds in any case.
 */
export function solveMedian(problem: SitingProblem, { seed, isOver }: SitingLimits): SitingAnswer {
  const { demands, sites, weights, metres, isKept, prices, limit } = problem
  const random = createRandom(seed)
  const costs = new Float64Array(sites * demands)
  let isWhole = true
  for (let site = 0, at = 0; site < sites; site++)
    for (let demand = 0; demand < demands; demand++, at++) {
      const cost = weights[demand]! * metres[at]!
      costs[at] = cost
      isWhole &&= Number.isInteger(cost)
    }
  const search = new SwapSearch(problem, costs)
  let value = Number.POSITIVE_INFINITY
  let best: number[] = []
  const keep = () => {
    if (search.value >= value) return false
    value = search.value
    best = [...search.open]
    return true
  }
  const met = (bound: number) => isMet(bound, value, isWhole)
  const answer = (bound: number): SitingAnswer => ({
    sites: Int32Array.from(best).sort(),
    value,
    bound: Math.min(bound, value),
    isProven: met(bound),
  })

  const free = Array.from({ length: sites }, (_, site) => site).filter(
    (site) => !isKept[site] && fits(prices[site]!, limit),
  )
  search.startWith([])
  if (search.open.length === 0) search.startWith(random.shuffle(free))
  search.improve(random, isOver)
  keep()
  if (best.length === 0) return { sites: new Int32Array(0), value, bound: value, isProven: true }
  const kick = () => {
    search.startWith(best)
    search.kick(random, random.int(2, Math.max(2, Math.min(8, best.length >> 2))))
    search.improve(random, isOver)
    return keep()
  }

  const tried = new Set<string>()
  const onChosen = (chosen: number[]) => {
    const key = [...chosen].sort((a, b) => a - b).join()
    if (tried.has(key)) return
    tried.add(key)
    if (tried.size % 5 !== 1) return
    search.startWith(chosen)
    search.improve(random, isOver)
    keep()
  }
  const start = Float64Array.from({ length: demands }, (_, demand) => {
    let first = Number.POSITIVE_INFINITY
    let second = Number.POSITIVE_INFINITY
    for (const site of best) {
      const cost = costs[site * demands + demand]!
      if (cost < first) {
        second = first
        first = cost
      } else if (cost < second) second = cost
    }
    return Number.isFinite(second) ? second : first
  })
  const bounding = { isMet: met, isOver }
  const rootNode: MedianNode = { open: keptSites(problem), free }
  const root = boundMedian(problem, costs, rootNode, start, {
    ...bounding,
    upper: value,
    rounds: ROOT_ROUNDS,
    onChosen,
  })
  for (let at = 0; at < FIRST_KICKS && !met(root.bound) && !isOver(); at++) if (kick()) at = -1
  if (met(root.bound) || isOver()) return answer(root.bound)

  // Depth first. What is left when it is over keeps the bound of the lowest node that was not looked at.
  const waiting = [{ node: rootNode, multipliers: root.multipliers, bound: root.bound, rounds: 300 }]
  for (let nodes = 0; waiting.length > 0 && !isOver(); nodes++) {
    const next = waiting.pop()!
    if (met(next.bound)) continue
    if (nodes % NODES_PER_KICK === NODES_PER_KICK - 1) kick()
    const found = boundMedian(problem, costs, next.node, next.multipliers, {
      ...bounding,
      upper: value,
      rounds: next.rounds,
      onChosen,
    })
    const bound = Math.max(found.bound, next.bound)
    if (met(bound)) continue
    const open = [...next.node.open, ...found.opened]
    let left = limit
    for (const site of open) if (!isKept[site]) left -= prices[site]!
    const rest = next.node.free.filter(
      (site) => !found.closed.has(site) && !found.opened.has(site) && fits(prices[site]!, left),
    )
    const branch = found.weighty.find((site) => rest.includes(site)) ?? rest[0]
    const child = { multipliers: found.multipliers, bound, rounds: NODE_ROUNDS }
    if (branch === undefined) {
      // Of what better choices may hold one is left: the open sites.
      search.startWith(open)
      keep()
      continue
    }
    const others = rest.filter((site) => site !== branch)
    waiting.push(
      { ...child, node: { open: [...open, branch], free: others } },
      { ...child, node: { open, free: others } },
    )
  }
  let bound = value
  for (const { bound: left } of waiting) bound = Math.min(bound, left)
  return answer(Math.max(bound, root.bound))
}
