import { reduceStreets } from './reduce-streets.ts'
import { alongEdge, LinkSearch } from './street-search.ts'
import type { SnappedPoint, StreetLengths } from './walk-graph.ts'

/** Nodes that are settled between two steps: a millisecond or so. */
const STEP_NODES = 4000

/**
 * Metres along the streets from each place to each, row by row; Infinity where no street leads. The ways from what was
 * snapped to the streets are not in them.
 */
export function costMatrix(
  graph: StreetLengths,
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
  graph: StreetLengths,
  from: readonly SnappedPoint[],
  to: readonly SnappedPoint[],
): Generator<void, Float64Array> {
  const costs = new Float64Array(from.length * to.length)
  const { edgeFrom, edgeTo, edgeMetres } = graph
  const isEnd = new Uint8Array(graph.nodeCount)
  for (const { edge } of [...from, ...to]) {
    isEnd[edgeFrom[edge]!] = 1
    isEnd[edgeTo[edge]!] = 1
  }
  const streets = reduceStreets(graph, isEnd)
  const isWanted = new Uint8Array(streets.nodeCount)
  let wanted = 0
  for (const { edge } of to)
    for (const end of [edgeFrom[edge]!, edgeTo[edge]!]) {
      const node = streets.nodeOf[end]!
      wanted += 1 - isWanted[node]!
      isWanted[node] = 1
    }
  const search = new LinkSearch(streets)
  let settled = 0
  for (const [row, start] of from.entries()) {
    const length = edgeMetres[start.edge]!
    const along = start.fraction * length
    search.clear()
    search.startAtNode(streets.nodeOf[edgeFrom[start.edge]!]!, along)
    search.startAtNode(streets.nodeOf[edgeTo[start.edge]!]!, length - along)
    let left = wanted
    while (left > 0) {
      const node = search.settle()
      if (node < 0) break
      left -= isWanted[node]!
      if (++settled % STEP_NODES === 0) yield
    }
    for (const [column, end] of to.entries()) {
      const length = edgeMetres[end.edge]!
      const along = end.fraction * length
      costs[row * to.length + column] = Math.min(
        search.metres[streets.nodeOf[edgeFrom[end.edge]!]!]! + along,
        search.metres[streets.nodeOf[edgeTo[end.edge]!]!]! + length - along,
        alongEdge(graph, start, end),
      )
    }
  }
  return costs
}
