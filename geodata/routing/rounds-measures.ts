import type { RoundsProblem } from './rounds-problem.ts'

/** Seconds where there is no way: more than any shift, and still a number that can be added and taken off. */
const NO_WAY = 1e12

/** The matrix with one more place, nowhere, which costs nothing to come from or go to. */
export function widen({ seconds, costs, places }: RoundsProblem) {
  const size = places + 1
  const spread = (matrix: Float64Array) => {
    const wide = new Float64Array(size * size)
    for (let row = 0; row < places; row++)
      for (let column = 0; column < places; column++)
        wide[row * size + column] = Math.min(matrix[row * places + column]!, NO_WAY)
    return wide
  }
  const wide = spread(seconds)
  return { places: size, seconds: wide, costs: costs && costs !== seconds ? spread(costs) : wide }
}

/** More than all ways of any plan, all prizes that can be missed, and all that unequal work can cost. */
export function mandatoryPrize(
  { costs, seconds, sites, teams }: RoundsProblem,
  balanceWeight: number,
): number {
  let longest = 1
  for (const cost of costs ?? seconds) if (cost > longest && cost < Number.POSITIVE_INFINITY) longest = cost
  const prizes = sites.reduce((sum, { prize }) => sum + (Number.isFinite(prize) ? prize : 0), 0)
  const shifts = teams.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0)
  return longest * 2 * (sites.length + teams.length) + prizes + balanceWeight * shifts * shifts + 1
}

/** Seconds on site and a guess at the ways, shared among the teams. */
export function meanWork({ sites, teams, seconds, places }: RoundsProblem): number {
  let sum = 0
  let known = 0
  for (const cost of seconds)
    if (cost < Number.POSITIVE_INFINITY) {
      sum += cost
      known++
    }
  const way = places > 1 && known > 0 ? sum / known / Math.sqrt(places) : 0
  return sites.reduce((total, { service }) => total + service + way, 0) / Math.max(1, teams.length)
}
