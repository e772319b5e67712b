import type { SitingMeasures, SitingResult } from '../../geodata/siting/siting.schema.ts'
import type { Siting } from './siting.kind.ts'

const MOST_BEYOND = 50

/** Figures of an answer. */
export function sumSiting(siting: Siting): SitingResult {
  const { params, buildings, weights, unknown, existing, movable, candidates, answer } = siting
  const isHopeless = (at: number) =>
    weights[at]! > 0 && (answer.isBeyond[at] === 1 || answer.isOffStreet[at] === 1)
  const hopeless = [...buildings.keys()].filter(isHopeless)
  const lngLatOf = (at: number): [number, number] => [...candidates[at]!.lngLat]
  const chosen = answer.stepSites[answer.chosen] ?? new Int32Array(0)
  return {
    aim: params.aim,
    walkMetres: params.walkMetres,
    weights: params.weights,
    demand: {
      buildings: buildings.length,
      weight: sumOf(weights),
      unknown,
      offStreets: answer.isOffStreet.reduce((sum, is) => sum + is, 0),
      beyond: { buildings: hopeless.length, weight: hopeless.reduce((sum, at) => sum + weights[at]!, 0) },
    },
    existing,
    unit:
      params.budget === null && (params.sites !== null || candidates.every(({ price }) => price === 1))
        ? 'sites'
        : 'money',
    candidates: countOrigins(siting),
    before: answer.before ? rounded(answer.before) : null,
    steps: answer.steps.map((step, at) => {
      const sites = answer.stepSites[at]!
      const kept = sites.filter((site) => site < movable).length
      return {
        limit: step.limit - (params.sites === null ? 0 : movable),
        newSites: sites.length - kept,
        closed: movable - kept,
        price: Array.from(sites, (site) => (site < movable ? 0 : candidates[site]!.price)).reduce(
          (a, b) => a + b,
          0,
        ),
        isProven: step.isProven,
        gap: step.isProven ? 0 : Math.abs(step.value - step.bound) / Math.max(1e-9, Math.abs(step.value)),
        measures: rounded(step.measures),
        sites: Array.from(sites, (site) => ({ number: site + 1, lngLat: lngLatOf(site) })),
      }
    }),
    chosen: answer.chosen,
    needed: answer.coverAll
      ? { price: answer.coverAll.price - movable, bound: answer.coverAll.bound - movable }
      : null,
    sites: Array.from(chosen, (site, at) => ({
      number: site + 1,
      origin: candidates[site]!.origin,
      name: candidates[site]!.name,
      lngLat: lngLatOf(site),
      price: candidates[site]!.price,
      serves: answer.served[site]!,
      worth: rounded(answer.without[at]!),
    })),
    beyond: hopeless
      .sort((a, b) => weights[b]! - weights[a]! || a - b)
      .slice(0, MOST_BEYOND)
      .map((at) => {
        const { id, name, code, lng, lat } = buildings[at]!
        return { id, name, code, weight: weights[at]!, lngLat: [lng, lat] }
      }),
  }
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

function countOrigins({ candidates }: Siting): SitingResult['candidates'] {
  const counts: SitingResult['candidates'] = {}
  for (const { origin } of candidates) counts[origin] = (counts[origin] ?? 0) + 1
  return counts
}

const tenths = (metres: number | null) => (metres === null ? null : Math.round(metres * 10) / 10)
const rounded = ({ covered, unreached, meanMetres, worstMetres }: SitingMeasures): SitingMeasures => ({
  covered,
  unreached,
  meanMetres: tenths(meanMetres),
  worstMetres: tenths(worstMetres),
})
