import { type CoveringDepartment, coversCell, narrowestCell } from './covering-cell.ts'
import { type CaseOwners, type Category, categoryKey, type OwnerReason } from './department.schema.ts'

/** How the last cases like this one went: who handled how many of them, and how many in time. */
export interface OwnerHistory {
  /** Of the same community; false: of the whole area, since there were too few. */
  near: boolean
  /** All of them. */
  of: number
  handled: ReadonlyMap<number, { handled: number; inTime: number }>
}

export interface CaseToOwn {
  category: Category
  /** The innermost cell that holds it; null outside every cell. */
  cellCode: string | null
  severity: string
}

/** Points of the rules; to rank by, nothing more. Covering it, and covering it more narrowly, goes before any history. */
const COVERS = 100
/** For each level of the narrowest cell that holds it: community, grid, micro-grid. */
const NARROWER: Record<number, number> = { 12: 100, 15: 200, 17: 300 }
const ALIKE = 50
const IN_TIME = 20
/** Without covering it, a department is suggested when it handled so much of what was like it. */
const SURE_SHARE = 0.5
const LEAST_CASES = 3
const URGENT = ['high', 'critical']

/**
 * Departments for a case, the likeliest first, with reasons: who covers its category and place, who handled the last like
 * it, and, where it is urgent, who was in time. Those without a reason come last. Of several that cover it alike, and handled it
 * alike, none is suggested. Departments: those that are given cases.
 */
export function suggestOwners(
  { category, cellCode, severity }: CaseToOwn,
  departments: readonly CoveringDepartment[],
  history: OwnerHistory,
): CaseOwners {
  const key = categoryKey(category)
  const ranked = departments.map((department) => {
    const reasons: OwnerReason[] = []
    let score = 0
    const digits = department.categories.has(key) ? coversCell(department, cellCode) : undefined
    if (digits !== undefined) {
      score += COVERS + (NARROWER[digits] ?? 0)
      const cell = department.area && narrowestCell(department.area, cellCode)
      reasons.push(cell ? { code: 'covers-cell', cell: cell.name } : { code: 'covers-everywhere' })
    }
    const past = history.handled.get(department.id)
    if (past && history.of > 0) {
      score += (ALIKE * past.handled) / history.of
      reasons.push({ code: 'handled-alike', handled: past.handled, of: history.of, near: history.near })
      if (URGENT.includes(severity)) {
        score += (IN_TIME * past.inTime) / past.handled
        reasons.push({ code: 'in-time', inTime: past.inTime, of: past.handled })
      }
    }
    const { id, name } = department
    return {
      department: { id, name },
      score: Math.round(score * 10) / 10,
      covers: digits !== undefined,
      digits,
      reasons,
    }
  })
  ranked.sort((a, b) => b.score - a.score || a.department.id - b.department.id)
  const [first, second] = ranked
  const past = first && history.handled.get(first.department.id)
  const isSure =
    first !== undefined &&
    first.score !== second?.score &&
    (first.covers ||
      (past !== undefined && past.handled >= LEAST_CASES && past.handled / history.of >= SURE_SHARE))
  const narrowest = Math.max(...ranked.map(({ digits }) => digits ?? -1), -1)
  return {
    owners: ranked.map(({ digits: _, ...owner }) => owner),
    suggested: isSure ? first.department.id : null,
    conflict: ranked.filter(({ digits }) => digits === narrowest && narrowest >= 0).length > 1,
  }
}
