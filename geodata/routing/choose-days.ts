import { createRandom, type Random } from '../demo/random.ts'
import { dayPatterns } from './day-patterns.ts'
import type { ChosenDays, DaysProblem, MissedReason } from './days-problem.ts'
import { orderStops } from './order-stops.ts'

export interface DaysOptions {
  seed: number
  /** Left out: 2000. The same seed and iterations give the same days. */
  iterations?: number | undefined
  /** Asked every few iterations; the best so far is kept. */
  isOver?: (() => boolean) | undefined
}

/** A week or two: sets of days are tried one by one. */
const MOST_DAYS = 14
const MOST_TAKEN_OUT = 8
/** A step may be worse by this share of the ways at first, and by none at last. */
const WORSE = 0.02
const KICKS = 300
/** Seconds of walking that a second is worth on the day with twice the work of an even share, over one on an even day. */
const UNEVEN = 4
const EPSILON = 1e-6

/**
 * Days for sites that want several visits, a periodic routing problem: every site gets one of the sets of days that are
 * apart enough, the hardest sites first, each day's walk grows at its cheapest place; then neighbouring sites are taken out
 * and put back where they cost least, as long as time allows. A visit is never put where it breaks a capacity, a
 * separation or a closed day; visits that find no place are told with the reason.
 *
 * RangeError: more than 14 days, or a count of visits that is not whole.
 */
export function chooseDays(problem: DaysProblem, options: DaysOptions): ChosenDays {
  const { capacity, sites } = problem
  if (capacity.length > MOST_DAYS)
    throw new RangeError(`${capacity.length} days; expected ${MOST_DAYS} or fewer.`)
  for (const [site, { visits }] of sites.entries())
    if (!Number.isInteger(visits) || visits < 0)
      throw new RangeError(`Site ${site} wants ${visits} visits; expected a whole number, 0 or more.`)
  const search = new DaysSearch(problem, createRandom(options.seed, sites.length))
  const limit = search.isMovable ? (options.iterations ?? 2000) : 0
  search.place(search.hardestFirst())
  let iterations = 0
  for (; iterations < limit; iterations++) {
    if ((iterations & 15) === 0 && options.isOver?.()) break
    search.step(1 - iterations / limit)
  }
  search.takeBest()
  search.polish(options.seed)
  return { days: search.days(), missed: search.missed(), iterations }
}

interface Choice {
  /** By day its sites in order. */
  walks: number[][]
  /** By site its days as bits. */
  pattern: Int32Array
  travel: number[]
  service: number[]
}

class DaysSearch {
  readonly isMovable: boolean
  private now: Choice
  private best: Choice
  /** By site: its sets of days, those with most visits first. */
  private readonly patterns: number[][]
  private readonly problem: DaysProblem
  private readonly random: Random
  /** What one missed visit costs: more than all the work there is. */
  private readonly missedCost: number
  /** What the square of a day's work costs. */
  private readonly uneven: number

  constructor(problem: DaysProblem, random: Random) {
    this.problem = problem
    this.random = random
    const { capacity, sites, isRepeated = false } = problem
    // Most sites of a norm have the same.
    const known = new Map<string, number[]>()
    this.patterns = sites.map((site) => {
      const { visits: wanted, apartDays, days, limits } = site
      const key = JSON.stringify([wanted, apartDays, days, limits])
      const sets = known.get(key) ?? []
      if (known.has(key)) return sets
      known.set(key, sets)
      const open = capacity.filter((_, day) => !days || days.includes(day)).length
      for (let visits = Math.min(wanted, open); visits > 0; visits--)
        sets.push(
          // With fewer visits than that a limit breaks anyhow.
          ...dayPatterns(visits === wanted ? site : { apartDays, days }, capacity.length, visits, isRepeated),
        )
      return sets
    })
    const total = capacity.reduce((sum, seconds) => sum + seconds, 0)
    this.missedCost = 4 * (total + 1)
    const worked = Math.max(1, capacity.filter((seconds) => seconds > 0).length)
    const wanted = sites.reduce((seconds, { visits, service }) => seconds + visits * service, 0)
    const evenLoad = Math.max(1, Math.min(total, Math.max(wanted, total / 10)) / worked)
    this.uneven = ((problem.balance ?? 0.5) * UNEVEN) / (2 * evenLoad)
    this.isMovable = sites.length > 0 && capacity.length > 0
    this.now = {
      walks: capacity.map(() => []),
      pattern: new Int32Array(sites.length),
      travel: capacity.map(() => 0),
      service: capacity.map(() => 0),
    }
    this.best = copy(this.now)
  }

  hardestFirst(): number[] {
    const { sites } = this.problem
    return [...sites.keys()].sort(
      (a, b) =>
        (sites[b]!.weight ?? 1) - (sites[a]!.weight ?? 1) ||
        this.patterns[a]!.length - this.patterns[b]!.length ||
        sites[b]!.service - sites[a]!.service ||
        a - b,
    )
  }

  /** Gives sites that have no day the set of days that costs least, of as many visits as find a place. */
  place(order: readonly number[]): void {
    const { sites, capacity } = this.problem
    const { now } = this
    for (const site of order) {
      const { service } = sites[site]!
      const slots = capacity.map((_, day) => this.cheapest(site, day))
      const costs = slots.map(({ extra }, day) => {
        const load = now.travel[day]! + now.service[day]!
        const more = extra + service
        if (!(load + more <= capacity[day]! + EPSILON)) return Number.POSITIVE_INFINITY
        return extra + this.uneven * more * (2 * load + more)
      })
      let chosen = 0
      let least = Number.POSITIVE_INFINITY
      for (const pattern of this.patterns[site]!) {
        // Sets with fewer visits come after those with more.
        if (bitCount(pattern) < bitCount(chosen)) break
        let cost = 0
        for (const [day, own] of costs.entries()) if (pattern & (1 << day)) cost += own
        if (cost < least) [chosen, least] = [pattern, cost]
      }
      now.pattern[site] = chosen
      for (const [day, { at, extra }] of slots.entries()) {
        if (!(chosen & (1 << day))) continue
        now.walks[day]!.splice(at, 0, site)
        now.travel[day]! += extra
        now.service[day]! += service
      }
    }
  }

  /** Takes a few near sites out, puts them back, and keeps that unless it is worse by more than `heat` allows. */
  step(heat: number): void {
    const before = copy(this.now)
    const old = this.cost(before)
    const out = this.random.shuffle(this.chooseNear())
    for (const site of out) this.takeOut(site)
    this.place(out)
    const cost = this.cost(this.now)
    const mayLose = WORSE * heat * this.random.next() * (1 + sum(before.travel))
    if (!(cost <= old + mayLose)) this.now = before
    else if (cost < this.cost(this.best) - EPSILON) this.best = copy(this.now)
  }

  takeBest(): void {
    if (this.cost(this.best) < this.cost(this.now)) this.now = this.best
  }

  /** Orders each day's walk anew, and uses the time that this frees. */
  polish(seed: number): void {
    for (const day of this.now.walks.keys()) this.orderDay(day, seed)
    const short = this.hardestFirst().filter((site) => this.missing(site) > 0)
    for (const site of short) {
      const before = copy(this.now)
      this.takeOut(site)
      this.place([site])
      if (this.cost(this.now) > this.cost(before)) this.now = before
    }
  }

  days(): ChosenDays['days'] {
    return this.now.walks.map((sites, day) => ({
      sites: [...sites],
      serviceSeconds: this.now.service[day]!,
      travelSeconds: this.travelOf(sites),
    }))
  }

  missed(): ChosenDays['missed'] {
    return this.problem.sites.flatMap((_, site) => {
      const visits = this.missing(site)
      return visits > 0 ? [{ site, visits, reason: this.reasonFor(site) }] : []
    })
  }

  private missing(site: number): number {
    return this.problem.sites[site]!.visits - bitCount(this.now.pattern[site]!)
  }

  private reasonFor(site: number): MissedReason {
    const { sites, capacity } = this.problem
    const { visits, days, service } = sites[site]!
    const open = capacity.flatMap((_, day) => (days && !days.includes(day) ? [] : [day]))
    if (open.length < visits) return 'days'
    const first = this.patterns[site]![0]
    if (first === undefined || bitCount(first) < visits) return 'separation'
    const way = this.travelOf([site])
    if (way === Number.POSITIVE_INFINITY) return 'unreachable'
    return open.every((day) => service + way > capacity[day]! + EPSILON) ? 'too-long' : 'time'
  }

  private cost({ pattern, travel, service }: Choice): number {
    let cost = 0
    for (const [site, { visits, weight = 1 }] of this.problem.sites.entries())
      cost += (visits - bitCount(pattern[site]!)) * weight * this.missedCost
    for (const [day, seconds] of travel.entries()) {
      const load = seconds + service[day]!
      cost += seconds + this.uneven * load * load
    }
    return cost
  }

  /** One site at random and those nearest to it, some passed over. */
  private chooseNear(): number[] {
    const { sites, seconds, places } = this.problem
    const seed = this.random.int(0, sites.length - 1)
    const count = this.random.int(1, Math.min(MOST_TAKEN_OUT, sites.length))
    const from = sites[seed]!.place * places
    const way = (site: number) => seconds[from + sites[site]!.place]!
    const near = [...sites.keys()].filter((site) => site === seed || this.random.chance(0.6))
    near.sort((a, b) => Number(b === seed) - Number(a === seed) || compare(way(a), way(b)) || a - b)
    return near.slice(0, count)
  }

  private takeOut(site: number): void {
    const { now } = this
    for (const [day, walk] of now.walks.entries()) {
      if (!(now.pattern[site]! & (1 << day))) continue
      walk.splice(walk.indexOf(site), 1)
      now.travel[day] = this.travelOf(walk)
      now.service[day]! -= this.problem.sites[site]!.service
      // Nothing left of rounding.
      if (walk.length === 0) now.service[day] = 0
    }
    now.pattern[site] = 0
  }

  /** Seconds from the post through sites and back; without a post from the first to the last. */
  private travelOf(walk: readonly number[]): number {
    let travel = 0
    for (let at = 0; at <= walk.length; at++) travel += this.way(walk[at - 1], walk[at])
    return travel
  }

  /** Between two sites; undefined is the post, or nowhere. */
  private way(a: number | undefined, b: number | undefined): number {
    const { seconds, places, sites, post } = this.problem
    if (a === undefined && b === undefined) return 0
    const from = a === undefined ? post : sites[a]!.place
    const to = b === undefined ? post : sites[b]!.place
    return from === undefined || to === undefined ? 0 : seconds[from * places + to]!
  }

  private cheapest(site: number, day: number): { at: number; extra: number } {
    const walk = this.now.walks[day]!
    let at = 0
    let extra = Number.POSITIVE_INFINITY
    for (let place = 0; place <= walk.length; place++) {
      const [a, b] = [walk[place - 1], walk[place]]
      const more = this.way(a, site) + this.way(site, b) - this.way(a, b)
      if (more < extra) [at, extra] = [place, more]
    }
    return { at, extra }
  }

  private orderDay(day: number, seed: number): void {
    const walk = this.now.walks[day]!
    const { post } = this.problem
    // The post, where there is one, stands before the sites.
    const stops: (number | undefined)[] = post === undefined ? walk : [undefined, ...walk]
    const n = stops.length
    const costs = new Float64Array(n * n)
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) costs[a * n + b] = a === b ? 0 : this.way(stops[a], stops[b])
    if (n < 3 || !costs.every(Number.isFinite)) return
    const order = [...stops.keys()]
    const ends = post === undefined ? {} : { start: 0, isClosed: true }
    const found = orderStops({ costs, n, order, seed, kicks: KICKS, ...ends })
    const better = Array.from(found.order, (at) => stops[at]).filter((site) => site !== undefined)
    const travel = this.travelOf(better)
    if (travel >= this.now.travel[day]!) return
    this.now.walks[day] = better
    this.now.travel[day] = travel
  }
}

const copy = ({ walks, pattern, travel, service }: Choice): Choice => ({
  walks: walks.map((walk) => [...walk]),
  pattern: pattern.slice(),
  travel: [...travel],
  service: [...service],
})

const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0)

/** Infinity stands last, and beside itself. */
const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)

function bitCount(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}
