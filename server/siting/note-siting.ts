import type { AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { SitingResult } from '../../geodata/siting/siting.schema.ts'
import type { Siting } from './siting.kind.ts'

const note = (isSo: boolean, code: string, values: AnalysisNote['values'] = {}): AnalysisNote[] =>
  isSo ? [{ code, values }] : []

/** What is missing or cannot be, and what was computed anyway. */
export function noteSiting(siting: Siting, result: SitingResult, isPartial: boolean): AnalysisNote[] {
  const { params, buildings, candidates, answer, existing, movable, unknown } = siting
  const { demand, needed } = result
  const off = answer.isCandidateOff.reduce((sum, is) => sum + is, 0)
  const step = result.steps[result.chosen]
  const limit = params.budget ?? params.sites
  const { aim, weights } = params
  return [
    ...note(buildings.length === 0, 'no-buildings'),
    ...note(buildings.length > 0 && demand.weight === 0, 'nobody-asks', { weights }),
    ...note(unknown > 0, 'figures-unknown', { count: unknown, of: buildings.length, weights }),
    ...note(params.existing !== 'ignore' && existing === 0, 'none-stands', { kinds: params.kinds }),
    ...note(candidates.length === movable, 'no-candidates'),
    ...note(off > 0, 'candidates-off-streets', { count: off, metres: params.accessMetres }),
    ...note(demand.offStreets > 0, 'buildings-off-streets', {
      count: demand.offStreets,
      metres: params.accessMetres,
    }),
    ...note(demand.beyond.buildings > 0, aim === 'cover-all' ? 'beyond-walk' : 'beyond-streets', {
      ...demand.beyond,
      metres: params.walkMetres,
      weights,
    }),
    ...note(needed !== null && limit !== null && needed.price > limit, 'limit-too-small', {
      needed: needed?.price ?? null,
      least: needed?.bound ?? null,
      limit,
      unit: result.unit,
    }),
    ...note(!step, 'nothing-to-choose'),
    ...note(step !== undefined && step.newSites === 0 && step.closed === 0, 'nothing-helps'),
    ...note(step?.isProven === false, 'not-proven', { percent: Math.ceil((step?.gap ?? 0) * 1000) / 10 }),
    ...note(isPartial, 'only-in-reach'),
  ]
}
