import type { Random } from '../demo/random.ts'
import type { CoverSets } from './cover-sets.ts'

/**
 * So many columns that reach every row, by local search with row weights (Gao, Weise and Li, 2015): a column is closed, a
 * row that is not reached is drawn and one of its columns is opened; rows that stay out grow heavier. Undefined when none
 * was found after some steps. `start`: columns to begin with.
 */
export function searchCover(
  { rows, columnsOf, rowsOf }: CoverSets,
  count: number,
  {
    random,
    steps,
    isOver,
    start = [],
  }: { random: Random; steps: number; isOver: () => boolean; start?: Iterable<number> },
): number[] | undefined {
  const columns = rowsOf.length
  const size = Math.min(count, columns)
  const isOpen = new Uint8Array(columns)
  const open: number[] = []
  const reached = new Int32Array(rows)
  const weight = new Float64Array(rows).fill(1)
  /** By closed column: the weight it would newly reach; by open column: minus the weight that only it reaches. */
  const score = new Float64Array(columns)
  const movedAt = new Int32Array(columns)
  const mayOpen = new Uint8Array(columns).fill(1)
  const out: number[] = []
  const placeOut = new Int32Array(rows).fill(-1)
  const addOut = (row: number) => {
    placeOut[row] = out.push(row) - 1
  }
  for (let row = 0; row < rows; row++) {
    addOut(row)
    for (const column of columnsOf[row]!) score[column]!++
  }
  const removeOut = (row: number) => {
    const place = placeOut[row]!
    const last = out.pop()!
    if (last !== row) {
      out[place] = last
      placeOut[last] = place
    }
    placeOut[row] = -1
  }
  const onlyOne = (row: number): number => {
    for (const column of columnsOf[row]!) if (isOpen[column]) return column
    return -1
  }
  const toggle = (column: number, step: number) => {
    score[column] = -score[column]!
    movedAt[column] = step
    const opening = !isOpen[column]
    if (opening) open.push(column)
    else open.splice(open.indexOf(column), 1)
    isOpen[column] = 0
    for (const row of rowsOf[column]!) {
      const rowWeight = weight[row]!
      const others = opening ? reached[row]! : reached[row]! - 1
      if (others === 0)
        for (const other of columnsOf[row]!) {
          if (other !== column) score[other]! += opening ? -rowWeight : rowWeight
          mayOpen[other] = 1
        }
      else if (others === 1) score[onlyOne(row)]! += opening ? rowWeight : -rowWeight
      if (opening && others === 0) removeOut(row)
      if (!opening && others === 0) addOut(row)
      reached[row] = opening ? others + 1 : others
    }
    isOpen[column] = opening ? 1 : 0
    mayOpen[column] = opening ? 1 : 0
  }

  for (const column of start) if (!isOpen[column] && open.length < size) toggle(column, 0)
  while (open.length < size) {
    let best = -1
    for (let column = 0; column < columns; column++)
      if (!isOpen[column] && (best < 0 || score[column]! > score[best]!)) best = column
    toggle(best, 0)
  }
  let banned = -1
  for (let step = 1; out.length > 0; step++) {
    if (size === 0 || step > steps || ((step & 31) === 0 && isOver())) return undefined
    let leaving = -1
    for (const column of open)
      if (
        column !== banned &&
        (leaving < 0 ||
          score[column]! > score[leaving]! ||
          (score[column] === score[leaving] && movedAt[column]! < movedAt[leaving]!))
      )
        leaving = column
    if (leaving < 0) leaving = banned
    toggle(leaving, step)
    let entering = -1
    for (const column of columnsOf[random.pick(out)]!)
      if (
        mayOpen[column] &&
        (entering < 0 ||
          score[column]! > score[entering]! ||
          (score[column] === score[entering] && movedAt[column]! < movedAt[entering]!))
      )
        entering = column
    if (entering < 0) entering = leaving
    toggle(entering, step)
    banned = entering
    for (const row of out) {
      weight[row]!++
      for (const column of columnsOf[row]!) score[column]!++
    }
  }
  return open
}
