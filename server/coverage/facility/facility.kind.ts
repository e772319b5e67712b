import type { AnalysisNote } from '../../../geodata/coverage/analysis.schema.ts'
import type { CoverAnswer, CoverQuestion } from '../../../geodata/coverage/facility/cover-by-facilities.ts'
import {
  type FacilityParams,
  type FacilityResult,
  facilityParamsSchema,
  toMetres,
} from '../../../geodata/coverage/facility/facility.schema.ts'
import { reachedRoads } from '../../network/road-lines.store.ts'
import type { AnalysisContext, AnalysisFound, AnalysisKind } from '../analysis-kind.ts'
import { computeInWorker } from '../compute-in-worker.ts'
import type { Cover } from './cover.ts'
import { bandsOf, sumCells, sumOf, sumStreets, sumUp } from './cover-figures.ts'
import { readBuildings, readCells, readFacilities, readOpenHazards } from './cover-inputs.store.ts'
import { COARSE_STEP_METRES, noteFacilities, noteGround } from './cover-notes.ts'
import { partsOf } from './cover-parts.ts'
import { cutAreas, readAreaBox } from './cut-areas.store.ts'
import { describeGaps } from './describe-gaps.ts'

/** Which buildings have a facility of some kinds within a walk, and what ground has none. */
export const facilityKind: AnalysisKind<FacilityParams, FacilityResult> = {
  kind: 'facility',
  params: facilityParamsSchema,
  reads: ['facilities', 'buildings', 'roads', 'communities', 'grids', 'micro-grids', 'hazards'],
  run: runFacility,
}

async function runFacility(
  context: AnalysisContext,
  params: FacilityParams,
): Promise<AnalysisFound<FacilityResult>> {
  const { sql, network, reach, wholeReach, signal, progress } = context
  progress(0, 'read')
  const { graph } = await network.current()
  const { roads: _, ...streets } = graph
  const facilities = await readFacilities(sql, params, wholeReach, signal)
  const buildings = await readBuildings(sql, reach, signal)
  const cells = await readCells(sql, reach, signal)
  const bbox = await readAreaBox(sql, reach, signal)
  const isCounted = facilities.length > 0 && facilities.every(({ capacity }) => capacity !== null)
  const households = Float64Array.from(buildings, ({ households }) => households ?? Number.NaN)
  const population = Float64Array.from(buildings, ({ population }) => population ?? Number.NaN)
  const question: CoverQuestion = {
    streets,
    facilities: {
      ...placesOf(facilities),
      supply: Float64Array.from(facilities, ({ capacity }) => (isCounted ? capacity! : 1)),
    },
    buildings: {
      ...placesOf(buildings),
      demand: (params.demand === 'population' ? population : households).slice(),
    },
    bbox,
    limitMetres: toMetres(params.walk, params),
    bandMetres: params.bands.map((band) => toMetres(band, params)),
    accessMetres: params.accessMetres,
    weights: params.weights,
    straight: params.compareStraight,
  }
  const answer = await computeInWorker<CoverQuestion, CoverAnswer>(
    new URL('./cover.worker.ts', import.meta.url),
    question,
    { signal, progress: (share, stage) => progress(0.1 + share * 0.5, stage) },
  )
  progress(0.6, 'cut')
  const { areas, straightArea } = answer
  const { squareMetres, pieces } = await cutAreas(
    sql,
    reach,
    areas,
    straightArea,
    question.limitMetres,
    signal,
  )
  progress(0.9, 'sum')
  const found: Cover = { question, answer, buildings, facilities, weights: { households, population } }
  const hazards = await readOpenHazards(sql, reach, signal)
  const gaps = await describeGaps(found, streets, pieces, hazards, params.leastGapSquareMetres, signal)
  const roads = await reachedRoads(sql, reach)
  const cellFigures = sumCells(found, cells)
  const result: FacilityResult = {
    ...sumUp(found, isCounted ? 'capacity' : 'each'),
    bands: bandsOf(found, pieces),
    area: {
      squareMetres,
      coveredSquareMetres: sumOf(pieces, 'reach', question.limitMetres),
      gapSquareMetres: sumOf(pieces, 'gap', question.limitMetres),
      straightSquareMetres: params.compareStraight ? sumOf(pieces, 'straight', question.limitMetres) : null,
      gaps: gaps.gaps.length,
      slivers: gaps.slivers.length,
      sliverSquareMetres: gaps.slivers.reduce((sum, sliver) => sum + sliver.properties.squareMetres, 0),
    },
    gaps: gaps.listed,
    streets: sumStreets(streets, answer.streets, roads),
    cells: cellFigures.listed,
  }
  const notes: AnalysisNote[] = [
    ...noteFacilities(found, params, wholeReach),
    ...noteGround(found, cells.length, gaps),
  ]
  if (answer.stepMetres > COARSE_STEP_METRES)
    notes.push({ code: 'coarse', values: { metres: Math.round(answer.stepMetres) } })
  return {
    result,
    notes,
    parts: partsOf({
      ...found,
      sql,
      reach,
      signal,
      streets,
      roads,
      pieces,
      gaps,
      byCell: cellFigures.byCell,
    }),
  }
}

const placesOf = (rows: readonly { lng: number; lat: number }[]) => ({
  lng: Float64Array.from(rows, ({ lng }) => lng),
  lat: Float64Array.from(rows, ({ lat }) => lat),
})
