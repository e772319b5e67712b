import type { FacilityKind } from '../../geodata/facilities/facility.schema.ts'
import { requestJson, withQuery } from './request.ts'

const API = '/api/v1/figures'

export const CELL_LAYERS = ['communities', 'grids', 'micro-grids'] as const
export type CellLayer = (typeof CELL_LAYERS)[number]

interface CellName {
  id: number
  code: string
  name: string
}

export interface HazardCounts {
  open: number
  overdue: number
  dueSoon: number
  noDeadline: number
}
export interface HazardFigures extends HazardCounts {
  /** Instant that overdue is measured against. */
  at: string
  total: number
  outside: HazardCounts
  /** Worst first; cells without an open hazard are left out. */
  cells: (CellName & HazardCounts)[]
}

export interface PatrolCounts {
  checkpoints: number
  visitsPerDay: number
  serviceMinutesPerDay: number
}
export interface PatrolFigures extends PatrolCounts {
  byRisk: (PatrolCounts & { risk: string })[]
  outside: PatrolCounts
  /** Most visits first; cells without a checkpoint are left out. */
  cells: (CellName & PatrolCounts)[]
}

export interface CoverageRow extends CellName {
  buildings: number
  /** null: there are buildings and none has a figure. */
  households: number | null
  householdsUnknown: number
  /** In service. */
  facilities: number
  notInService: number
}

export const getHazardFigures = (cells: CellLayer) =>
  requestJson<HazardFigures>(withQuery(`${API}/hazards`, { cells }))

export const getPatrolFigures = (cells: CellLayer) =>
  requestJson<PatrolFigures>(withQuery(`${API}/patrols`, { cells }))

export const getCoverage = (kind: FacilityKind, cells: CellLayer) =>
  requestJson<{ cells: CoverageRow[] }>(withQuery(`${API}/coverage`, { kind, cells })).then(
    (answer) => answer.cells,
  )
