import {
  addColumn,
  addRow,
  emptyProgram,
  type LinearProgram,
  type SolveProgram,
} from '../solving/linear-program.ts'

export interface AssignQuestion {
  /** By target: households, and the number of who has it now (-1: nobody). */
  households: number[]
  holderNow: number[]
  /** By holder: what they have beside the targets asked about, and keep. */
  keptTargets: number[]
  keptHouseholds: number[]
  maxTargets: number
  /** null: no limit */
  maxHouseholds: number | null
  prefer: 'near' | 'even'
  /** What a change of hands costs, in metres. */
  changeMetres: number
  /** From each holder to each target, holder by holder; Infinity: no way, which only a limit can make necessary. */
  metres: Float64Array
}

export interface Assignment {
  /** By target: the number of its holder, -1 for nobody. */
  holderOf: Int32Array
  /** No other is better. */
  isProven: boolean
}

/** What no street leads to is farther than anything that one does. */
const NO_WAY_METRES = 50_000
/** More pairs than these: each target is offered to the nearest holders alone, to more of them when that leaves gaps. */
const MANY_PAIRS = 20_000
const FEW_HOLDERS = 12
/** An even load is one that is at most so much above the least that can be. */
const EVEN_ENOUGH = 1.02

/**
 * Hands targets to holders within their limits: first as many as can be, then (`even`) with the least greatest load, then
 * with the fewest metres and changes. Exact, unless `seconds` are over or the pairs are too many to offer all of them.
 */
export function assignDuties(
  question: AssignQuestion,
  solve: SolveProgram,
  { seconds, isOver = () => false }: { seconds: number; isOver?: () => boolean },
): Assignment {
  const [targets, holders] = [question.households.length, question.keptTargets.length]
  const none = { holderOf: new Int32Array(targets).fill(-1), isProven: true }
  if (targets === 0 || holders === 0) return none
  let width = targets * holders > MANY_PAIRS ? Math.min(FEW_HOLDERS, holders) : holders
  for (;;) {
    const answer = assignAmong(question, width, solve, { seconds, isOver })
    const isComplete = answer.holderOf.every((holder) => holder >= 0)
    if (isComplete || width === holders || isOver())
      return { ...answer, isProven: answer.isProven && width === holders }
    width = Math.min(holders, width * 4)
  }
}

interface Offers {
  program: LinearProgram
  /** By column. */
  target: number[]
  holder: number[]
  columnsOf: number[][]
}

function assignAmong(
  question: AssignQuestion,
  width: number,
  solve: SolveProgram,
  limits: { seconds: number; isOver: () => boolean },
): Assignment {
  const offers = offer(question, width)
  const { program } = offers
  const each = { ...limits, seconds: limits.seconds / (question.prefer === 'even' ? 3 : 2) }
  const costs = program.cost
  // As many as can be.
  program.cost = costs.map(() => -1)
  let best = solve(program, each)
  let isProven = best.state === 'optimal'
  if (best.values.length === 0)
    return { holderOf: new Int32Array(question.households.length).fill(-1), isProven: false }
  const assigned = best.values.reduce((sum, value) => sum + Math.round(value), 0)
  addRow(
    program,
    assigned,
    Number.POSITIVE_INFINITY,
    costs.map((_, column) => [column, 1] as const),
  )
  if (question.prefer === 'even') {
    const evened = even(question, offers, solve, each, best.values)
    isProven &&= evened.isProven
    best = evened.best
  }
  program.cost = [...costs, ...program.cost.slice(costs.length).map(() => 0)]
  const near = solve(program, { ...each, start: best.values })
  isProven &&= near.state === 'optimal'
  return { holderOf: readHolders(offers, near.values.length > 0 ? near.values : best.values), isProven }
}

/** A column for each target and each holder that it is offered to, and rows for the limits. */
function offer(question: AssignQuestion, width: number): Offers {
  const { households, holderNow, keptTargets, keptHouseholds, maxTargets, maxHouseholds, metres } = question
  const holders = keptTargets.length
  const program = emptyProgram('least')
  const offers: Offers = {
    program,
    target: [],
    holder: [],
    columnsOf: Array.from({ length: holders }, () => []),
  }
  for (const [target, homes] of households.entries()) {
    const far = (holder: number) => Math.min(metres[holder * households.length + target]!, NO_WAY_METRES)
    const near = Array.from({ length: holders }, (_, holder) => holder).sort(
      (a, b) => far(a) - far(b) || a - b,
    )
    const offered = near.filter((holder, at) => at < width || holder === holderNow[target])
    const columns = offered.map((holder) => {
      const isChange = holderNow[target]! >= 0 && holderNow[target] !== holder
      const fits = homes + keptHouseholds[holder]! <= (maxHouseholds ?? Number.POSITIVE_INFINITY)
      const column = addColumn(program, far(holder) + (isChange ? question.changeMetres : 0), {
        isWhole: true,
        upper: fits ? 1 : 0,
      })
      offers.target.push(target)
      offers.holder.push(holder)
      offers.columnsOf[holder]!.push(column)
      return column
    })
    addRow(
      program,
      0,
      1,
      columns.map((column) => [column, 1] as const),
    )
  }
  for (const [holder, columns] of offers.columnsOf.entries()) {
    addRow(
      program,
      0,
      Math.max(0, maxTargets - keptTargets[holder]!),
      columns.map((column) => [column, 1] as const),
    )
    if (maxHouseholds !== null)
      addRow(
        program,
        0,
        Math.max(0, maxHouseholds - keptHouseholds[holder]!),
        columns.map((column) => [column, households[offers.target[column]!]!] as const),
      )
  }
  return offers
}

/** Finds the least greatest load and leaves a row for each holder that keeps it. */
function even(
  question: AssignQuestion,
  { program, target, columnsOf }: Offers,
  solve: SolveProgram,
  limits: { seconds: number; isOver: () => boolean },
  start: Float64Array,
) {
  const { households, keptTargets, keptHouseholds } = question
  const byHomes = households.some((homes) => homes > 0)
  const kept = byHomes ? keptHouseholds : keptTargets
  const weight = (column: number) => (byHomes ? households[target[column]!]! : 1)
  program.cost = program.cost.map(() => 0)
  const most = addColumn(program, 1, { upper: Number.POSITIVE_INFINITY })
  for (const [holder, columns] of columnsOf.entries())
    addRow(program, kept[holder]!, Number.POSITIVE_INFINITY, [
      [most, 1],
      ...columns.map((column) => [column, -weight(column)] as const),
    ])
  const load = (values: ArrayLike<number>) =>
    Math.max(
      ...columnsOf.map((columns, holder) =>
        columns.reduce((sum, column) => sum + Math.round(values[column]!) * weight(column), kept[holder]!),
      ),
    )
  const found = solve(program, { ...limits, start: [...start, load(start)] })
  const values = found.values.length > 0 ? found.values : Float64Array.from([...start, load(start)])
  program.upper[most] = load(values) * EVEN_ENOUGH
  return { best: { ...found, values }, isProven: found.state === 'optimal' }
}

function readHolders({ target, holder }: Offers, values: Float64Array): Int32Array {
  const holderOf = new Int32Array(target.length === 0 ? 0 : Math.max(...target) + 1).fill(-1)
  for (const [column, at] of target.entries()) if (values[column]! > 0.5) holderOf[at] = holder[column]!
  return holderOf
}
