import type { Random } from '../demo/random.ts'
import { fits, type SitingProblem } from './siting-problem.ts'

const EPSILON = 1e-9

/**
 * A choice of sites that is made better by adding a site, or by opening one and closing another, until neither helps: the
 * fast interchange of Whitaker (1983), where one pass over the demands tells for an opened site which one to close.
 */
export class SwapSearch {
  readonly isOpen: Uint8Array
  /** The open sites, in no order. */
  readonly open: number[] = []
  value = 0
  private spent = 0
  private readonly problem: SitingProblem
  /** Sites × demands: weight · metres. */
  private readonly costs: Float64Array
  private readonly first: Int32Array
  private readonly firstCost: Float64Array
  private readonly secondCost: Float64Array
  /** By site: what closing it would cost, beside the site that is looked at. */
  private readonly loss: Float64Array

  constructor(problem: SitingProblem, costs: Float64Array) {
    this.problem = problem
    this.costs = costs
    this.isOpen = new Uint8Array(problem.sites)
    this.first = new Int32Array(problem.demands)
    this.firstCost = new Float64Array(problem.demands)
    this.secondCost = new Float64Array(problem.demands)
    this.loss = new Float64Array(problem.sites)
  }

  /** Begins with the kept sites and as many of the others, in their order, as the limit allows. */
  startWith(sites: Iterable<number>): void {
    const { isKept, prices, limit } = this.problem
    this.isOpen.fill(0)
    this.open.length = 0
    this.spent = 0
    for (let site = 0; site < this.problem.sites; site++) if (isKept[site]) this.take(site, 0)
    for (const site of sites)
      if (!this.isOpen[site] && fits(this.spent + prices[site]!, limit)) this.take(site, prices[site]!)
    this.measure()
  }

  /** Until no single move helps, or it is over. */
  improve(random: Random, isOver: () => boolean): void {
    const { sites } = this.problem
    let site = random.int(0, sites - 1)
    for (let still = 0; still < sites && !isOver(); still++) {
      if (!this.isOpen[site] && this.tryOpening(site)) still = -1
      site = site + 1 === sites ? 0 : site + 1
    }
  }

  /** Closes and opens some at random, so that another choice can be reached. */
  kick(random: Random, moves: number): void {
    const { isKept, prices, limit, sites } = this.problem
    for (let move = 0; move < moves; move++) {
      const closable = this.open.filter((site) => !isKept[site])
      if (closable.length === 0) return
      const leaving = random.pick(closable)
      const entering = random.int(0, sites - 1)
      if (this.isOpen[entering] || !fits(this.spent - prices[leaving]! + prices[entering]!, limit)) continue
      this.leave(leaving)
      this.take(entering, prices[entering]!)
    }
    this.measure()
  }

  private take(site: number, price: number): void {
    this.isOpen[site] = 1
    this.open.push(site)
    this.spent += price
  }

  private leave(site: number): void {
    this.isOpen[site] = 0
    this.open.splice(this.open.indexOf(site), 1)
    this.spent -= this.problem.prices[site]!
  }

  private tryOpening(site: number): boolean {
    const { demands, isKept, prices, limit } = this.problem
    const { costs, first, firstCost, secondCost, loss, open } = this
    if (open.length === 0 && !fits(prices[site]!, limit)) return false
    for (const one of open) loss[one] = 0
    let gain = 0
    const from = site * demands
    for (let at = 0; at < demands; at++) {
      const cost = costs[from + at]!
      const nearest = firstCost[at]!
      if (cost < nearest) gain += nearest - cost
      else {
        loss[first[at]!]! += Math.min(cost, secondCost[at]!) - nearest
      }
    }
    const room = limit - this.spent - prices[site]!
    if (fits(0, room) && gain > EPSILON * Math.max(1, this.value)) {
      this.take(site, prices[site]!)
      this.measure()
      return true
    }
    let leaving = -1
    for (const one of open)
      if (!isKept[one] && fits(-prices[one]!, room) && (leaving < 0 || loss[one]! < loss[leaving]!))
        leaving = one
    if (leaving < 0 || !(gain - loss[leaving]! > EPSILON * Math.max(1, this.value))) return false
    this.leave(leaving)
    this.take(site, prices[site]!)
    this.remeasure(leaving, site)
    return true
  }

  private measure(): void {
    for (let at = 0; at < this.problem.demands; at++) this.measureOne(at)
    this.addUp()
  }

  private measureOne(at: number): void {
    const { demands } = this.problem
    let site = -1
    let best = Number.POSITIVE_INFINITY
    let next = Number.POSITIVE_INFINITY
    for (const one of this.open) {
      const cost = this.costs[one * demands + at]!
      if (cost < best) {
        next = best
        best = cost
        site = one
      } else if (cost < next) next = cost
    }
    this.first[at] = site
    this.firstCost[at] = best
    this.secondCost[at] = next
  }

  private remeasure(left: number, taken: number): void {
    const { demands } = this.problem
    const { costs, first, firstCost, secondCost } = this
    for (let at = 0; at < demands; at++) {
      const old = costs[left * demands + at]!
      if (first[at] === left || old <= secondCost[at]!) {
        this.measureOne(at)
        continue
      }
      const cost = costs[taken * demands + at]!
      if (cost < firstCost[at]!) {
        secondCost[at] = firstCost[at]!
        firstCost[at] = cost
        first[at] = taken
      } else if (cost < secondCost[at]!) secondCost[at] = cost
    }
    this.addUp()
  }

  private addUp(): void {
    let value = 0
    for (const cost of this.firstCost) value += cost
    this.value = value
  }
}
