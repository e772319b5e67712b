import { costOf, isRound, type OrderQuestion } from './order-stops.ts'

export interface BoundOptions {
  /** Steps of the ascent; left out: as many as fit the number of stops. Any number gives a bound. */
  steps?: number | undefined
  /** Asked every few steps; the best bound so far counts. */
  isOver?: (() => boolean) | undefined
}

const MOST_STEPS = 400
const FEWEST_STEPS = 60
/** Pairs of stops looked at, about. */
const WORK = 2e8

/**
 * A cost that no order of the stops goes below: the 1-tree bound of Held and Karp (1971), by the subgradient steps of
 * Volgenant and Jonker (1983). For stops scattered in a plane it is about 1 % below the best order. An open round is a
 * closed one through a stop that is nowhere, whose two ways cost nothing and lead to the fixed ends, or to any.
 */
export function boundOrder(question: OrderQuestion, options: BoundOptions = {}): number {
  const { n } = question
  if (n < 2 || (n < 4 && isRound(question)))
    return costOf(
      Array.from({ length: n }, (_, at) => at),
      question,
    )
  const steps = options.steps ?? Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.round(WORK / (n * n))))
  const tree = new OneTree(question)
  const penalty = new Float64Array(n)
  const last = new Float64Array(n)
  let best = 0
  let first = 0
  for (let step = 1; step <= steps; step++) {
    if ((step & 7) === 0 && options.isOver?.()) break
    const bound = tree.build(penalty)
    if (bound > best || step === 1) {
      best = Math.max(best, bound)
      first = bound / (2 * n)
    }
    // From `first` down to 0, ever less steeply.
    const left = (steps - step) / steps
    const size = first * left * left
    let isTour = true
    for (let stop = 0; stop < n; stop++) {
      const excess = tree.degree[stop]! - 2
      if (excess !== 0) isTour = false
      penalty[stop]! += size * (0.7 * excess + 0.3 * last[stop]!)
      last[stop] = excess
    }
    // The tree is an order itself, so nothing is below it.
    if (isTour) break
  }
  // What rounding may have added.
  return best * (1 - 1e-12)
}

/** At most so many per cent above the best possible; undefined where the bound says nothing. */
export function percentAbove(cost: number, bound: number): number | undefined {
  if (cost <= bound) return 0
  return bound > 0 ? (100 * (cost - bound)) / bound : undefined
}

/** A spanning tree of all stops but one, and that one's two cheapest ways. */
class OneTree {
  /** By stop, of the last tree; the stop that is nowhere counts as a neighbour. */
  readonly degree: Int32Array
  private readonly question: OrderQuestion
  /** Left out of the spanning tree; −1: the stop that is nowhere. */
  private readonly special: number
  private readonly near: Float64Array
  private readonly parent: Int32Array

  constructor(question: OrderQuestion) {
    this.question = question
    this.special = isRound(question) ? 0 : -1
    this.degree = new Int32Array(question.n)
    this.near = new Float64Array(question.n)
    this.parent = new Int32Array(question.n)
  }

  /** The bound with a penalty for each way at a stop. */
  build(penalty: Float64Array): number {
    const { n } = this.question
    this.degree.fill(0)
    let sum = this.span(penalty) + this.addSpecial(penalty)
    for (let stop = 0; stop < n; stop++) sum -= 2 * penalty[stop]!
    return sum
  }

  /** Prim (1957). */
  private span(penalty: Float64Array): number {
    const { near, parent, degree, special } = this
    const { costs, n } = this.question
    let node = special < 0 ? 0 : special === 0 ? 1 : 0
    near.fill(Number.POSITIVE_INFINITY)
    // In the tree already: −∞.
    near[node] = Number.NEGATIVE_INFINITY
    if (special >= 0) near[special] = Number.NEGATIVE_INFINITY
    let sum = 0
    for (let count = special < 0 ? n - 1 : n - 2; count > 0; count--) {
      const row = node * n
      const own = penalty[node]!
      let next = -1
      let least = Number.POSITIVE_INFINITY
      for (let other = 0; other < n; other++) {
        let known = near[other]!
        if (known === Number.NEGATIVE_INFINITY) continue
        const cost = costs[row + other]! + own + penalty[other]!
        if (cost < known) {
          known = cost
          near[other] = cost
          parent[other] = node
        }
        if (known < least) {
          least = known
          next = other
        }
      }
      sum += least
      near[next] = Number.NEGATIVE_INFINITY
      degree[next]!++
      degree[parent[next]!]!++
      node = next
    }
    return sum
  }

  private addSpecial(penalty: Float64Array): number {
    const { special, degree } = this
    const { costs, n, start, end } = this.question
    const costTo = (stop: number) =>
      special < 0 ? penalty[stop]! : costs[special * n + stop]! + penalty[special]! + penalty[stop]!
    const chosen: number[] = []
    if (special < 0) for (const fixed of [start, end]) if (fixed !== undefined) chosen.push(fixed)
    while (chosen.length < 2) {
      let next = -1
      for (let stop = 0; stop < n; stop++)
        if (stop !== special && !chosen.includes(stop) && (next < 0 || costTo(stop) < costTo(next)))
          next = stop
      chosen.push(next)
    }
    let sum = 0
    for (const stop of chosen) {
      sum += costTo(stop)
      degree[stop]!++
      if (special >= 0) degree[special]!++
    }
    return sum
  }
}
