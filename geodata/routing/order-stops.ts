import { createRandom } from '../demo/random.ts'
import { nearestSites } from './nearest-sites.ts'

export interface OrderQuestion {
  /** n × n, row-major, symmetric, finite: metres or seconds. */
  costs: Float64Array
  n: number
  /** Where the round begins; left out: anywhere. */
  start?: number | undefined
  /** Where it ends; left out: anywhere. The same as `start`, or `isClosed`: back where it began. */
  end?: number | undefined
  isClosed?: boolean | undefined
  /** An order to begin with, such as the one that was drawn; it is never made worse. */
  order?: readonly number[] | undefined
  seed: number
  /** Kicks after which to stop: the same seed and kicks give the same order. */
  kicks?: number | undefined
  /** Asked every few kicks; the best order so far is kept. */
  isOver?: (() => boolean) | undefined
}

export interface StopOrder {
  order: Int32Array
  cost: number
  /** How many kicks were tried: ask with as many to get the same order again. */
  kicks: number
}

/** How many of the nearest stops a stop is tried beside. */
const NEIGHBOURS = 10
/** Stops on each side of a kick, at most. */
const KICK_LENGTH = 50
const EPSILON = 1e-7

/**
 * A short order in which to visit every stop once. Iterated local search: 2-opt and Or-opt (Or, 1976) with neighbour
 * lists and a queue of stops to look at (Bentley, 1992), Or-3opt by short double bridges (Martin, Otto and Felten, 1991)
 * kept to a small part of the round, and taken back from a journal when they do not pay.
 */
export function orderStops(question: OrderQuestion): StopOrder {
  const { n, isOver } = question
  const closed = closeTour(question)
  const search = new TourSearch(closed.costs, closed.n, question.seed, closed.order)
  const limit = closed.n < 5 ? 0 : (question.kicks ?? Number.POSITIVE_INFINITY)
  search.settle()
  let kicks = 0
  while (kicks < limit) {
    if ((kicks & 15) === 0 && isOver?.()) break
    search.kick()
    kicks++
  }
  const order = openTour(search.best(), n, question)
  return { order, cost: costOf(order, question), kicks }
}

/** What an order costs; of a closed round the way back counts. */
export function costOf(order: ArrayLike<number>, question: OrderQuestion): number {
  const { costs, n } = question
  let cost = 0
  for (let at = 1; at < order.length; at++) cost += costs[order[at - 1]! * n + order[at]!]!
  return isRound(question) && order.length > 1
    ? cost + costs[order[order.length - 1]! * n + order[0]!]!
    : cost
}

/** Whether it comes back to where it began. */
export const isRound = ({ isClosed, start, end }: OrderQuestion): boolean =>
  isClosed === true || (start !== undefined && start === end)

/** An open round is a closed one through a stop that is nowhere: next to the fixed ends it costs nothing, or less. */
function closeTour(question: OrderQuestion) {
  const { costs, n, start, end, order } = question
  if (isRound(question) || n < 3) return { costs, n, order }
  let most = 1
  for (const cost of costs) if (cost > most) most = cost
  const pull = most * 4 * n
  const size = n + 1
  const wide = new Float64Array(size * size)
  for (let from = 0; from < n; from++) {
    wide.set(costs.subarray(from * n, (from + 1) * n), from * size)
    const toNowhere = from === start || from === end ? -pull : 0
    wide[from * size + n] = toNowhere
    wide[n * size + from] = toNowhere
  }
  return { costs: wide, n: size, order: order && [...order, n] }
}

function openTour(tour: Int32Array, n: number, { start, end }: OrderQuestion): Int32Array {
  const nowhere = tour.indexOf(n)
  const first = nowhere >= 0 ? nowhere + 1 : start === undefined ? 0 : tour.indexOf(start)
  const order = new Int32Array(n)
  for (let at = 0; at < n; at++) order[at] = tour[(first + at) % tour.length]!
  const isBackwards =
    nowhere >= 0 &&
    ((start !== undefined && order[0] !== start) ||
      (end !== undefined && order[n - 1] !== end && start !== order[0]))
  return isBackwards ? order.reverse() : order
}

/** A closed tour as an array of stops and the place of each, changed by reversals alone, which the journal undoes. */
class TourSearch {
  private readonly tour: Int32Array
  private readonly place: Int32Array
  private readonly near: Int32Array
  private readonly width: number
  private readonly queue: Int32Array
  private readonly isQueued: Uint8Array
  private queueStart = 0
  private queueSize = 0
  private journal = new Int32Array(1024)
  private journalSize = 0
  private readonly random
  private readonly costs: Float64Array
  private readonly n: number

  constructor(costs: Float64Array, n: number, seed: number, order: readonly number[] | undefined) {
    this.costs = costs
    this.n = n
    const { ids, width } = nearestSites(n, (a, b) => costs[a * n + b]!, NEIGHBOURS)
    this.near = ids
    this.width = width
    this.tour = order ? Int32Array.from(order) : this.nearestFirst()
    this.place = new Int32Array(n)
    for (let at = 0; at < n; at++) this.place[this.tour[at]!] = at
    this.queue = new Int32Array(n)
    this.isQueued = new Uint8Array(n)
    this.random = createRandom(seed, n)
  }

  best(): Int32Array {
    return this.tour.slice()
  }

  /** To a local optimum, from every stop. */
  settle(): void {
    for (let at = 0; at < this.n; at++) this.enqueue(this.tour[at]!)
    this.improve()
    this.journalSize = 0
  }

  /** Changes a short part of the tour, settles it again, and takes all back unless the tour became no longer. */
  kick(): void {
    this.journalSize = 0
    const gain = this.doubleBridge() + this.improve()
    if (gain < -EPSILON) this.takeBack()
  }

  private nearestFirst(): Int32Array {
    const { n, costs } = this
    const tour = new Int32Array(n)
    const isUsed = new Uint8Array(n)
    isUsed[0] = 1
    for (let at = 1; at < n; at++) {
      const from = tour[at - 1]!
      let next = -1
      for (let place = 0; place < this.width && next < 0; place++) {
        const candidate = this.near[from * this.width + place]!
        if (candidate >= 0 && !isUsed[candidate]) next = candidate
      }
      for (let candidate = 0; candidate < n && next < 0; candidate++) if (!isUsed[candidate]) next = candidate
      if (next < 0) break
      for (let candidate = 0; candidate < n; candidate++)
        if (!isUsed[candidate] && costs[from * n + candidate]! < costs[from * n + next]!) next = candidate
      isUsed[next] = 1
      tour[at] = next
    }
    return tour
  }

  private after(stop: number): number {
    const at = this.place[stop]! + 1
    return this.tour[at === this.n ? 0 : at]!
  }
  private before(stop: number): number {
    const at = this.place[stop]!
    return this.tour[at === 0 ? this.n - 1 : at - 1]!
  }
  private cost(a: number, b: number): number {
    return this.costs[a * this.n + b]!
  }
  private enqueue(stop: number): void {
    if (this.isQueued[stop]) return
    this.isQueued[stop] = 1
    this.queue[(this.queueStart + this.queueSize++) % this.n] = stop
  }

  private improve(): number {
    let gain = 0
    while (this.queueSize > 0) {
      const stop = this.queue[this.queueStart]!
      this.queueStart = (this.queueStart + 1) % this.n
      this.queueSize--
      this.isQueued[stop] = 0
      for (;;) {
        const step = this.improveAt(stop)
        if (step <= 0) break
        gain += step
      }
    }
    return gain
  }

  private improveAt(a: number): number {
    return (
      this.twoOpt(a, true) || this.twoOpt(a, false) || this.moveSegment(a, true) || this.moveSegment(a, false)
    )
  }

  /** Takes out the way from `a` onwards (or to `a`) and another of the same sense, and joins the ends crosswise. */
  private twoOpt(a: number, isForward: boolean): number {
    const b = isForward ? this.after(a) : this.before(a)
    const old = this.cost(a, b)
    for (let place = 0; place < this.width; place++) {
      const c = this.near[a * this.width + place]!
      if (c < 0) break
      const nearGain = old - this.cost(a, c)
      if (nearGain <= EPSILON) break
      const d = isForward ? this.after(c) : this.before(c)
      const gain = nearGain + this.cost(c, d) - this.cost(b, d)
      if (gain <= EPSILON || c === b || d === a) continue
      // a b … c d becomes a c … b d.
      if (isForward) this.reverseShorter(this.place[b]!, this.place[c]!)
      else this.reverseShorter(this.place[c]!, this.place[b]!)
      this.enqueueAll(a, b, c, d)
      return gain
    }
    return 0
  }

  /** Moves one to three stops that begin with `a` to between a near stop and one beside it, either way round. */
  private moveSegment(a: number, isForward: boolean): number {
    const next = (stop: number) => (isForward ? this.after(stop) : this.before(stop))
    const previous = (stop: number) => (isForward ? this.before(stop) : this.after(stop))
    const before = previous(a)
    let tail = a
    for (let length = 1; length <= 3; length++, tail = next(tail)) {
      const behind = next(tail)
      if (behind === before || tail === before) return 0
      const freed = this.cost(before, a) + this.cost(tail, behind) - this.cost(before, behind)
      if (freed <= EPSILON) continue
      for (let place = 0; place < this.width; place++) {
        const c = this.near[a * this.width + place]!
        if (c < 0) break
        const left = freed - this.cost(a, c)
        if (left <= EPSILON) break
        if (this.isInSegment(c, a, tail, length, isForward)) continue
        // Beside c, on either side: `a` is next to it.
        for (const d of [next(c), previous(c)]) {
          if ((c === before && d === a) || (c === behind && d === tail)) continue
          if (this.isInSegment(d, a, tail, length, isForward)) continue
          const gain = left + this.cost(c, d) - this.cost(tail, d)
          if (gain <= EPSILON) continue
          this.relocate(before, a, tail, behind, c, d, isForward)
          this.enqueueAll(before, a, tail, behind, c, d)
          return gain
        }
      }
    }
    return 0
  }

  private isInSegment(stop: number, a: number, tail: number, length: number, isForward: boolean): boolean {
    if (length === 1) return stop === a
    const offset = isForward ? this.place[stop]! - this.place[a]! : this.place[a]! - this.place[stop]!
    return stop === tail || (offset < 0 ? offset + this.n : offset) < length
  }

  /** The segment a … tail leaves before | behind and comes to lie between c and d, `a` beside c. By reversals. */
  private relocate(
    before: number,
    a: number,
    tail: number,
    behind: number,
    c: number,
    d: number,
    isForward: boolean,
  ): void {
    const next = (stop: number) => (isForward ? this.after(stop) : this.before(stop))
    const turn = (first: number, last: number) =>
      isForward
        ? this.reverse(this.place[first]!, this.place[last]!)
        : this.reverse(this.place[last]!, this.place[first]!)
    // In the sense of the segment the target lies behind it or before it, which is the same on a ring; the shorter way.
    const isAfterC = next(c) === d
    const [near, far] = isAfterC ? [c, d] : [d, c]
    // … before [a … tail] [behind … near] far …: exchange the two, then turn each as wanted.
    const ahead = this.distance(behind, near, isForward)
    const back = this.distance(far, before, isForward)
    if (ahead <= back) {
      turn(a, near) // before [near … behind] [tail … a] far
      turn(near, behind) // before [behind … near] [tail … a] far
      if (isAfterC) turn(tail, a) // `a` beside c = near
    } else {
      // near [far … before] [a … tail] behind
      turn(far, tail) // near [tail … a] [before … far] behind
      turn(before, far) // near [tail … a] [far … before] behind
      if (isAfterC) turn(tail, a)
    }
  }

  private distance(from: number, to: number, isForward: boolean): number {
    const steps = isForward ? this.place[to]! - this.place[from]! : this.place[from]! - this.place[to]!
    return steps < 0 ? steps + this.n : steps
  }

  private enqueueAll(...stops: number[]): void {
    for (const stop of stops) this.enqueue(stop)
  }

  /** Exchanges two short neighbouring parts. Answers the gain, most often negative. */
  private doubleBridge(): number {
    const { n, tour, random } = this
    const longest = Math.max(1, Math.min(KICK_LENGTH, Math.floor((n - 2) / 3)))
    const first = random.int(1, longest)
    const second = random.int(1, longest)
    const start = random.int(0, n - 1)
    const at = (offset: number) => tour[(start + offset) % n]!
    const [p, a, b, c, d, q] = [
      at(0),
      at(1),
      at(first),
      at(first + 1),
      at(first + second),
      at(first + second + 1),
    ]
    const gain =
      this.cost(p, a) +
      this.cost(b, c) +
      this.cost(d, q) -
      this.cost(p, c) -
      this.cost(d, a) -
      this.cost(b, q)
    const from = (start + 1) % n
    this.reverse(from, (start + first + second) % n)
    this.reverse(from, (from + second - 1) % n)
    this.reverse((from + second) % n, (from + second + first - 1) % n)
    this.enqueueAll(p, a, b, c, d, q)
    return gain
  }

  private takeBack(): void {
    for (let at = this.journalSize - 2; at >= 0; at -= 2) this.turn(this.journal[at]!, this.journal[at + 1]!)
    this.journalSize = 0
  }

  /** Reverses the places, or all others: the same ring, the other way round. */
  private reverseShorter(from: number, to: number): void {
    const { n } = this
    if (2 * this.stepsBetween(from, to) <= n) this.reverse(from, to)
    else this.reverse(to + 1 === n ? 0 : to + 1, from === 0 ? n - 1 : from - 1)
  }

  private reverse(from: number, to: number): void {
    if (this.journalSize + 2 > this.journal.length) {
      const longer = new Int32Array(this.journal.length * 2)
      longer.set(this.journal)
      this.journal = longer
    }
    this.journal[this.journalSize++] = from
    this.journal[this.journalSize++] = to
    this.turn(from, to)
  }

  /** Reverses the places `from` … `to`, over the end of the array if need be. */
  private turn(from: number, to: number): void {
    const { n, tour, place } = this
    let i = from
    let j = to
    for (let swaps = this.stepsBetween(from, to) >> 1; swaps > 0; swaps--) {
      const [first, last] = [tour[i]!, tour[j]!]
      tour[i] = last
      place[last] = i
      tour[j] = first
      place[first] = j
      if (++i === n) i = 0
      if (--j < 0) j = n - 1
    }
  }

  /** Places from `from` to `to`, both counted. */
  private stepsBetween(from: number, to: number): number {
    return (to < from ? to - from + this.n : to - from) + 1
  }
}
