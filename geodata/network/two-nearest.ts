import { NodeHeap } from './node-heap.ts'
import { alongEdge } from './street-search.ts'
import type { SnappedPoint, StreetLengths } from './walk-graph.ts'

/** By node: the nearest source and the nearest other one, -1 and Infinity where there is none. */
export interface TwoNearest {
  first: Int32Array
  firstMetres: Float64Array
  second: Int32Array
  secondMetres: Float64Array
}

/** Of one place. */
export interface NearestPair {
  first: number
  firstMetres: number
  second: number
  secondMetres: number
}

/**
 * The nearest and the second nearest of many sources by node, in one search: Dijkstra's algorithm in which a node may be
 * settled twice, by two sources. Metres hold the straight way from the source to its street. Of equals the one met first.
 */
export function twoNearest(graph: StreetLengths, sources: readonly SnappedPoint[]): TwoNearest {
  const { nodeCount, edgeFrom, edgeTo, edgeMetres, linkStart, linkNode, linkMetres } = graph
  const first = new Int32Array(nodeCount).fill(-1)
  const second = new Int32Array(nodeCount).fill(-1)
  const firstMetres = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY)
  const secondMetres = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY)
  // Twice the node: its nearest; one more: its second nearest.
  const heap = new NodeHeap(nodeCount * 2)
  const meet = (node: number, source: number, metres: number) => {
    if (metres < firstMetres[node]!) {
      if (source !== first[node] && first[node]! >= 0) {
        second[node] = first[node]!
        secondMetres[node] = firstMetres[node]!
        heap.put(node * 2 + 1, secondMetres[node]!)
      }
      first[node] = source
      firstMetres[node] = metres
      heap.put(node * 2, metres)
    } else if (source !== first[node] && metres < secondMetres[node]!) {
      second[node] = source
      secondMetres[node] = metres
      heap.put(node * 2 + 1, metres)
    }
  }
  for (const [source, { edge, fraction, distanceMetres }] of sources.entries()) {
    const along = fraction * edgeMetres[edge]!
    meet(edgeFrom[edge]!, source, distanceMetres + along)
    meet(edgeTo[edge]!, source, distanceMetres + edgeMetres[edge]! - along)
  }
  for (let label = heap.take(); label >= 0; label = heap.take()) {
    const node = label >> 1
    const isSecond = (label & 1) === 1
    const source = isSecond ? second[node]! : first[node]!
    const metres = isSecond ? secondMetres[node]! : firstMetres[node]!
    for (let link = linkStart[node]!; link < linkStart[node + 1]!; link++)
      meet(linkNode[link]!, source, metres + linkMetres[link]!)
  }
  return { first, firstMetres, second, secondMetres }
}

/** Sources by the edge on which they stand: those reached without passing a node. */
export function sourcesByEdge(sources: readonly SnappedPoint[]): Map<number, number[]> {
  const byEdge = new Map<number, number[]>()
  for (const [source, { edge }] of sources.entries()) {
    const held = byEdge.get(edge)
    if (held) held.push(source)
    else byEdge.set(edge, [source])
  }
  return byEdge
}

/** The same for a place on the streets; metres hold the straight ways at both ends. */
export function twoNearestTo(
  graph: StreetLengths,
  labels: TwoNearest,
  place: SnappedPoint,
  sources: readonly SnappedPoint[],
  byEdge: ReadonlyMap<number, readonly number[]>,
): NearestPair {
  const best: NearestPair = {
    first: -1,
    firstMetres: Number.POSITIVE_INFINITY,
    second: -1,
    secondMetres: Number.POSITIVE_INFINITY,
  }
  const { first, firstMetres, second, secondMetres } = labels
  const along = place.fraction * graph.edgeMetres[place.edge]!
  for (const [node, metres] of [
    [graph.edgeFrom[place.edge]!, along],
    [graph.edgeTo[place.edge]!, graph.edgeMetres[place.edge]! - along],
  ] as const) {
    improve(best, first[node]!, firstMetres[node]! + metres)
    improve(best, second[node]!, secondMetres[node]! + metres)
  }
  for (const source of byEdge.get(place.edge) ?? [])
    improve(best, source, sources[source]!.distanceMetres + alongEdge(graph, sources[source]!, place))
  best.firstMetres += place.distanceMetres
  best.secondMetres += place.distanceMetres
  return best
}

function improve(best: NearestPair, source: number, metres: number): void {
  if (metres < best.firstMetres) {
    if (source !== best.first) {
      best.second = best.first
      best.secondMetres = best.firstMetres
    }
    best.first = source
    best.firstMetres = metres
  } else if (source !== best.first && metres < best.secondMetres) {
    best.second = source
    best.secondMetres = metres
  }
}
