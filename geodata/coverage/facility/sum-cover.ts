import type { CoverCounts, FacilityResult } from './facility.schema.ts'

/** By building; NaN where nobody knows. */
export interface CoverWeights {
  households: Float64Array
  population: Float64Array
}

const empty = () => ({ buildings: 0, covered: 0, known: 0, sum: 0, coveredSum: 0 })

/** Counts over some buildings; what is not known is left out of sums and counted apart, never taken for 0. */
export function countCover(
  buildings: Iterable<number>,
  weights: CoverWeights,
  isCovered: (building: number) => boolean,
): CoverCounts {
  const households = empty()
  const population = empty()
  for (const building of buildings) {
    const covered = isCovered(building)
    for (const [sums, values] of [
      [households, weights.households],
      [population, weights.population],
    ] as const) {
      sums.buildings++
      if (covered) sums.covered++
      const value = values[building]!
      if (Number.isNaN(value)) continue
      sums.known++
      sums.sum += value
      if (covered) sums.coveredSum += value
    }
  }
  const isTold = ({ buildings, known }: ReturnType<typeof empty>) => buildings === 0 || known > 0
  return {
    buildings: households.buildings,
    coveredBuildings: households.covered,
    households: isTold(households) ? households.sum : null,
    coveredHouseholds: isTold(households) ? households.coveredSum : null,
    householdsUnknown: households.buildings - households.known,
    population: isTold(population) ? population.sum : null,
    coveredPopulation: isTold(population) ? population.coveredSum : null,
    populationUnknown: population.buildings - population.known,
  }
}

const BIN_METRES = 100
const BINS = 20

/** Buildings and households by metres to the nearest facility. */
export function binDistances(metres: Float64Array, households: Float64Array): FacilityResult['distances'] {
  const bins: FacilityResult['distances'] = {
    binMetres: BIN_METRES,
    buildings: Array(BINS).fill(0),
    households: Array(BINS).fill(0),
    beyond: 0,
    none: 0,
  }
  for (const [building, way] of metres.entries()) {
    const bin = Math.floor(way / BIN_METRES)
    if (way === Number.POSITIVE_INFINITY) bins.none++
    else if (bin >= BINS) bins.beyond++
    else {
      bins.buildings[bin]!++
      bins.households[bin]! += households[building]! || 0
    }
  }
  return bins
}

const MOST_OVERLAP = 5

/** Places by how many facilities reach them: none, 1, 2, … 5 or more. */
export function countOverlap(reachedBy: Int32Array): number[] {
  const counts = Array<number>(MOST_OVERLAP + 1).fill(0)
  for (const reached of reachedBy) counts[Math.min(reached, MOST_OVERLAP)]!++
  return counts
}

/** Σ P_i A_i and Σ P_i over some buildings. */
export function sumAccessibility(
  buildings: Iterable<number>,
  demand: Float64Array,
  accessibility: Float64Array,
): { used: number; demand: number; mean: number | null } {
  let [used, asked] = [0, 0]
  for (const building of buildings) {
    const people = demand[building]! || 0
    asked += people
    used += people * accessibility[building]!
  }
  return { used, demand: asked, mean: asked > 0 ? used / asked : null }
}
