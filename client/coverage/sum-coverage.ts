import type { CoverageRow } from '../../geodata/figures/figures.schema.ts'

export interface CoverageSums {
  cells: number
  cellsWithout: number
  facilities: number
  notInService: number
  /** null: no cell has a known figure. */
  households: number | null
  householdsWithout: number
  unknownBuildings: number
}

/** The rows in all. What is unknown is left out of the sums and counted apart, never taken for zero. */
export function sumCoverage(rows: readonly CoverageRow[]): CoverageSums {
  const known = rows.filter((row) => row.households !== null)
  const households = (of: readonly CoverageRow[]) => of.reduce((sum, row) => sum + (row.households ?? 0), 0)
  return {
    cells: rows.length,
    cellsWithout: rows.filter((row) => row.facilities === 0).length,
    facilities: rows.reduce((sum, row) => sum + row.facilities, 0),
    notInService: rows.reduce((sum, row) => sum + row.notInService, 0),
    households: rows.length > 0 && known.length === 0 ? null : households(known),
    householdsWithout: households(known.filter((row) => row.facilities === 0)),
    unknownBuildings: rows.reduce((sum, row) => sum + row.householdsUnknown, 0),
  }
}
