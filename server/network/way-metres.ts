import { costMatrixSteps } from '../../geodata/network/cost-matrix.ts'
import type { SnappedPoint, StreetLengths } from '../../geodata/network/walk-graph.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'

/** Places and where they stand on the streets; undefined: no street is near enough. */
export interface WaysQuestion {
  from: readonly LngLat[]
  starts: readonly (SnappedPoint | undefined)[]
  to: readonly LngLat[]
  ends: readonly (SnappedPoint | undefined)[]
}

/**
 * Metres from each place to each, row by row, with the straight ways to the streets; 0 between the same places, Infinity
 * where there is no way. In short steps, between which something else may run.
 */
export function* wayMetres(
  graph: StreetLengths,
  { from, starts, to, ends }: WaysQuestion,
): Generator<void, Float64Array> {
  // Places without a street take no part; the others' costs are put where they belong.
  const [rows, columns] = [indexesOf(starts), indexesOf(ends)]
  const costs = yield* costMatrixSteps(
    graph,
    rows.map((row) => starts[row]!),
    columns.map((column) => ends[column]!),
  )
  const metres = new Float64Array(from.length * to.length).fill(Number.POSITIVE_INFINITY)
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries())
      metres[row * to.length + column] =
        starts[row]!.distanceMetres + costs[i * columns.length + j]! + ends[column]!.distanceMetres
    yield
  }
  for (const [row, a] of from.entries()) {
    for (const [column, b] of to.entries()) if (isSame(a, b)) metres[row * to.length + column] = 0
    yield
  }
  return metres
}

const indexesOf = (snapped: readonly (SnappedPoint | undefined)[]) =>
  snapped.flatMap((at, index) => (at ? [index] : []))

export const isSame = (a: LngLat, b: LngLat) => a[0] === b[0] && a[1] === b[1]
