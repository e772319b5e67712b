import openHighs, { type HighsCallbackMap } from 'highs'
import type { LinearProgram, ProgramAnswer, SolveProgram } from '../../geodata/solving/linear-program.ts'

/**
 * HiGHS as WebAssembly, in this thread: it blocks it while it solves, so it belongs into a worker. Its wasm file lies
 * beside its module. Proven is what is within a millionth of its bound.
 */
export async function openSolver(): Promise<SolveProgram> {
  const highs = await openHighs()
  const { modelStatus, callbackType, objectiveSense } = highs.constants
  return (program, { seconds, isOver = () => false, start }) => {
    if (seconds <= 0) return nothing(program, 'none')
    const model = highs.createModel({
      numCols: program.cost.length,
      numRows: program.rowLower.length,
      sense: program.sense === 'least' ? objectiveSense.minimize : objectiveSense.maximize,
      colCost: program.cost,
      colLower: program.lower,
      colUpper: program.upper,
      rowLower: program.rowLower,
      rowUpper: program.rowUpper,
      matrix: {
        format: 'csr',
        numRows: program.rowLower.length,
        numCols: program.cost.length,
        starts: program.rowStart,
        indices: program.rowColumn,
        values: program.rowValue,
      },
      integrality: program.isWhole.map((whole) => (whole ? 1 : 0)),
    })
    try {
      model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 1e-9, mip_abs_gap: 1e-6 })
      if (start) model.setSolution({ colValue: Float64Array.from(start) })
      const stopWhenOver = (event: { interrupt(): void }) => {
        if (isOver()) event.interrupt()
        return undefined
      }
      const callbacks: HighsCallbackMap = {
        [callbackType.simplexInterrupt]: stopWhenOver,
        [callbackType.ipmInterrupt]: stopWhenOver,
        [callbackType.mipInterrupt]: stopWhenOver,
      }
      model.run(callbacks)
      const status = model.getModelStatus()
      if (status === modelStatus.infeasible) return nothing(program, 'infeasible')
      if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible)
        return nothing(program, 'unbounded')
      const isOptimal = status === modelStatus.optimal
      const isMip = program.isWhole.some(Boolean)
      const hasSolution = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible
      const value = model.getObjectiveValue()
      return {
        state: isOptimal ? 'optimal' : hasSolution && isMip ? 'found' : 'none',
        values: isOptimal || hasSolution ? model.getSolution().colValue : new Float64Array(0),
        value,
        bound: isMip ? Number(model.info.get('mip_dual_bound')) : isOptimal ? value : nothingProven(program),
      }
    } finally {
      model.dispose()
    }
  }
}

const nothingProven = ({ sense }: LinearProgram): number =>
  sense === 'least' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY

const nothing = (program: LinearProgram, state: ProgramAnswer['state']): ProgramAnswer => ({
  state,
  values: new Float64Array(0),
  value: Number.NaN,
  bound: nothingProven(program),
})
