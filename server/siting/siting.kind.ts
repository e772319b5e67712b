import type { AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Candidate } from '../../geodata/siting/propose-sites.ts'
import type { StreetAnswer, StreetSiting } from '../../geodata/siting/site-on-streets.ts'
import {
  type SitingParams,
  type SitingResult,
  sitingParamsSchema,
} from '../../geodata/siting/siting.schema.ts'
import type { AnalysisContext, AnalysisFound, AnalysisKind } from '../coverage/analysis-kind.ts'
import { computeInWorker } from '../coverage/compute-in-worker.ts'
import { type BuildingRow, readBuildings, readFacilities } from '../coverage/facility/cover-inputs.store.ts'
import { findCandidates } from './find-candidates.ts'
import { noteSiting } from './note-siting.ts'
import { sitingParts } from './siting-parts.ts'
import { sumSiting } from './sum-siting.ts'

/** Where more facilities would help most, how many it takes, and what each adds. */
export const sitingKind: AnalysisKind<SitingParams, SitingResult> = {
  kind: 'siting',
  params: sitingParamsSchema,
  reads: [
    'facilities',
    'buildings',
    'roads',
    'communities',
    'grids',
    'micro-grids',
    'checkpoints',
    'landcover',
  ],
  run: runSiting,
}

/** What an answer is told from. */
export interface Siting {
  params: SitingParams
  buildings: readonly BuildingRow[]
  weights: Float64Array
  /** Buildings whose figure nobody knows. */
  unknown: number
  existing: number
  movable: number
  candidates: readonly Candidate[]
  answer: StreetAnswer
}

const CURVE_STEPS = 12
const BUDGET_STEPS = 8
/** How many sites more than asked for the curve shows. */
const CURVE_ABOVE = 2

async function runSiting(
  context: AnalysisContext,
  params: SitingParams,
): Promise<AnalysisFound<SitingResult>> {
  const { sql, network, reach, wholeReach, signal, progress } = context
  progress(0, 'read')
  const { graph } = await network.current()
  const { roads: _, ...streets } = graph
  const buildings = await readBuildings(sql, reach, signal)
  const { weights, unknown } = weigh(buildings, params)
  const facilities =
    params.existing === 'ignore'
      ? []
      : await readFacilities(sql, { ...params, asOf: null }, wholeReach, signal)
  // Only what stands in the area may be moved.
  const inArea =
    params.existing === 'move'
      ? new Set((await readFacilities(sql, { ...params, asOf: null }, reach, signal)).map(({ id }) => id))
      : new Set<number>()
  const movable = facilities
    .filter(({ id }) => inArea.has(id))
    .map(
      ({ id, name, lng, lat }): Candidate => ({ origin: 'existing', lngLat: [lng, lat], name, price: 1, id }),
    )
  const demand = buildings.map(({ lng, lat }): LngLat => [lng, lat])
  progress(0.05, 'candidates')
  const needy = demand.filter((_, at) => weights[at]! > 0)
  const { candidates, notes } = await findCandidates(context, params, streets, movable, needy)

  // A number of sites counts each as one; only a budget asks for prices, and so does the least price that covers all.
  const isCounted = params.sites !== null
  const question: StreetSiting = {
    aim: params.aim,
    streets,
    accessMetres: params.accessMetres,
    withinMetres: params.walkMetres,
    demand,
    weights,
    kept: facilities.filter(({ id }) => !inArea.has(id)).map(({ lng, lat }): LngLat => [lng, lat]),
    candidates: candidates.map(({ lngLat }) => lngLat),
    standing: movable.length,
    prices: Float64Array.from(candidates, ({ price }) => (isCounted ? 1 : price)),
    limit: isCounted ? params.sites! + movable.length : (params.budget ?? undefined),
    curve: {
      least: movable.length,
      above: isCounted && params.aim !== 'cover-all' ? CURVE_ABOVE : 0,
      steps: isCounted ? CURVE_STEPS : BUDGET_STEPS,
      isWhole: isCounted || candidates.every(({ price }) => price === 1),
    },
    seconds: params.seconds,
    seed: 1,
  }
  const answer = await computeInWorker<StreetSiting, StreetAnswer>(
    new URL('./answer-siting.worker.ts', import.meta.url),
    question,
    { signal, progress: (share, stage) => progress(0.1 + 0.85 * share, stage) },
  )
  progress(0.95, 'sum')
  const siting: Siting = {
    params,
    buildings,
    weights,
    unknown,
    existing: facilities.length,
    movable: movable.length,
    candidates,
    answer,
  }
  const result = sumSiting(siting)
  const told: AnalysisNote[] = [...notes, ...noteSiting(siting, result, wholeReach !== 'everywhere')]
  return { result, notes: told, parts: sitingParts(siting, result) }
}

function weigh(buildings: readonly BuildingRow[], { weights }: SitingParams) {
  let unknown = 0
  const found = Float64Array.from(buildings, (building) => {
    if (weights === 'buildings') return 1
    const known = building[weights]
    if (known === null) unknown++
    return known ?? 0
  })
  return { weights: found, unknown }
}
