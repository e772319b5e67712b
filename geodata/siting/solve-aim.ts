import type { SolveProgram } from '../solving/linear-program.ts'
import { isCovering, type SitingAim } from './siting-choices.ts'
import {
  keptSites,
  priceOfEach,
  type SitingAnswer,
  type SitingLimits,
  type SitingProblem,
} from './siting-problem.ts'
import { solveCentre } from './solve-centre.ts'
import { solveMedian } from './solve-median.ts'
import { solveMostCovered } from './solve-most-covered.ts'
import { lackOf } from './tidy-choice.ts'

/** The best choice within a limit; of covering everything: the one that covers most. */
export function solveAim(
  aim: SitingAim,
  problem: SitingProblem,
  withinMetres: number,
  program: SolveProgram,
  limits: SitingLimits & { secondsLeft: () => number },
): SitingAnswer {
  const price = priceOfEach(problem)
  const count = price === undefined ? undefined : Math.floor(problem.limit / price + 1e-9)
  if (count === 1) return solveOne(aim, problem, withinMetres)
  // A budget that is no multiple of the one price pays for no part of a site.
  const whole = price === undefined || count === undefined ? problem : { ...problem, limit: count * price }
  if (aim === 'least-mean') return solveMedian(whole, limits)
  if (aim === 'least-worst') return solveCentre(whole, program, limits)
  return solveMostCovered(whole, withinMetres, program, limits)
}

/** One more site: each is tried. */
function solveOne(aim: SitingAim, problem: SitingProblem, withinMetres: number): SitingAnswer {
  const kept = keptSites(problem)
  let best = kept
  let least = lackOf(problem, kept, aim, withinMetres)
  for (let site = 0; site < problem.sites; site++) {
    if (problem.isKept[site]) continue
    const lack = lackOf(problem, [...kept, site], aim, withinMetres)
    if (lack >= least) continue
    least = lack
    best = [...kept, site]
  }
  const value = isCovering(aim) ? problem.weights.reduce((sum, weight) => sum + weight, 0) - least : least
  return { sites: Int32Array.from(best).sort(), value, bound: value, isProven: true }
}
