/** Lines of one alarm, and the least widths at which two are enough and at which they hold the deadline too, in the smallest type. */
const LINE_EM = 1.3
const GAP_EM = 0.6
const TWO_LINES_FROM_EM = 17
const DEADLINE_FROM_EM = 24
/** Columns that are narrower than this would cut every title. */
const COLUMN_EM = 14

type Lines = 1 | 2 | 3

export interface Rows {
  columns: number
  /** Lines of a row. */
  lines: Lines
  hasDeadline: boolean
  /** How many there are room for. */
  count: number
}

/**
 * Pure: how many rows fit, whole ones only. More than fit are counted, never made smaller; few have more lines, so that
 * nothing of them is cut; and where there is no room for a usual one, one with fewer lines is still whole.
 */
export function fitRows(widthEm: number, heightEm: number, isGrouped: boolean, wanted: number): Rows {
  const columns = Math.min(Math.max(1, Math.floor(widthEm / COLUMN_EM)), Math.max(1, wanted))
  const columnEm = widthEm / columns
  const perColumn = (lines: Lines) => Math.floor((heightEm + 1e-6) / (lines * LINE_EM + GAP_EM))
  const usual: Lines = isGrouped ? 1 : columnEm >= TWO_LINES_FROM_EM ? 2 : 3
  const fewer = ([3, 2, 1] as const).filter((lines) => lines <= usual)
  const lines =
    !isGrouped && perColumn(3) * columns >= wanted ? 3 : (fewer.find((lines) => perColumn(lines) > 0) ?? 1)
  return {
    columns,
    lines,
    hasDeadline: columnEm >= DEADLINE_FROM_EM,
    count: columns * Math.max(1, perColumn(lines)),
  }
}

const MOST_FOOT_LINES = 2
const FOOT_GAP_EM = 0.2

/** Pure: lines below the list, as many as leave room for a whole alarm of two lines. */
export const footLines = (heightEm: number): number =>
  Math.min(
    MOST_FOOT_LINES,
    Math.max(0, Math.floor((heightEm - 2 * LINE_EM - GAP_EM - FOOT_GAP_EM) / LINE_EM)),
  )
