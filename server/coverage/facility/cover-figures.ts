import {
  type CoverCellRow,
  type FacilityResult,
  MOST_CELL_ROWS,
} from '../../../geodata/coverage/facility/facility.schema.ts'
import { type ReachedSpans, streetRuns } from '../../../geodata/coverage/facility/street-runs.ts'
import {
  binDistances,
  countCover,
  countOverlap,
  sumAccessibility,
} from '../../../geodata/coverage/facility/sum-cover.ts'
import type { Streets } from '../../../geodata/network/walk-graph.ts'
import { CELL_LAYERS, type CellLayer } from '../../../geodata/shared/codes.ts'
import { type Cover, isCovered } from './cover.ts'
import type { CellShape } from './cover-inputs.store.ts'
import type { AreaPiece } from './cut-areas.store.ts'

type Overall = Pick<
  FacilityResult,
  | 'limitMetres'
  | 'accessMetres'
  | 'stepMetres'
  | 'facilities'
  | 'total'
  | 'straight'
  | 'distances'
  | 'overlap'
  | 'accessibility'
>

/** Figures over all buildings. */
export function sumUp(cover: Cover, supply: 'capacity' | 'each'): Overall {
  const { question, answer, buildings, facilities, weights } = cover
  const { demand } = question.buildings
  const asked = [...answer.ratio.entries()].filter(([, ratio]) => !Number.isNaN(ratio))
  return {
    limitMetres: question.limitMetres,
    accessMetres: question.accessMetres,
    stepMetres: answer.stepMetres,
    facilities: {
      counted: facilities.length,
      onStreets: answer.sources.filter((source) => source).length,
      planned: facilities.filter(({ isPlanned }) => isPlanned).length,
    },
    total: countCover(buildings.keys(), weights, (building) => isCovered(cover, building)),
    straight: countCover(buildings.keys(), weights, (building) => answer.isNearStraight[building] === 1),
    distances: binDistances(answer.nearest.firstMetres, weights.households),
    overlap: countOverlap(answer.reachedBy),
    accessibility: {
      supply,
      supplied: asked.reduce((sum, [facility]) => sum + question.facilities.supply[facility]!, 0),
      ...sumAccessibility(buildings.keys(), demand, answer.accessibility),
    },
  }
}

/** What each of the distances covers, the shortest first. */
export const bandsOf = (
  { answer, buildings, weights }: Cover,
  pieces: readonly AreaPiece[],
): FacilityResult['bands'] =>
  answer.areas.map(({ metres }) => ({
    ...countCover(buildings.keys(), weights, (building) => answer.nearest.firstMetres[building]! <= metres),
    metres,
    squareMetres: sumOf(pieces, 'reach', metres),
  }))

export const sumOf = (pieces: readonly AreaPiece[], part: AreaPiece['part'], metres: number): number =>
  pieces.reduce(
    (sum, piece) => (piece.part === part && piece.metres === metres ? sum + piece.squareMetres : sum),
    0,
  )

export type CellKey = `${CellLayer} ${number}`

/** By cell of every level: buildings in reach that lie in it. */
export function sumCells(
  cover: Cover,
  cells: readonly Omit<CellShape, 'shape'>[],
): { byCell: ReadonlyMap<CellKey, CoverCellRow>; listed: FacilityResult['cells'] } {
  const { question, answer, buildings, weights } = cover
  const held = new Map<CellKey, number[]>(cells.map(({ level, id }) => [`${level} ${id}`, []]))
  for (const [building, row] of buildings.entries())
    for (const level of CELL_LAYERS) held.get(`${level} ${row[level] ?? 0}`)?.push(building)
  const rows = cells.map(({ level, id, code, name }): CoverCellRow => {
    const inside = held.get(`${level} ${id}`)!
    return {
      level,
      id,
      code,
      name,
      ...countCover(inside, weights, (building) => isCovered(cover, building)),
      accessibility: sumAccessibility(inside, question.buildings.demand, answer.accessibility).mean,
    }
  })
  const uncovered = (row: CoverCellRow) => (row.households ?? 0) - (row.coveredHouseholds ?? 0)
  rows.sort(
    (a, b) =>
      uncovered(b) - uncovered(a) ||
      b.buildings - b.coveredBuildings - (a.buildings - a.coveredBuildings) ||
      a.code.localeCompare(b.code),
  )
  const ofLevel = (level: CellLayer) => rows.filter((row) => row.level === level)
  return {
    byCell: new Map(rows.map((row) => [`${row.level} ${row.id}`, row])),
    listed: {
      rows: CELL_LAYERS.flatMap((level) => ofLevel(level).slice(0, MOST_CELL_ROWS)),
      totals: {
        communities: ofLevel('communities').length,
        grids: ofLevel('grids').length,
        'micro-grids': ofLevel('micro-grids').length,
      },
    },
  }
}

/** Metres of the streets that meet the area. */
export function sumStreets(
  streets: Streets,
  spans: ReachedSpans,
  roads: ReadonlySet<number> | undefined,
): FacilityResult['streets'] {
  const sums = { metres: 0, reachedMetres: 0 }
  for (const { metres, isReached } of streetRuns(streets, spans, roads)) {
    sums.metres += metres
    if (isReached) sums.reachedMetres += metres
  }
  return sums
}
