import type { AnalysisFeature } from '../../../geodata/coverage/analysis.schema.ts'
import { refuseMove } from '../../../geodata/partition/correct-parts.ts'

/** Pieces of ground with their buildings, by place in the list, and who is beside whom. */
export interface Pieces {
  features: readonly AnalysisFeature[]
  weight: Float64Array
  buildings: Int32Array
  ids: readonly (readonly number[])[]
  names: readonly string[]
  graph: { start: Int32Array; neighbour: Int32Array; metres: Float64Array }
  /** The cell of each in the alternative that is corrected, from 0. */
  cells: Int32Array
}

/** Pieces as the server lists them, in the order of their numbers. */
export function readPieces(features: readonly AnalysisFeature[], alternative: number): Pieces {
  const rows = features.map(({ properties }) => ({
    weight: Number(properties.weight),
    buildings: Number(properties.buildings),
    ids: numbers(properties.ids),
    name: typeof properties.name === 'string' ? properties.name : `#${numbers(properties.ids)[0] ?? ''}`,
    cell: Number(properties[`cell${alternative}`]) - 1,
    beside: Array.isArray(properties.beside) ? properties.beside.map(numbers) : [],
  }))
  const start = new Int32Array(rows.length + 1)
  rows.forEach(({ beside }, i) => {
    start[i + 1] = start[i]! + beside.length
  })
  const all = rows.flatMap(({ beside }) => beside)
  return {
    features,
    weight: Float64Array.from(rows, ({ weight }) => weight),
    buildings: Int32Array.from(rows, ({ buildings }) => buildings),
    ids: rows.map(({ ids }) => ids),
    names: rows.map(({ name }) => name),
    graph: {
      start,
      neighbour: Int32Array.from(all, ([piece]) => piece!),
      metres: Float64Array.from(all, ([, metres]) => metres!),
    },
    cells: Int32Array.from(rows, ({ cell }) => cell),
  }
}

const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : [])

export interface CellSum {
  weight: number
  buildings: number
}

export function sumCells({ weight, buildings }: Pieces, cells: Int32Array): CellSum[] {
  const sums: CellSum[] = []
  cells.forEach((cell, piece) => {
    sums[cell] ??= { weight: 0, buildings: 0 }
    sums[cell].weight += weight[piece]!
    sums[cell].buildings += buildings[piece]!
  })
  return sums
}

/** Pieces that may come to a cell, at most `most`. */
export function movableTo({ graph }: Pieces, cells: Int32Array, to: number, most: number): number[] {
  const near = new Set<number>()
  cells.forEach((cell, piece) => {
    if (cell !== to) return
    for (let row = graph.start[piece]!; row < graph.start[piece + 1]!; row++)
      if (cells[graph.neighbour[row]!] !== to) near.add(graph.neighbour[row]!)
  })
  const found: number[] = []
  for (const piece of near) {
    if (found.length >= most) break
    if (refuseMove(graph, cells, piece, to) === undefined) found.push(piece)
  }
  return found
}

/** Building ids of every cell, as a question gives them. */
export function toGiven({ ids }: Pieces, cells: Int32Array): number[][] {
  const given: number[][] = []
  cells.forEach((cell, piece) => {
    given[cell] ??= []
    given[cell].push(...ids[piece]!)
  })
  return given.filter((cell) => cell !== undefined && cell.length > 0)
}
