import type { ChoiceMeasures } from './measure-choice.ts'
import { isCovering, type SitingAim } from './siting-choices.ts'
import { fits, nearestMetres, type SitingProblem } from './siting-problem.ts'

/**
 * Without new sites that change nothing, and with what stands as far as the limit goes: the solvers open and close at will what
 * does not count.
 */
export function tidy(
  problem: SitingProblem,
  sites: Iterable<number>,
  aim: SitingAim,
  withinMetres: number,
  standing: readonly number[],
): number[] {
  const left = new Set(sites)
  let worth = lackOf(problem, left, aim, withinMetres)
  for (const site of [...left].reverse()) {
    if (problem.isKept[site] || standing.includes(site)) continue
    left.delete(site)
    const without = lackOf(problem, left, aim, withinMetres)
    if (without > worth) left.add(site)
    else worth = without
  }
  let price = priceOf(problem, left)
  for (const site of standing)
    if (!left.has(site) && fits(price + problem.prices[site]!, problem.limit)) {
      left.add(site)
      price += problem.prices[site]!
    }
  return [...left].sort((a, b) => a - b)
}

/** What is to be least. */
export function lackOf(
  problem: SitingProblem,
  sites: Iterable<number>,
  aim: SitingAim,
  withinMetres: number,
): number {
  let sum = 0
  let worst = 0
  for (const [demand, metres] of nearestMetres(problem, sites).entries()) {
    const weight = problem.weights[demand]!
    if (weight === 0) continue
    if (aim === 'least-mean') sum += weight * metres
    else if (aim === 'least-worst') worst = Math.max(worst, metres)
    else if (!(metres <= withinMetres)) sum += weight
  }
  return aim === 'least-worst' ? worst : sum
}

interface Step {
  value: number
  measures: ChoiceMeasures
}

export const isBetter = (aim: SitingAim, a: Step, b: Step): boolean =>
  isCovering(aim) ? a.measures.covered > b.measures.covered : a.value < b.value

export const priceOf = ({ prices, isKept }: SitingProblem, sites: Iterable<number>): number => {
  let price = 0
  for (const site of sites) if (!isKept[site]) price += prices[site]!
  return price
}
