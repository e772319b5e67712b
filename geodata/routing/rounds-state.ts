import { mandatoryPrize, meanWork, widen } from './rounds-measures.ts'
import type { RoundsProblem } from './rounds-problem.ts'

/**
 * Rounds as linked lists over nodes: sites, then the breaks of all teams, then a start and an end for each team. A break
 * is where whoever takes it was last. `begin`: the earliest moment that the node's visit can begin; `latest`: the last at
 * which it may, so that all behind it are still in time. Both make an insertion checkable in constant time (Savelsbergh,
 * 1992), for several windows too, since a visit that may begin at one moment may wait from any earlier one.
 */
export class RoundsState {
  readonly siteCount: number
  readonly teamCount: number
  readonly firstBreak: number
  readonly firstStart: number
  readonly firstEnd: number
  readonly places: number
  readonly seconds: Float64Array
  readonly costs: Float64Array

  /** Of nodes. */
  readonly place: Int32Array
  readonly service: Float64Array
  readonly demand: Float64Array
  readonly prize: Float64Array
  readonly isFixed: Uint8Array
  /** Bit t of word t >> 5 of a site: team t may. */
  private readonly allowed: Uint32Array
  private readonly words: number
  private readonly windowAt: Int32Array
  private readonly windowFrom: Float64Array
  private readonly windowTo: Float64Array

  /** Of teams. */
  readonly pace: Float64Array
  readonly capacity: Float64Array
  readonly isFrozen: Uint8Array
  private readonly shiftFrom: Float64Array
  readonly balanceWeight: number

  /** What a search changes; kept by `save` and given back by `load`. */
  readonly next: Int32Array
  readonly previous: Int32Array
  readonly team: Int32Array
  readonly begin: Float64Array
  readonly latest: Float64Array
  readonly load: Float64Array
  readonly work: Float64Array
  readonly count: Int32Array
  cost = 0
  private totalWork = 0
  private squaredWork = 0

  constructor(problem: RoundsProblem) {
    const { sites, teams } = problem
    this.siteCount = sites.length
    this.teamCount = teams.length
    this.firstBreak = sites.length
    const breaks = teams.flatMap(({ breaks: own, from, to }, team) =>
      own
        .filter((rest) => Math.max(rest.from, from) <= Math.min(rest.to, to - rest.seconds))
        .map((rest) => ({ ...rest, team, number: own.indexOf(rest) })),
    )
    this.breakNumbers = breaks.map(({ number }) => number)
    this.firstStart = this.firstBreak + breaks.length
    this.firstEnd = this.firstStart + teams.length
    const nodes = this.firstEnd + teams.length
    const wide = widen(problem)
    this.places = wide.places
    this.seconds = wide.seconds
    this.costs = wide.costs
    const nowhere = wide.places - 1

    this.place = new Int32Array(nodes)
    this.service = new Float64Array(nodes)
    this.demand = new Float64Array(nodes)
    this.prize = new Float64Array(nodes)
    this.isFixed = new Uint8Array(nodes)
    this.words = Math.max(1, (teams.length + 31) >> 5)
    this.allowed = new Uint32Array(sites.length * this.words).fill(0xffffffff)
    const windows: (readonly (readonly [number, number])[])[] = []
    const whenever = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]] as const
    this.balanceWeight = (problem.balance ?? 0) / Math.max(1, meanWork(problem))
    const most = mandatoryPrize(problem, this.balanceWeight)
    for (const [node, site] of sites.entries()) {
      this.place[node] = site.place
      this.service[node] = site.service
      this.demand[node] = site.demand ?? 0
      this.prize[node] = Math.min(site.prize, most)
      windows.push(site.windows.length > 0 ? site.windows : whenever)
      if (site.teams) {
        this.allowed.fill(0, node * this.words, (node + 1) * this.words)
        for (const team of site.teams) this.allowed[node * this.words + (team >> 5)]! |= 1 << (team & 31)
      }
    }
    for (const [at, rest] of breaks.entries()) {
      this.service[this.firstBreak + at] = rest.seconds
      windows.push([[rest.from, rest.to]])
    }
    for (const { from, to } of teams) windows.push([[from, to]])
    for (const { from, to } of teams) windows.push([[from, to]])
    this.windowAt = new Int32Array(nodes + 1)
    for (const [node, own] of windows.entries()) this.windowAt[node + 1] = this.windowAt[node]! + own.length
    this.windowFrom = Float64Array.from(windows.flat(), ([from]) => from)
    this.windowTo = Float64Array.from(windows.flat(), ([, to]) => to)

    this.pace = Float64Array.from(teams, ({ pace }) => pace)
    this.capacity = Float64Array.from(teams, ({ capacity }) => capacity ?? Number.POSITIVE_INFINITY)
    this.isFrozen = Uint8Array.from(teams, ({ isFrozen }) => (isFrozen ? 1 : 0))
    this.shiftFrom = Float64Array.from(teams, ({ from }) => from)

    this.next = new Int32Array(nodes).fill(-1)
    this.previous = new Int32Array(nodes).fill(-1)
    this.team = new Int32Array(nodes).fill(-1)
    this.begin = new Float64Array(nodes)
    this.latest = new Float64Array(nodes)
    this.load = new Float64Array(teams.length)
    this.work = new Float64Array(teams.length)
    this.count = new Int32Array(teams.length)

    for (let node = 0; node < this.siteCount; node++) this.cost += this.prize[node]!
    for (let team = 0; team < teams.length; team++) {
      const { start, end, locked = [] } = teams[team]!
      const [first, last] = [this.firstStart + team, this.firstEnd + team]
      this.place[first] = start ?? nowhere
      this.place[last] = end ?? nowhere
      this.team[first] = team
      this.team[last] = team
      this.chain(first, last)
      this.update(team)
      let before = first
      for (const [at, rest] of breaks.entries()) {
        if (rest.team !== team) continue
        this.isFixed[this.firstBreak + at] = 1
        this.link(this.firstBreak + at, before, team)
        before = this.firstBreak + at
      }
      this.update(team)
      for (const site of locked) {
        if (this.team[site] !== -1) continue
        this.isFixed[site] = 1
        this.insert(site, this.bestPlaceBehind(site, this.lastFixedSite(team)), team)
      }
    }
  }

  /** Of the breaks, the number that each has in its team. */
  private readonly breakNumbers: readonly number[]

  mayVisit(site: number, team: number): boolean {
    return (
      ((this.allowed[site * this.words + (team >> 5)]! >>> (team & 31)) & 1) === 1 && !this.isFrozen[team]
    )
  }

  hasRoomFor(site: number, team: number): boolean {
    return this.mayVisit(site, team) && this.load[team]! + this.demand[site]! <= this.capacity[team]!
  }

  isBreak(node: number): boolean {
    return node >= this.firstBreak && node < this.firstStart
  }

  /** Earliest moment in a window from `time` on. */
  opens(node: number, time: number): number {
    for (let at = this.windowAt[node]!; at < this.windowAt[node + 1]!; at++)
      if (time <= this.windowTo[at]!) return Math.max(time, this.windowFrom[at]!)
    return Number.POSITIVE_INFINITY
  }

  /** Last moment in a window until `time`. */
  closes(node: number, time: number): number {
    for (let at = this.windowAt[node + 1]! - 1; at >= this.windowAt[node]!; at--)
      if (time >= this.windowFrom[at]!) return Math.min(time, this.windowTo[at]!)
    return Number.NEGATIVE_INFINITY
  }

  /** Start of the first window and end of the last. */
  firstOpening(node: number): number {
    return this.windowFrom[this.windowAt[node]!]!
  }
  lastOpening(node: number): number {
    return this.windowTo[this.windowAt[node + 1]! - 1]!
  }

  walk(team: number, from: number, to: number): number {
    return this.seconds[from * this.places + to]! * this.pace[team]!
  }
  way(from: number, to: number): number {
    return this.costs[from * this.places + to]!
  }

  /** The first node behind that is at a place of its own. */
  nextPlaced(node: number): number {
    let behind = this.next[node]!
    while (this.isBreak(behind)) behind = this.next[behind]!
    return behind
  }

  /** What `more` seconds of work of a team change in how unequal the work is. */
  balanceCost(team: number, more: number): number {
    return (
      this.balanceWeight * more * (2 * this.work[team]! + more - (2 * this.totalWork + more) / this.teamCount)
    )
  }

  /** Cost of a site between `before` and the node behind it, of ways alone. An empty round costs nothing. */
  insertionWay(site: number, before: number): number {
    const from = this.place[before]!
    const place = this.place[site]!
    const behind = this.nextPlaced(before)
    const to = this.place[behind]!
    const added = this.way(from, place) + this.way(place, to)
    return this.count[this.team[before]!] === 0 ? added : added - this.way(from, to)
  }

  /** Whether a site may stand behind `before` with everything in time. */
  fits(site: number, before: number): boolean {
    const team = this.team[before]!
    if (this.load[team]! + this.demand[site]! > this.capacity[team]!) return false
    const place = this.place[site]!
    const arrival = this.begin[before]! + this.service[before]! + this.walk(team, this.place[before]!, place)
    const begin = this.opens(site, arrival)
    let behind = this.next[before]!
    let ready = begin + this.service[site]!
    // A break has no place: it begins where the site is.
    while (this.isBreak(behind)) {
      const rest = this.opens(behind, ready)
      if (rest === Number.POSITIVE_INFINITY) return false
      ready = rest + this.service[behind]!
      behind = this.next[behind]!
    }
    return this.opens(behind, ready + this.walk(team, place, this.place[behind]!)) <= this.latest[behind]!
  }

  insert(site: number, before: number, team: number): void {
    this.cost += this.insertionWay(site, before) - this.prize[site]!
    this.link(site, before, team)
    this.count[team]!++
    this.load[team]! += this.demand[site]!
    this.update(team)
  }

  /** Takes sites out of a round. */
  remove(sites: ArrayLike<number>, count: number, team: number): void {
    this.cost -= this.lengthOf(team)
    for (let at = 0; at < count; at++) {
      const site = sites[at]!
      const [before, behind] = [this.previous[site]!, this.next[site]!]
      this.chain(before, behind)
      this.team[site] = -1
      this.load[team]! -= this.demand[site]!
      this.cost += this.prize[site]!
    }
    this.count[team]! -= count
    if (this.count[team] === 0) this.load[team] = 0
    this.update(team)
    this.cost += this.lengthOf(team)
  }

  /** Squared distance of the teams' work from its mean. */
  private imbalance(): number {
    return this.balanceWeight * (this.squaredWork - (this.totalWork * this.totalWork) / this.teamCount)
  }

  /** Cost of the ways of a round. */
  private lengthOf(team: number): number {
    if (this.count[team] === 0) return 0
    let length = 0
    const last = this.firstEnd + team
    for (let node = this.firstStart + team; node !== last; node = this.next[node]!)
      length += this.way(this.place[node]!, this.place[this.next[node]!]!)
    return length
  }

  private chain(before: number, behind: number): void {
    this.next[before] = behind
    this.previous[behind] = before
  }

  private link(node: number, before: number, team: number): void {
    const behind = this.next[before]!
    this.chain(before, node)
    this.chain(node, behind)
    this.team[node] = team
  }

  /** Times of a round anew. */
  private update(team: number): void {
    const first = this.firstStart + team
    const last = this.firstEnd + team
    const { next, previous, begin, latest, service, place } = this
    let ready = this.shiftFrom[team]!
    let walked = 0
    let served = 0
    begin[first] = ready
    for (let before = first, node = next[first]!; ; before = node, node = next[node]!) {
      if (this.isBreak(node)) place[node] = place[before]!
      const seconds = this.walk(team, place[before]!, place[node]!)
      walked += seconds
      begin[node] = this.opens(node, ready + seconds)
      if (node === last) break
      if (!this.isBreak(node)) served += service[node]!
      ready = begin[node]! + service[node]!
    }
    this.setWork(team, this.count[team] === 0 ? 0 : walked + served)
    latest[last] = this.closes(last, Number.POSITIVE_INFINITY)
    for (let behind = last; behind !== first; behind = previous[behind]!) {
      const node = previous[behind]!
      latest[node] = this.closes(
        node,
        latest[behind]! - this.walk(team, place[node]!, place[behind]!) - service[node]!,
      )
    }
  }

  private setWork(team: number, work: number): void {
    const old = this.work[team]!
    if (work === old) return
    this.cost -= this.imbalance()
    this.squaredWork += work * work - old * old
    this.totalWork += work - old
    this.work[team] = work
    this.cost += this.imbalance()
  }

  private lastFixedSite(team: number): number {
    let found = this.firstStart + team
    for (let node = this.next[found]!; node !== this.firstEnd + team; node = this.next[node]!)
      if (this.isFixed[node] && !this.isBreak(node)) found = node
    return found
  }

  /** Behind `before` or a break behind that: the first where it fits, else behind the last. */
  private bestPlaceBehind(site: number, before: number): number {
    let place = before
    while (!this.fits(site, place) && this.isBreak(this.next[place]!)) place = this.next[place]!
    return place
  }

  /** What each team does in order; sites by number, breaks as −1 − their number. */
  rounds(): number[][] {
    return Array.from({ length: this.teamCount }, (_, team) => {
      const round: number[] = []
      if (this.count[team] === 0) return round
      const last = this.firstEnd + team
      for (let node = this.next[this.firstStart + team]!; node !== last; node = this.next[node]!)
        round.push(this.isBreak(node) ? -1 - this.breakNumbers[node - this.firstBreak]! : node)
      return round
    })
  }

  copyFrom(other: RoundsState): void {
    this.next.set(other.next)
    this.previous.set(other.previous)
    this.team.set(other.team)
    this.begin.set(other.begin)
    this.latest.set(other.latest)
    this.load.set(other.load)
    this.work.set(other.work)
    this.count.set(other.count)
    this.place.set(other.place)
    this.cost = other.cost
    this.totalWork = other.totalWork
    this.squaredWork = other.squaredWork
  }
}
