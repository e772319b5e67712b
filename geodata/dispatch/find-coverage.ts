import { type CoveredCell, type CoveringDepartment, coversCell } from './covering-cell.ts'
import { type Category, categoryKey, type DispatchCoverage } from './department.schema.ts'

type Row = DispatchCoverage['categories'][number]

/**
 * Which categories nobody covers where, and where several cover one alike. In a conflict are departments whose areas are of
 * the same level: a narrower one goes before a wider one, which is no conflict. Departments: those that are given cases.
 */
export function findCoverage(
  departments: readonly CoveringDepartment[],
  grids: readonly CoveredCell[],
  categories: readonly Category[],
): Row[] {
  return categories.map((category) => {
    const key = categoryKey(category)
    const able = departments.filter((department) => department.categories.has(key))
    const gaps: Row['gaps'] = []
    const conflicts = new Map<string, Row['conflicts'][number]>()
    for (const grid of grids) {
      const narrow = able.map((department) => coversCell(department, grid.code))
      const narrowest = Math.max(...narrow.map((digits) => digits ?? -1), -1)
      if (narrowest < 0) {
        const partly = able.some(({ area }) => area?.some(({ code }) => code.startsWith(grid.code)) ?? false)
        gaps.push({ code: grid.code, name: grid.name, partly })
        continue
      }
      const alike = able.filter((_, at) => narrow[at] === narrowest)
      if (alike.length < 2) continue
      const ids = alike.map(({ id }) => id).join()
      const known = conflicts.get(ids)
      if (known) known.grids.push(grid.code)
      else
        conflicts.set(ids, {
          departments: alike.map(({ id, name }) => ({ id, name })),
          grids: [grid.code],
        })
    }
    return { category, grids: grids.length, gaps, conflicts: [...conflicts.values()] }
  })
}
