import type { SolveProgram } from '../solving/linear-program.ts'
import { cheapestCover } from './cheapest-cover.ts'
import { coverSets } from './cover-sets.ts'
import { type ChoiceMeasures, measureChoice } from './measure-choice.ts'
import { isCovering, type SitingAim } from './siting-choices.ts'
import { fits, keptSites, type SitingProblem } from './siting-problem.ts'
import { solveAim } from './solve-aim.ts'
import { isBetter, priceOf, tidy } from './tidy-choice.ts'

export interface SitingQuestion {
  aim: SitingAim
  /** Infinity where no street leads; `limit` is left out of account when `limits` has other values. */
  problem: Omit<SitingProblem, 'limit'>
  withinMetres: number
  /** Of prices that may be spent; undefined with `cover-all`: whatever it takes. */
  limit: number | undefined
  /** Where the curve of fewer and more sites has its points, beside the limit itself. */
  curve: (limit: number) => readonly number[]
  /** Of the sites that are not kept those that stand today: none is given up for nothing. */
  standing?: readonly number[]
  seconds: number
  seed: number
}

export interface SitingStep {
  limit: number
  /** In order, with those that are kept. */
  sites: number[]
  price: number
  value: number
  bound: number
  isProven: boolean
  measures: ChoiceMeasures
}

export interface SitingOutcome {
  steps: SitingStep[]
  /** The step that answers the question. */
  chosen: number
  /** By demand 1: no site at all is connected to it, or, when everything is to be covered, none is near enough. */
  isBeyond: Uint8Array
  /** What covering everything that can be covered takes, and what it takes at least; only when that was asked. */
  coverAll: { price: number; bound: number } | undefined
  /** Finite metres, as the steps were measured. */
  problem: SitingProblem
  farMetres: number
}

export interface SitingRun {
  solve: SolveProgram
  /** Seconds since some moment. */
  clock: () => number
  isStopped: () => boolean
  progress: (share: number) => void
}

/**
 * Answers one question of where to put sites, and what fewer or more would do. Every step is a choice of its own, the best
 * of its limit; none is worse than that of a lower limit.
 */
export function answerSiting(question: SitingQuestion, run: SitingRun): SitingOutcome {
  const { aim, withinMetres, seed, seconds } = question
  const { problem: finite, isLost, farMetres } = cutFarMetres(question.problem)
  const problem = { ...finite, limit: 0 }
  const start = run.clock()
  const within = (share: number) => {
    const end = Math.min(start + seconds, run.clock() + share)
    const secondsLeft = () => end - run.clock()
    return { seed, secondsLeft, isOver: () => run.isStopped() || secondsLeft() <= 0 }
  }
  const isBeyond = isLost
  let limit = question.limit ?? 0
  let coverAll: SitingOutcome['coverAll']
  let coverSites: number[] | undefined
  if (aim === 'cover-all') {
    const kept = keptSites(problem)
    const sets = coverSets(
      { ...problem, limit: Number.POSITIVE_INFINITY },
      withinMetres,
      kept,
      (at) => problem.weights[at] === 0,
    )
    for (const demand of sets.beyond) isBeyond[demand] = 1
    const limits = within(seconds / 2)
    const cover = cheapestCover(
      sets,
      sets.sites.map((site) => problem.prices[site]!),
      run.solve,
      { ...limits, seconds: limits.secondsLeft() },
    )
    coverAll = { price: cover.price, bound: cover.bound }
    limit = question.limit ?? cover.price
    if (fits(cover.price, limit)) {
      limit = cover.price
      coverSites = [...kept, ...cover.columns.map((column) => sets.sites[column]!)].sort((a, b) => a - b)
    }
  }
  run.progress(0.4)

  const limits = [...new Set([...question.curve(limit).filter((one) => one >= 0), limit])].sort(
    (a, b) => a - b,
  )
  const atLimit = (one: number): SitingStep | undefined => {
    const here = { ...problem, limit: one }
    const time = within(
      Math.max(0.05, (seconds - (run.clock() - start)) / (one === limit ? 2 : limits.length)),
    )
    const found =
      one === limit && coverSites && coverAll
        ? {
            sites: coverSites,
            value: coverAll.price,
            bound: coverAll.bound,
            isProven: fits(coverAll.price, coverAll.bound),
          }
        : solveAim(aim, here, withinMetres, run.solve, time)
    const sites = tidy(here, found.sites, aim, withinMetres, question.standing ?? [])
    if (sites.length === 0) return undefined
    const { value, bound, isProven } = found
    const measures = measureChoice(here, sites, withinMetres, farMetres)
    return { limit: one, sites, price: priceOf(here, sites), value, bound, isProven, measures }
  }
  const steps = new Map<number, SitingStep>()
  // The answer itself comes first, so that it has the time. Where nobody is in need there is none.
  const isAsked = problem.weights.some((weight) => weight > 0)
  for (const [done, one] of isAsked ? [limit, ...limits.filter((other) => other !== limit)].entries() : []) {
    const step = atLimit(one)
    if (step) steps.set(one, step)
    run.progress(0.4 + (0.6 * (done + 1)) / limits.length)
  }
  const inOrder: SitingStep[] = []
  for (const one of limits) {
    const step = steps.get(one)
    if (!step) continue
    const before = inOrder.at(-1)
    const isWorse = before !== undefined && !(coverSites && one === limit) && isBetter(aim, before, step)
    inOrder.push(isWorse ? { ...before, limit: one, bound: step.bound, isProven: false } : step)
  }
  if (!coverSites) shareBounds(aim, inOrder)
  return {
    steps: inOrder,
    chosen: inOrder.findIndex((step) => step.limit === limit),
    isBeyond,
    coverAll,
    problem: { ...problem, limit },
    farMetres,
  }
}

/** What more sites cannot do fewer cannot do either. */
function shareBounds(aim: SitingAim, steps: SitingStep[]): void {
  for (let at = steps.length - 2; at >= 0; at--) {
    const [step, more] = [steps[at]!, steps[at + 1]!]
    if (step.isProven) continue
    step.bound = isCovering(aim) ? Math.min(step.bound, more.bound) : Math.max(step.bound, more.bound)
    step.isProven = Math.abs(step.value - step.bound) <= 1e-9 * Math.max(1, Math.abs(step.value))
  }
}

/** Ten times the longest way there is stands for “no way”, so that reaching a demand at all comes before everything. */
const FAR = 10

/**
 * The problem with finite metres. Demands that no site is connected to weigh nothing in it: no choice would help them.
 */
export function cutFarMetres(problem: Omit<SitingProblem, 'limit'>): {
  problem: Omit<SitingProblem, 'limit'>
  isLost: Uint8Array
  farMetres: number
} {
  const { demands, sites } = problem
  let longest = 0
  const isLost = new Uint8Array(demands).fill(1)
  for (let site = 0; site < sites; site++)
    for (let demand = 0; demand < demands; demand++) {
      const metres = problem.metres[site * demands + demand]!
      if (!Number.isFinite(metres)) continue
      isLost[demand] = 0
      if (metres > longest) longest = metres
    }
  const farMetres = FAR * Math.max(longest, 100)
  return {
    problem: {
      ...problem,
      metres: problem.metres.map((metres) => (Number.isFinite(metres) ? metres : farMetres)),
      weights: problem.weights.map((weight, demand) => (isLost[demand] ? 0 : weight)),
    },
    isLost,
    farMetres,
  }
}
