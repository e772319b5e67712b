import type { RedrawCellRef } from '../../geodata/partition/redraw.schema.ts'
import type { RedrawnUnit } from '../../geodata/partition/redraw-unit.ts'
import type { BuildingRow, CellRow } from './redraw-inputs.store.ts'

/** A unit as it was read and as it was shared out. */
export interface ReadUnit {
  cell: CellRow
  standing: CellRow[]
  buildings: BuildingRow[]
  redrawn: RedrawnUnit
}

export const toRef = ({ layer, id, code, name, version }: CellRow): RedrawCellRef => ({
  layer,
  id,
  code,
  name,
  version,
})
