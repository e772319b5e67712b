import { NodeHeap } from './node-heap.ts'
import type { SnappedPoint, WalkGraph } from './walk-graph.ts'

/**
 * Dijkstra's algorithm over a graph, node by node, so that whoever asks may stop it or go on later. One object serves
 * many searches, one at a time.
 */
export class StreetSearch {
  /** By node: the least metres known; final for settled nodes, Infinity for those not met. */
  readonly metres: Float64Array
  /** By node: the edge by which it was met, -1 from a place on an edge; worth something for nodes that were met. */
  readonly cameBy: Int32Array
  private readonly heap: NodeHeap
  private readonly graph: WalkGraph

  constructor(graph: WalkGraph) {
    this.graph = graph
    this.metres = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY)
    this.cameBy = new Int32Array(graph.nodeCount)
    this.heap = new NodeHeap(graph.nodeCount)
  }

  /** Begins anew, from nowhere. */
  clear(): void {
    this.metres.fill(Number.POSITIVE_INFINITY)
    this.heap.clear()
  }

  /** A further place to start from, with metres that are behind already. */
  startAt({ edge, fraction }: SnappedPoint, behindMetres = 0): void {
    const { edgeFrom, edgeTo, edgeMetres } = this.graph
    const along = fraction * edgeMetres[edge]!
    this.meet(edgeFrom[edge]!, behindMetres + along, -1)
    this.meet(edgeTo[edge]!, behindMetres + edgeMetres[edge]! - along, -1)
  }

  /** The next nearest node, whose metres are then final, or -1. */
  settle(): number {
    const node = this.heap.take()
    if (node < 0) return -1
    const { linkStart, linkNode, linkMetres, linkEdge } = this.graph
    const { metres } = this
    const reached = metres[node]!
    const end = linkStart[node + 1]!
    for (let link = linkStart[node]!; link < end; link++) {
      const other = linkNode[link]!
      const further = reached + linkMetres[link]!
      if (further < metres[other]!) this.meet(other, further, linkEdge[link]!)
    }
    return node
  }

  isSettled(node: number): boolean {
    return this.heap.isTaken(node)
  }

  /** What is left to settle is no nearer. */
  get settledMetres(): number {
    return this.heap.takenMetres
  }

  private meet(node: number, metres: number, by: number): void {
    if (metres >= this.metres[node]!) return
    this.metres[node] = metres
    this.cameBy[node] = by
    this.heap.put(node, metres)
  }
}

/** From the start of a search to a place, when the ends of its edge are settled; without the way along a shared edge. */
export function metresTo(
  { edgeFrom, edgeTo, edgeMetres }: WalkGraph,
  search: StreetSearch,
  to: SnappedPoint,
): number {
  const along = to.fraction * edgeMetres[to.edge]!
  return Math.min(
    search.metres[edgeFrom[to.edge]!]! + along,
    search.metres[edgeTo[to.edge]!]! + edgeMetres[to.edge]! - along,
  )
}

/** Along the edge that both places are on; Infinity when they are on two. */
export const alongEdge = ({ edgeMetres }: WalkGraph, a: SnappedPoint, b: SnappedPoint): number =>
  a.edge === b.edge ? Math.abs(a.fraction - b.fraction) * edgeMetres[a.edge]! : Number.POSITIVE_INFINITY
