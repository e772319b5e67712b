/** A cell that a department covers, or the place of a case: codes from the outside in begin alike. */
export interface CoveredCell {
  code: string
  name: string
}

export interface CoveringDepartment {
  id: number
  name: string
  /** undefined: the whole area. */
  area: readonly CoveredCell[] | undefined
  /** categoryKey of what it handles. */
  categories: ReadonlySet<string>
}

/** How narrowly a department covers a cell: digits of the narrowest of its cells that holds it, 0 for the whole area; undefined: not at all. */
export function coversCell({ area }: CoveringDepartment, code: string | null): number | undefined {
  if (area === undefined) return 0
  return narrowestCell(area, code)?.code.length
}

export function narrowestCell(area: readonly CoveredCell[], code: string | null): CoveredCell | undefined {
  if (code === null) return undefined
  let narrowest: CoveredCell | undefined
  for (const cell of area)
    if (code.startsWith(cell.code) && cell.code.length > (narrowest?.code.length ?? 0)) narrowest = cell
  return narrowest
}
