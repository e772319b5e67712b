import { nearestMetres, type SitingProblem } from './siting-problem.ts'

export interface ChoiceMeasures {
  /** Weight within the metres asked for. */
  covered: number
  /** Weight of demands that no open site is connected to. */
  unreached: number
  /** Over the weight that is reached; null when none is. */
  meanMetres: number | null
  worstMetres: number | null
}

/** What a choice of sites does for the demands. `farMetres`: from there on a demand is not reached at all. */
export function measureChoice(
  problem: SitingProblem,
  sites: Iterable<number>,
  withinMetres: number,
  farMetres: number,
): ChoiceMeasures {
  let covered = 0
  let unreached = 0
  let reached = 0
  let sum = 0
  let worst: number | null = null
  for (const [demand, metres] of nearestMetres(problem, sites).entries()) {
    const weight = problem.weights[demand]!
    if (weight === 0) continue
    if (metres >= farMetres) {
      unreached += weight
      continue
    }
    if (metres <= withinMetres) covered += weight
    reached += weight
    sum += weight * metres
    worst = Math.max(worst ?? 0, metres)
  }
  return { covered, unreached, meanMetres: reached > 0 ? sum / reached : null, worstMetres: worst }
}
