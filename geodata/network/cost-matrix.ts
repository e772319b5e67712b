import { alongEdge, metresTo, StreetSearch } from './street-search.ts'
import type { SnappedPoint, WalkGraph } from './walk-graph.ts'

/** Nodes that are settled between two steps: a millisecond or so. */
const STEP_NODES = 4000

/**
 * Metres along the streets from each place to each, row by row; Infinity where no street leads. The ways from what was
 * snapped to the streets are not in them.
 */
export function costMatrix(
  graph: WalkGraph,
  from: readonly SnappedPoint[],
  to: readonly SnappedPoint[],
): Float64Array {
  const steps = costMatrixSteps(graph, from, to)
  for (;;) {
    const { value, done } = steps.next()
    if (done) return value
  }
}

/** The same in short steps, between which something else may run. */
export function* costMatrixSteps(
  graph: WalkGraph,
  from: readonly SnappedPoint[],
  to: readonly SnappedPoint[],
): Generator<void, Float64Array> {
  const costs = new Float64Array(from.length * to.length)
  const isWanted = new Uint8Array(graph.nodeCount)
  let wanted = 0
  for (const { edge } of to)
    for (const node of [graph.edgeFrom[edge]!, graph.edgeTo[edge]!]) {
      wanted += 1 - isWanted[node]!
      isWanted[node] = 1
    }
  const search = new StreetSearch(graph)
  let settled = 0
  for (const [row, start] of from.entries()) {
    search.clear()
    search.startAt(start)
    let left = wanted
    while (left > 0) {
      const node = search.settle()
      if (node < 0) break
      left -= isWanted[node]!
      if (++settled % STEP_NODES === 0) yield
    }
    for (const [column, end] of to.entries())
      costs[row * to.length + column] = Math.min(metresTo(graph, search, end), alongEdge(graph, start, end))
  }
  return costs
}
