/**
 * Nodes by their metres, the nearest first: a heap of four branches over typed arrays in which every node stands once and
 * may come nearer. A node that was taken does not come back until `clear`.
 */
export class NodeHeap {
  private readonly keys: Float64Array
  private readonly nodes: Int32Array
  /** By node: its place in the heap; ABSENT, or TAKEN. */
  private readonly places: Int32Array
  private size = 0
  /** Of the node taken last. */
  takenMetres = 0

  constructor(nodeCount: number) {
    this.keys = new Float64Array(nodeCount)
    this.nodes = new Int32Array(nodeCount)
    this.places = new Int32Array(nodeCount).fill(ABSENT)
  }

  /** `nodes`: all that were put since the last time, which costs less than going over every node there is. */
  clear(nodes?: Int32Array): void {
    this.size = 0
    this.takenMetres = 0
    if (nodes) for (const node of nodes) this.places[node] = ABSENT
    else this.places.fill(ABSENT)
  }

  isTaken(node: number): boolean {
    return this.places[node] === TAKEN
  }

  /** Adds a node that is not there, or brings it nearer; the caller sees to it that the metres are less than before. */
  put(node: number, metres: number): void {
    const { keys, nodes, places } = this
    let at = places[node]!
    if (at === TAKEN) return
    if (at === ABSENT) at = this.size++
    while (at > 0) {
      const parent = (at - 1) >> 2
      if (keys[parent]! <= metres) break
      keys[at] = keys[parent]!
      const moved = nodes[parent]!
      nodes[at] = moved
      places[moved] = at
      at = parent
    }
    keys[at] = metres
    nodes[at] = node
    places[node] = at
  }

  /** The nearest node, or -1. */
  take(): number {
    if (this.size === 0) return -1
    const { keys, nodes, places } = this
    const taken = nodes[0]!
    this.takenMetres = keys[0]!
    places[taken] = TAKEN
    const size = --this.size
    if (size === 0) return taken
    const metres = keys[size]!
    const node = nodes[size]!
    let at = 0
    for (;;) {
      const first = at * 4 + 1
      if (first >= size) break
      let least = first
      const end = Math.min(first + 4, size)
      for (let child = first + 1; child < end; child++) if (keys[child]! < keys[least]!) least = child
      if (keys[least]! >= metres) break
      keys[at] = keys[least]!
      const moved = nodes[least]!
      nodes[at] = moved
      places[moved] = at
      at = least
    }
    keys[at] = metres
    nodes[at] = node
    places[node] = at
    return taken
  }
}

const ABSENT = -1
const TAKEN = -2
