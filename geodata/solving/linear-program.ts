/**
 * A linear program whose columns may have to be whole: least (or most) c·x with rowLower ≤ A·x ≤ rowUpper and
 * lower ≤ x ≤ upper. A stands row by row.
 */
export interface LinearProgram {
  sense: 'least' | 'most'
  cost: number[]
  lower: number[]
  upper: number[]
  isWhole: boolean[]
  /** By row, and one more: where its entries begin. */
  rowStart: number[]
  rowColumn: number[]
  rowValue: number[]
  rowLower: number[]
  rowUpper: number[]
}

export interface ProgramAnswer {
  /** `found`: time was up before the proof. `none`: time was up before anything was found. */
  state: 'optimal' | 'found' | 'none' | 'infeasible' | 'unbounded'
  /** By column; empty when nothing was found. */
  values: Float64Array
  value: number
  /** No solution is better than this; infinite when nothing is proven. */
  bound: number
}

export interface ProgramLimits {
  seconds: number
  /** Asked now and then; true ends the search. */
  isOver?: () => boolean
  /** Values of all columns to begin with; better ones are looked for. */
  start?: ArrayLike<number>
}

/**
 * An exact solver of such programs. A port: what is pure states the program, who runs it hands the solver in
 * (server/platform/open-solver.ts).
 */
export type SolveProgram = (program: LinearProgram, limits: ProgramLimits) => ProgramAnswer

export const emptyProgram = (sense: LinearProgram['sense']): LinearProgram => ({
  sense,
  cost: [],
  lower: [],
  upper: [],
  isWhole: [],
  rowStart: [0],
  rowColumn: [],
  rowValue: [],
  rowLower: [],
  rowUpper: [],
})

/** Adds a column and tells its number; `whole` columns take whole values only. */
export function addColumn(
  program: LinearProgram,
  cost: number,
  { lower = 0, upper = 1, isWhole = false } = {},
): number {
  program.lower.push(lower)
  program.upper.push(upper)
  program.isWhole.push(isWhole)
  return program.cost.push(cost) - 1
}

/** Adds lower ≤ Σ value · column ≤ upper; no column stands in it twice. */
export function addRow(
  program: LinearProgram,
  lower: number,
  upper: number,
  entries: Iterable<readonly [column: number, value: number]>,
): void {
  for (const [column, value] of entries) {
    program.rowColumn.push(column)
    program.rowValue.push(value)
  }
  program.rowStart.push(program.rowColumn.length)
  program.rowLower.push(lower)
  program.rowUpper.push(upper)
}
