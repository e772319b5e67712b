import { NodeHeap } from '../network/node-heap.ts'
import type { StreetsProblem } from './streets-problem.ts'

/** Distances that are kept, at most: 64 MB. */
const MOST_KEPT = 8_000_000

/** Shortest ways over streets, in whole millimetres so that sums are exact. */
export class StreetWays {
  readonly nodeCount: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly millimetres: Float64Array
  /** By node, and one more: where its streets begin in `links`. A street from a node to itself is one link of it. */
  readonly linkStart: Int32Array
  readonly links: Int32Array
  /** By node, of the last search: millimetres, the street it was reached by (−1 at a source), and its source. */
  readonly distance: Float64Array
  readonly via: Int32Array
  readonly source: Int32Array
  private readonly heap: NodeHeap
  private readonly rows = new Map<number, Float64Array>()

  /** RangeError: a street with an unknown node, or whose metres are not a finite number ≥ 0. */
  constructor({ nodeCount, streets }: StreetsProblem) {
    this.nodeCount = nodeCount
    this.from = new Int32Array(streets.length)
    this.to = new Int32Array(streets.length)
    this.millimetres = new Float64Array(streets.length)
    this.linkStart = new Int32Array(nodeCount + 1)
    for (const [street, { from, to, metres }] of streets.entries()) {
      for (const node of [from, to])
        if (!Number.isInteger(node) || node < 0 || node >= nodeCount)
          throw new RangeError(`Street ${street} has the node ${node}; nodes are 0 to ${nodeCount - 1}.`)
      if (!(metres >= 0 && metres < Number.POSITIVE_INFINITY))
        throw new RangeError(`Street ${street} has ${metres} metres; expected a finite number, 0 or more.`)
      this.from[street] = from
      this.to[street] = to
      this.millimetres[street] = Math.round(metres * 1000)
      this.linkStart[from + 1]!++
      if (to !== from) this.linkStart[to + 1]!++
    }
    for (let node = 0; node < nodeCount; node++) this.linkStart[node + 1]! += this.linkStart[node]!
    this.links = new Int32Array(this.linkStart[nodeCount]!)
    const next = this.linkStart.slice()
    for (let street = 0; street < streets.length; street++) {
      const [from, to] = [this.from[street]!, this.to[street]!]
      this.links[next[from]!++] = street
      if (to !== from) this.links[next[to]!++] = street
    }
    this.distance = new Float64Array(nodeCount)
    this.via = new Int32Array(nodeCount)
    this.source = new Int32Array(nodeCount)
    this.heap = new NodeHeap(nodeCount)
  }

  /** The other end. */
  across(street: number, node: number): number {
    return this.from[street] === node ? this.to[street]! : this.from[street]!
  }

  /** From the nearest of the sources to all nodes, or until all targets are reached. */
  search(sources: Iterable<number>, targets?: ReadonlySet<number>): void {
    const { distance, heap, links, linkStart, millimetres } = this
    distance.fill(Number.POSITIVE_INFINITY)
    heap.clear()
    for (const node of sources) {
      distance[node] = 0
      this.via[node] = -1
      this.source[node] = node
      heap.put(node, 0)
    }
    let missing = targets?.size ?? Number.POSITIVE_INFINITY
    for (let node = heap.take(); node >= 0; node = heap.take()) {
      if (targets?.has(node) && --missing === 0) return
      for (let link = linkStart[node]!; link < linkStart[node + 1]!; link++) {
        const street = links[link]!
        const other = this.across(street, node)
        const reached = distance[node]! + millimetres[street]!
        if (reached >= distance[other]!) continue
        distance[other] = reached
        this.via[other] = street
        this.source[other] = this.source[node]!
        heap.put(other, reached)
      }
    }
  }

  /** The streets of the last search from its source to a node, in order. */
  pathTo(node: number): number[] {
    const path: number[] = []
    for (let at = node; this.via[at]! >= 0; ) {
      const street = this.via[at]!
      path.push(street)
      at = this.across(street, at)
    }
    return path.reverse()
  }

  /** nodes × nodes, row-major: millimetres; Infinity: no way. */
  matrix(nodes: readonly number[]): Float64Array {
    const n = nodes.length
    const matrix = new Float64Array(n * n)
    const targets = new Set(nodes)
    for (const [at, from] of nodes.entries()) {
      const row = this.row(from, targets)
      for (let to = 0; to < n; to++) matrix[at * n + to] = row[nodes[to]!]!
    }
    return matrix
  }

  /** Distances from one node; only those to the targets are sure to be final. Kept while there is room. */
  private row(from: number, targets: ReadonlySet<number>): Float64Array {
    const kept = this.rows.get(from)
    if (kept) return kept
    const isKept = (this.rows.size + 1) * this.nodeCount <= MOST_KEPT
    this.search([from], isKept ? undefined : targets)
    if (!isKept) return this.distance
    const row = this.distance.slice()
    this.rows.set(from, row)
    return row
  }
}
