import { nearestMetres, type SitingProblem } from './siting-problem.ts'

/** Which of some sites reach which demands; demands that the same sites reach are one row. */
export interface CoverSets {
  /** Of the problem, by column. */
  sites: number[]
  rows: number
  /** By row: the columns that reach it. */
  columnsOf: Int32Array[]
  /** By column: the rows it reaches. */
  rowsOf: Int32Array[]
  /** By row: the sum of its demands' weights. */
  weights: Float64Array
  /** Weights of demands that a kept site reaches. */
  keptWeight: number
  /** Demands that no site reaches, and what they weigh. */
  beyond: number[]
  beyondWeight: number
}

/** Who is within some metres of which of the sites that are not kept; what kept sites reach is no row. */
export function coverSets(
  problem: SitingProblem,
  withinMetres: number,
  kept: readonly number[],
  isOut?: (demand: number) => boolean,
): CoverSets {
  const { demands, metres, weights, isKept, prices, limit } = problem
  const nearest = nearestMetres(problem, kept)
  const sites: number[] = []
  for (let site = 0; site < problem.sites; site++)
    if (!isKept[site] && prices[site]! <= limit * (1 + 1e-9)) sites.push(site)
  const found = new Map<string, number>()
  const columnsOf: number[][] = []
  const sums: number[] = []
  const beyond: number[] = []
  let beyondWeight = 0
  let keptWeight = 0
  for (let demand = 0; demand < demands; demand++) {
    if (isOut?.(demand)) continue
    if (nearest[demand]! <= withinMetres) {
      keptWeight += weights[demand]!
      continue
    }
    const columns: number[] = []
    for (const [column, site] of sites.entries())
      if (metres[site * demands + demand]! <= withinMetres) columns.push(column)
    if (columns.length === 0) {
      beyond.push(demand)
      beyondWeight += weights[demand]!
      continue
    }
    const key = columns.join()
    const row = found.get(key)
    if (row === undefined) {
      found.set(key, columnsOf.length)
      columnsOf.push(columns)
      sums.push(weights[demand]!)
    } else sums[row]! += weights[demand]!
  }
  return {
    sites,
    ...turned(columnsOf, sites.length),
    weights: Float64Array.from(sums),
    keptWeight,
    beyond,
    beyondWeight,
  }
}

const turned = (columnsOf: readonly ArrayLike<number>[], columns: number) => {
  const rowsOf = Array.from({ length: columns }, (): number[] => [])
  for (const [row, list] of columnsOf.entries())
    for (let at = 0; at < list.length; at++) rowsOf[list[at]!]!.push(row)
  return {
    rows: columnsOf.length,
    columnsOf: columnsOf.map((list) => Int32Array.from(list)),
    rowsOf: rowsOf.map((list) => Int32Array.from(list)),
  }
}

/**
 * What is left to decide when everything is to be covered at the least price: a row whose columns hold all columns of
 * another is covered with it, a column whose rows another reaches for no more is not needed.
 */
export function reduceCover(
  sets: CoverSets,
  prices: readonly number[],
): { sets: CoverSets; columns: number[] } {
  let columnsOf: Int32Array[] = sets.columnsOf
  let columns = sets.sites.map((_, column) => column)
  for (let before = -1; before !== columns.length + columnsOf.length; ) {
    before = columns.length + columnsOf.length
    columnsOf = smallest(columnsOf, columns.length)
    const { rowsOf } = turned(columnsOf, columns.length)
    const stay = largest(
      rowsOf,
      columnsOf.length,
      columns.map((column) => prices[column]!),
    )
    if (stay.length === columns.length) break
    const numberOf = new Map(stay.map((column, at) => [column, at]))
    columnsOf = columnsOf.map((list) =>
      Int32Array.from([...list].flatMap((column) => numberOf.get(column) ?? [])),
    )
    columns = stay.map((at) => columns[at]!)
  }
  return {
    columns,
    sets: {
      ...sets,
      sites: columns.map((column) => sets.sites[column]!),
      ...turned(columnsOf, columns.length),
      weights: new Float64Array(columnsOf.length).fill(1),
    },
  }
}

const bitsOf = (lists: readonly Int32Array[], width: number): Int32Array[] =>
  lists.map((list) => {
    const bits = new Int32Array((width + 31) >> 5)
    for (const at of list) bits[at >> 5]! |= 1 << (at & 31)
    return bits
  })

function holds(larger: Int32Array, smaller: Int32Array): boolean {
  for (let at = 0; at < smaller.length; at++) if ((smaller[at]! & ~larger[at]!) !== 0) return false
  return true
}

/** Rows that hold no other row; of equals the first. */
function smallest(lists: readonly Int32Array[], width: number): Int32Array[] {
  const bits = bitsOf(lists, width)
  const order = [...lists.keys()].sort((a, b) => lists[a]!.length - lists[b]!.length || a - b)
  const stay: number[] = []
  for (const row of order) if (!stay.some((other) => holds(bits[row]!, bits[other]!))) stay.push(row)
  return stay.sort((a, b) => a - b).map((row) => lists[row]!)
}

/** Columns that no other holds for at most their price; of equals the first. */
function largest(lists: readonly Int32Array[], width: number, prices: readonly number[]): number[] {
  const bits = bitsOf(lists, width)
  const order = [...lists.keys()].sort(
    (a, b) => lists[b]!.length - lists[a]!.length || prices[a]! - prices[b]! || a - b,
  )
  const stay: number[] = []
  for (const column of order)
    if (
      lists[column]!.length > 0 &&
      !stay.some((other) => prices[other]! <= prices[column]! && holds(bits[other]!, bits[column]!))
    )
      stay.push(column)
  return stay.sort((a, b) => a - b)
}
