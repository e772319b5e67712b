import type { FacilityKind } from '../../geodata/facilities/facility.schema.ts'
import type { CoverageRow, HazardFigures, PatrolFigures } from '../../geodata/figures/figures.schema.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import { requestJson, withQuery } from './request.ts'

const API = '/api/v1/figures'

export const getHazardFigures = (cells: CellLayer) =>
  requestJson<HazardFigures>(withQuery(`${API}/hazards`, { cells }))

export const getPatrolFigures = (cells: CellLayer) =>
  requestJson<PatrolFigures>(withQuery(`${API}/patrols`, { cells }))

export const getCoverage = (kind: FacilityKind, cells: CellLayer) =>
  requestJson<{ cells: CoverageRow[] }>(withQuery(`${API}/coverage`, { kind, cells })).then(
    (answer) => answer.cells,
  )
