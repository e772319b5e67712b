import { costMatrix } from '../network/cost-matrix.ts'
import { snap } from '../network/snap.ts'
import { sourcesByEdge, twoNearest, twoNearestTo } from '../network/two-nearest.ts'
import type { SnappedPoint, Streets } from '../network/walk-graph.ts'
import type { LngLat } from '../shared/geojson.ts'
import { answerSiting, type SitingOutcome, type SitingQuestion, type SitingRun } from './answer-siting.ts'
import { measureChoice } from './measure-choice.ts'

export interface StreetSiting extends Omit<SitingQuestion, 'problem' | 'curve' | 'standing'> {
  streets: Streets
  accessMetres: number
  demand: readonly LngLat[]
  weights: Float64Array
  /** What stands in any case. */
  kept: readonly LngLat[]
  /** The first of them stand already, and may be given up. */
  candidates: readonly LngLat[]
  standing: number
  prices: Float64Array
  curve: { steps: number; above: number; least: number; isWhole: boolean }
}

export interface StreetAnswer extends Omit<SitingOutcome, 'problem'> {
  /** By demand and by candidate: 1 where no street is near enough. */
  isOffStreet: Uint8Array
  isCandidateOff: Uint8Array
  /** By demand: metres with what stands, and with the chosen sites; Infinity: no way. */
  beforeMetres: Float64Array
  afterMetres: Float64Array
  /** By demand: the candidate that is nearest of those chosen, -1 where what stands is, or nothing. */
  nearest: Int32Array
  /** Candidates of each step, in its order; what stands in any case is not among them. */
  stepSites: Int32Array[]
  /** By site of the chosen step: what covers, reaches and so on without it. */
  without: SitingOutcome['steps'][number]['measures'][]
  served: Float64Array
  before: SitingOutcome['steps'][number]['measures'] | undefined
}

/**
 * Ways on foot between all who need and all that may be chosen, then the answer. All that stands in any case is one site: what
 * counts is the way to the nearest of them.
 */
export function siteOnStreets(question: StreetSiting, run: SitingRun): StreetAnswer {
  const { streets, accessMetres, demand, kept, candidates, weights, withinMetres } = question
  const at = (place: LngLat) => snap(streets, place, accessMetres)
  const places = demand.map(at)
  const standing = kept.flatMap((place) => at(place) ?? [])
  const sites = candidates.map(at)
  const movable = sites.slice(0, question.standing)
  const demands = demand.length
  const hasKept = standing.length > 0
  const first = hasKept ? 1 : 0
  const metres = new Float64Array((candidates.length + first) * demands).fill(Number.POSITIVE_INFINITY)
  const beforeMetres = waysToNearest(streets, [...standing, ...movable.flatMap((site) => site ?? [])], places)
  if (hasKept) metres.set(waysToNearest(streets, standing, places))
  const rows = indexesOf(sites)
  const columns = indexesOf(places)
  const costs = costMatrix(
    streets,
    rows.map((row) => sites[row]!),
    columns.map((column) => places[column]!),
  )
  for (const [i, row] of rows.entries())
    for (const [j, column] of columns.entries())
      metres[(row + first) * demands + column] =
        sites[row]!.distanceMetres + costs[i * columns.length + j]! + places[column]!.distanceMetres
  run.progress(0.3)

  const isKept = new Uint8Array(candidates.length + first)
  isKept[0] = first
  const prices = new Float64Array(candidates.length + first)
  prices[0] = 1
  prices.set(question.prices, first)
  const outcome = answerSiting(
    {
      ...question,
      standing: Array.from({ length: question.standing }, (_, site) => site + first),
      problem: { demands, sites: candidates.length + first, metres, weights, prices, isKept },
      curve: (limit) => pointsOf(question.curve, limit),
    },
    { ...run, progress: (share) => run.progress(0.3 + 0.7 * share) },
  )
  const { problem, farMetres, steps, chosen } = outcome
  const measure = (of: readonly number[]) => measureChoice(problem, of, withinMetres, farMetres)
  const step = steps[chosen]
  const today = Array.from({ length: first + question.standing }, (_, site) => site)
  const afterMetres = new Float64Array(demands).fill(Number.POSITIVE_INFINITY)
  const nearest = new Int32Array(demands).fill(-1)
  const served = new Float64Array(candidates.length)
  for (const site of step?.sites ?? [])
    for (let one = 0; one < demands; one++) {
      const way = metres[site * demands + one]!
      if (way >= afterMetres[one]!) continue
      afterMetres[one] = way
      nearest[one] = site - first
    }
  for (let one = 0; one < demands; one++) if (nearest[one]! >= 0) served[nearest[one]!]! += weights[one]!
  const { problem: _, ...told } = outcome
  return {
    ...told,
    isOffStreet: Uint8Array.from(places, (place) => (place ? 0 : 1)),
    isCandidateOff: Uint8Array.from(sites, (site) => (site ? 0 : 1)),
    beforeMetres,
    afterMetres,
    nearest,
    served,
    stepSites: steps.map(({ sites: all }) =>
      Int32Array.from(
        all.filter((site) => !isKept[site]),
        (site) => site - first,
      ),
    ),
    without: (step?.sites ?? [])
      .filter((site) => !isKept[site])
      .map((site) => measure(step!.sites.filter((other) => other !== site))),
    before: today.length > 0 ? measure(today) : undefined,
  }
}

/** By place the way to the nearest of some sites, Infinity where there is none. */
export function waysToNearest(
  streets: Streets,
  sites: readonly SnappedPoint[],
  places: readonly (SnappedPoint | undefined)[],
): Float64Array {
  const labels = twoNearest(streets, sites)
  const byEdge = sourcesByEdge(sites)
  return Float64Array.from(places, (place) =>
    place ? twoNearestTo(streets, labels, place, sites, byEdge).firstMetres : Number.POSITIVE_INFINITY,
  )
}

const indexesOf = (snapped: readonly (SnappedPoint | undefined)[]) =>
  snapped.flatMap((at, index) => (at ? [index] : []))

/** Even steps from the least to a little above the limit. */
function pointsOf({ steps, above, least, isWhole }: StreetSiting['curve'], limit: number): number[] {
  const top = limit + above
  const count = isWhole ? Math.min(steps, top - least) : steps
  const points = Array.from(
    { length: count + 1 },
    (_, at) => least + ((top - least) * at) / Math.max(1, count),
  )
  return [...new Set(isWhole ? points.map(Math.round) : points)]
}
