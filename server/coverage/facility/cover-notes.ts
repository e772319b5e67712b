import type { AnalysisNote } from '../../../geodata/coverage/analysis.schema.ts'
import type { FacilityParams } from '../../../geodata/coverage/facility/facility.schema.ts'
import type { Reach } from '../../access/reach.ts'
import type { Cover } from './cover.ts'
import type { Gaps } from './describe-gaps.ts'

/** Areas drawn to a larger step than this are told to be coarse. */
export const COARSE_STEP_METRES = 10
const MOST_NAMED = 10

const note = (isSo: boolean, code: string, values: AnalysisNote['values'] = {}): AnalysisNote[] =>
  isSo ? [{ code, values }] : []

/** What is wrong with the facilities, and what was computed anyway. */
export function noteFacilities(
  { answer, facilities }: Cover,
  params: FacilityParams,
  wholeReach: Reach,
): AnalysisNote[] {
  const off = facilities.filter((_, facility) => !answer.sources[facility])
  const present = new Set(facilities.map(({ kind }) => kind))
  const missing = params.kinds.filter((kind) => !present.has(kind))
  const counted = facilities.filter(({ capacity }) => capacity !== null).length
  return [
    ...note(facilities.length === 0, 'no-facilities', { kinds: params.kinds }),
    ...note(facilities.length > 0 && missing.length > 0, 'kinds-missing', { kinds: missing }),
    ...note(off.length > 0, 'facilities-off-streets', {
      count: off.length,
      metres: params.accessMetres,
      facilities: off.slice(0, MOST_NAMED).map(({ id, name }) => name ?? `${id}`),
    }),
    ...note(facilities.length > 0 && counted < facilities.length, 'supply-each', {
      count: facilities.length - counted,
    }),
    ...note(wholeReach !== 'everywhere', 'only-in-reach'),
  ]
}

/** What is wrong with buildings, streets and cells, and what was computed anyway. */
export function noteGround(cover: Cover, cells: number, gaps: Gaps): AnalysisNote[] {
  const { question, answer, buildings, weights } = cover
  const all = [...buildings.keys()]
  const offStreets = all.filter((building) => answer.isOffStreet[building] === 1).length
  const cutOff =
    answer.sources.some((source) => source) &&
    all.filter(
      (building) =>
        answer.isOffStreet[building] === 0 &&
        answer.nearest.firstMetres[building] === Number.POSITIVE_INFINITY,
    ).length
  const unknown = all.filter((building) => Number.isNaN(weights.households[building]!)).length
  const isAsked = all.some((building) => question.buildings.demand[building]! > 0)
  return [
    ...note(cells === 0, 'no-cells'),
    ...note(buildings.length === 0, 'no-buildings'),
    ...note(question.streets.edgeCount === 0, 'no-streets'),
    ...note(offStreets > 0, 'buildings-off-streets', { count: offStreets, metres: question.accessMetres }),
    ...note(Boolean(cutOff), 'buildings-cut-off', { count: cutOff || 0 }),
    ...note(unknown > 0, 'households-unknown', { count: unknown, of: buildings.length }),
    ...note(buildings.length > 0 && !isAsked, 'no-demand'),
    ...note(gaps.unplaced > 0, 'buildings-beside-gaps', { count: gaps.unplaced }),
  ]
}
