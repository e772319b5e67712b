import { createRandom } from '../demo/random.ts'
import { nearestSites } from './nearest-sites.ts'
import type { Rounds, RoundsProblem } from './rounds-problem.ts'
import { RoundsState } from './rounds-state.ts'
import { tellUnserved } from './tell-unserved.ts'

export interface PlanOptions {
  seed: number
  /** How long to search. The same seed and iterations give the same plan. */
  iterations?: number | undefined
  /** In place of iterations: the share of the time that is over, 0–1, asked every few iterations. */
  progress?: (() => number) | undefined
  /** Asked every few iterations: stop, and keep the best. */
  isOver?: (() => boolean) | undefined
  /** Told of better plans as they are found, at most once every few iterations. */
  onBetter?: ((plan: Rounds) => void) | undefined
}

/** Sites taken out in one step: of one string at most, and on average (the parameters of the source). */
const LONGEST_STRING = 10
const AVERAGE_REMOVED = 10
/** Chance that a place is passed over when a site is put back. */
const BLINK = 0.01
/** Chance that a string spares some sites in its middle. */
const SPLIT = 0.5
const SPARE_MORE = 0.01
/** Temperatures at the start and at the end, in costs of an average way. */
const HOT = 3
const COLD = 0.01
const NEIGHBOURS = 200
/** Sites without a visit that a step tries to place, and how many of them near by. */
const CALLED = 16
const CALLED_NEAR = 12
/** Above so many sites, places are looked for beside some of the nearest only. */
const MANY_SITES = 250
const BESIDE = 60
const TURNS = 32

/**
 * Rounds for teams over sites with time windows. Slack induction by string removals (Christiaens and Vanden Berghe, 2020):
 * strings of neighbouring sites leave neighbouring rounds and are put back where they cost least, under simulated
 * annealing. Sites are left out when their prize is less than their way. Any number of iterations, none included, gives
 * a plan that keeps to all windows, shifts, breaks and teams; only locked sites may break them, where nothing else holds.
 */
export function planRounds(problem: RoundsProblem, options: PlanOptions): Rounds {
  const { isOver, onBetter, progress } = options
  const search = new RoundsSearch(problem, options.seed)
  const iterations = progress ? Number.POSITIVE_INFINITY : (options.iterations ?? 20_000)
  search.build()
  const tell = (done: number): Rounds => ({
    rounds: search.best.rounds(),
    unserved: tellUnserved(problem, search.best),
    cost: search.best.cost,
    iterations: done,
  })
  let done = 0
  let told = search.best.cost
  onBetter?.(tell(0))
  if (search.isMovable)
    for (; done < iterations; done++) {
      if (done % TURNS === 0) {
        if (isOver?.()) break
        const share = progress ? progress() : done / iterations
        if (share >= 1) break
        search.cool(share)
        if (onBetter && search.best.cost < told - 1e-9) {
          told = search.best.cost
          onBetter(tell(done))
        }
      }
      search.step()
    }
  return tell(done)
}

class RoundsSearch {
  readonly best: RoundsState
  private readonly current: RoundsState
  private readonly kept: RoundsState
  private readonly random: () => number
  private readonly near: { width: number; ids: Int32Array }
  private readonly movable: Int32Array
  /** Sites to put back in this step. */
  private readonly absent: Int32Array
  private absentCount = 0
  /** Sites that nobody visits between steps. */
  private readonly waiting: Int32Array
  private waitingCount = 0
  /** The site around which a step happens. */
  private seed = 0
  private readonly isCleared: Uint8Array
  private readonly row: Int32Array
  private readonly taken: Int32Array
  private readonly sortKey: Float64Array
  /** How far a site is from where teams start. */
  private readonly remoteness: Float64Array
  private readonly lastOpening: Float64Array
  private cheapest = 0
  private found = -1
  private averageWay = 1
  private temperature = 0

  constructor(problem: RoundsProblem, seed: number) {
    this.best = new RoundsState(problem)
    this.current = new RoundsState(problem)
    this.kept = new RoundsState(problem)
    const state = this.current
    this.random = createRandom(seed, state.siteCount).next
    this.near = nearestSites(
      state.siteCount,
      (from, to) => state.way(state.place[from]!, state.place[to]!),
      Math.min(NEIGHBOURS, state.siteCount),
    )
    this.movable = Int32Array.from(
      Array.from({ length: state.siteCount }, (_, site) => site).filter((site) => !state.isFixed[site]),
    )
    this.absent = new Int32Array(state.siteCount)
    this.waiting = new Int32Array(state.siteCount)
    this.isCleared = new Uint8Array(state.teamCount)
    this.row = new Int32Array(state.siteCount + 1)
    this.taken = new Int32Array(state.siteCount + 1)
    this.sortKey = new Float64Array(state.siteCount)
    this.lastOpening = Float64Array.from({ length: state.siteCount }, (_, site) => state.lastOpening(site))
    this.remoteness = Float64Array.from({ length: state.siteCount }, (_, site) => {
      let nearest = Number.POSITIVE_INFINITY
      for (let team = 0; team < state.teamCount; team++)
        nearest = Math.min(nearest, state.way(state.place[state.firstStart + team]!, state.place[site]!))
      return nearest
    })
  }

  get isMovable(): boolean {
    return this.movable.length > 0 && this.current.teamCount > 0
  }

  /** A first plan: every site where it costs least. */
  build(): void {
    this.absent.set(this.movable)
    this.absentCount = this.movable.length
    this.sortAbsent()
    this.putBack(0)
    this.listWaiting()
    this.best.copyFrom(this.current)
    let ways = 0
    let served = this.current.teamCount
    for (let site = 0; site < this.current.siteCount; site++) {
      if (this.current.team[site] === -1) continue
      const before = this.current.previous[site]!
      ways += this.current.way(this.current.place[before]!, this.current.place[site]!)
      served++
    }
    this.averageWay = Math.max(1e-6, ways / served)
    this.cool(0)
  }

  cool(share: number): void {
    this.temperature = this.averageWay * HOT * (COLD / HOT) ** share
  }

  step(): void {
    const { current, kept, best } = this
    kept.copyFrom(current)
    this.absentCount = 0
    this.seed = this.movable[Math.floor(this.random() * this.movable.length)]!
    this.ruin()
    this.callWaiting()
    this.sortAbsent()
    this.putBack(BLINK)
    const worst = kept.cost - this.temperature * Math.log(this.random() || 1e-12)
    if (current.cost >= worst) current.copyFrom(kept)
    else {
      this.listWaiting()
      if (current.cost < best.cost - 1e-9) best.copyFrom(current)
    }
  }

  private listWaiting(): void {
    this.waitingCount = 0
    for (const site of this.movable)
      if (this.current.team[site] === -1) this.waiting[this.waitingCount++] = site
  }

  /** Few that wait are all tried again; of many some near the seed and some anywhere, since most will go on waiting. */
  private callWaiting(): void {
    const { waiting, waitingCount, absent, near, seed, random } = this
    if (waitingCount <= CALLED) {
      for (let at = 0; at < waitingCount; at++) absent[this.absentCount++] = waiting[at]!
      return
    }
    const removed = this.absentCount
    const call = (site: number) => {
      for (let at = 0; at < this.absentCount; at++) if (absent[at] === site) return
      absent[this.absentCount++] = site
    }
    if (this.current.team[seed] === -1) call(seed)
    for (let at = 0; at < near.width && this.absentCount < removed + CALLED_NEAR; at++) {
      const site = near.ids[seed * near.width + at]!
      if (site < 0) break
      if (this.current.team[site] === -1) call(site)
    }
    for (let at = CALLED_NEAR; at < CALLED; at++) call(waiting[Math.floor(random() * waitingCount)]!)
  }

  private ruin(): void {
    const { current: state, random, near, seed } = this
    this.isCleared.fill(0)
    let rounds = 0
    let served = 0
    for (let team = 0; team < state.teamCount; team++) {
      if (state.count[team]! === 0) continue
      rounds++
      served += state.count[team]!
    }
    if (rounds === 0) return
    const longest = Math.min(LONGEST_STRING, served / rounds)
    const strings = Math.floor(1 + random() * ((4 * AVERAGE_REMOVED) / (1 + longest) - 1))
    let cleared = 0
    for (let at = -1; at < near.width && cleared < strings; at++) {
      const site = at < 0 ? seed : near.ids[seed * near.width + at]!
      if (site < 0) break
      const team = state.team[site]!
      if (team < 0 || this.isCleared[team] || state.isFixed[site]) continue
      const longestHere = Math.min(state.count[team]!, longest)
      this.removeString(site, team, Math.max(1, Math.floor(1 + random() * longestHere)))
      this.isCleared[team] = 1
      cleared++
    }
  }

  /** Takes a string of `length` sites out of a round, `site` among them; or a longer one that spares some in its middle. */
  private removeString(site: number, team: number, length: number): void {
    const { current: state, random, row, taken } = this
    let size = 0
    let place = 0
    for (
      let node = state.next[state.firstStart + team]!;
      node !== state.firstEnd + team;
      node = state.next[node]!
    ) {
      if (state.isFixed[node]) continue
      if (node === site) place = size
      row[size++] = node
    }
    const wanted = Math.min(length, size)
    let spared = 0
    if (wanted > 1 && wanted < size && random() < SPLIT) {
      spared = 1
      while (wanted + spared < size && random() < SPARE_MORE) spared++
    }
    const span = wanted + spared
    const first = Math.max(0, place - span + 1)
    const last = Math.min(place, size - span)
    const from = first + Math.floor(random() * (last - first + 1))
    const gap = spared === 0 ? span : 1 + Math.floor(random() * (wanted - 1))
    let count = 0
    for (let at = 0; at < span; at++) {
      if (at >= gap && at < gap + spared) continue
      taken[count++] = row[from + at]!
    }
    state.remove(taken, count, team)
    for (let at = 0; at < count; at++) this.absent[this.absentCount++] = taken[at]!
  }

  /** The order in which sites are put back: at random, or what is hard to place first. */
  private sortAbsent(): void {
    const { current: state, absent, absentCount, sortKey, random } = this
    const kind = random() * 17
    for (let at = 0; at < absentCount; at++) {
      const site = absent[at]!
      let key: number
      if (kind < 4) key = random()
      else if (kind < 8) key = -state.demand[site]! - state.service[site]! * 1e-6
      else if (kind < 10) key = -this.remoteness[site]!
      else if (kind < 11) key = this.remoteness[site]!
      else if (kind < 13) key = this.lastOpening[site]! - state.firstOpening(site)
      else if (kind < 15) key = state.firstOpening(site)
      else key = -this.lastOpening[site]!
      sortKey[site] = Number.isNaN(key) ? 0 : key
    }
    // Few sites: insertion sort, which keeps the order of equal ones.
    for (let at = 1; at < absentCount; at++) {
      const site = absent[at]!
      let to = at
      for (; to > 0 && sortKey[absent[to - 1]!]! > sortKey[site]!; to--) absent[to] = absent[to - 1]!
      absent[to] = site
    }
  }

  private putBack(blink: number): void {
    const { current: state, absent } = this
    let left = 0
    for (let at = 0; at < this.absentCount; at++) {
      const site = absent[at]!
      const before = this.cheapestPlace(site, blink)
      if (before < 0) absent[left++] = site
      else state.insert(site, before, state.team[before]!)
    }
    this.absentCount = left
  }

  /** The node to stand behind at the least cost below the prize, in time; −1: nowhere. */
  private cheapestPlace(site: number, blink: number): number {
    const { current: state, near } = this
    this.found = -1
    this.cheapest = state.prize[site]!
    if (state.siteCount <= MANY_SITES || blink === 0) {
      for (let team = 0; team < state.teamCount; team++) {
        if (!state.hasRoomFor(site, team)) continue
        const last = state.firstEnd + team
        for (let before = state.firstStart + team; before !== last; before = state.next[before]!)
          if (this.tryPlace(site, before, team, blink)) break
      }
      return this.found
    }
    // Beside the sites that are near, and where each round begins.
    for (let at = 0; at < near.width && at < BESIDE; at++) {
      const neighbour = near.ids[site * near.width + at]!
      if (neighbour < 0) break
      const team = state.team[neighbour]!
      if (team < 0 || !state.hasRoomFor(site, team)) continue
      this.tryPlace(site, neighbour, team, blink)
      this.tryPlace(site, state.previous[neighbour]!, team, blink)
    }
    for (let team = 0; team < state.teamCount; team++)
      if (state.hasRoomFor(site, team)) this.tryPlace(site, state.firstStart + team, team, blink)
    return this.found
  }

  /** Remembers a place that costs less than any before. True: it is too late there, and so behind it. */
  private tryPlace(site: number, before: number, team: number, blink: number): boolean {
    const { current: state } = this
    const { place, seconds, costs, places } = state
    const pace = state.pace[team]!
    const from = place[before]! * places
    const toSite = from + place[site]!
    const begun = state.begin[before]!
    const lastOpening = this.lastOpening[site]!
    // Later in the round is later still; but behind a break, which has no place, it may be nearer.
    if (begun + state.service[before]! + seconds[toSite]! * pace > lastOpening) return begun > lastOpening
    if (this.random() < blink) return false
    const behind = state.next[before]!
    const row = place[site]! * places
    const isFirst = state.count[team] === 0
    const to = place[state.isBreak(behind) ? state.nextPlaced(behind) : behind]!
    let added = costs[toSite]! + costs[row + to]!
    if (!isFirst) added -= costs[from + to]!
    if (state.balanceWeight > 0) {
      const walked = seconds[toSite]! + seconds[row + to]! - (isFirst ? 0 : seconds[from + to]!)
      added += state.balanceCost(team, walked * pace + state.service[site]!)
    }
    if (added < this.cheapest && state.fits(site, before)) {
      this.cheapest = added
      this.found = before
    }
    return false
  }
}
