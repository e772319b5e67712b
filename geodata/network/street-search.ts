import { NodeHeap } from './node-heap.ts'
import type { SnappedPoint, Streets } from './walk-graph.ts'

/** Nodes and the links between them, as a WalkGraph has them. */
export type StreetLinks = Pick<Streets, 'nodeCount' | 'linkStart' | 'linkNode' | 'linkEdge' | 'linkMetres'>

/**
 * Dijkstra's algorithm, node by node, so that whoever asks may stop it or go on later. One object serves many searches,
 * one at a time.
 */
export class LinkSearch {
  /** By node: the least metres known; final for settled nodes, Infinity for those not met. */
  readonly metres: Float64Array
  /** By node: the edge by which it was met, -1 where the search began; worth something for nodes that were met. */
  readonly cameBy: Int32Array
  /** The first `metCount` are the nodes met so far, in that order. */
  readonly met: Int32Array
  metCount = 0
  private readonly heap: NodeHeap
  private readonly links: StreetLinks

  constructor(links: StreetLinks) {
    this.links = links
    this.metres = new Float64Array(links.nodeCount).fill(Number.POSITIVE_INFINITY)
    this.cameBy = new Int32Array(links.nodeCount)
    this.met = new Int32Array(links.nodeCount)
    this.heap = new NodeHeap(links.nodeCount)
  }

  /** Begins anew, from nowhere. Costs no more than the search before met. */
  clear(): void {
    for (let i = 0; i < this.metCount; i++) this.metres[this.met[i]!] = Number.POSITIVE_INFINITY
    this.heap.clear(this.met.subarray(0, this.metCount))
    this.metCount = 0
  }

  /** A further node to start from, with metres that are behind already. */
  startAtNode(node: number, behindMetres: number): void {
    this.meet(node, behindMetres, -1)
  }

  /** The next nearest node, whose metres are then final, or -1. */
  settle(): number {
    const node = this.heap.take()
    if (node < 0) return -1
    const { linkStart, linkNode, linkEdge, linkMetres } = this.links
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
    const known = this.metres[node]!
    if (metres >= known) return
    if (known === Number.POSITIVE_INFINITY) this.met[this.metCount++] = node
    this.metres[node] = metres
    this.cameBy[node] = by
    this.heap.put(node, metres)
  }
}

/** The same over a whole graph, from places on its edges. */
export class StreetSearch extends LinkSearch {
  private readonly graph: Streets

  constructor(graph: Streets) {
    super(graph)
    this.graph = graph
  }

  /** A further place to start from, with metres that are behind already. */
  startAt({ edge, fraction }: SnappedPoint, behindMetres = 0): void {
    const { edgeFrom, edgeTo, edgeMetres } = this.graph
    const along = fraction * edgeMetres[edge]!
    this.startAtNode(edgeFrom[edge]!, behindMetres + along)
    this.startAtNode(edgeTo[edge]!, behindMetres + edgeMetres[edge]! - along)
  }
}

/** From the start of a search to a place, when the ends of its edge are settled; without the way along a shared edge. */
export function metresTo(
  { edgeFrom, edgeTo, edgeMetres }: Streets,
  { metres }: StreetSearch,
  to: SnappedPoint,
): number {
  const along = to.fraction * edgeMetres[to.edge]!
  return Math.min(
    metres[edgeFrom[to.edge]!]! + along,
    metres[edgeTo[to.edge]!]! + edgeMetres[to.edge]! - along,
  )
}

/** Along the edge that both places are on; Infinity when they are on two. */
export const alongEdge = (
  { edgeMetres }: Pick<Streets, 'edgeMetres'>,
  a: SnappedPoint,
  b: SnappedPoint,
): number =>
  a.edge === b.edge ? Math.abs(a.fraction - b.fraction) * edgeMetres[a.edge]! : Number.POSITIVE_INFINITY
