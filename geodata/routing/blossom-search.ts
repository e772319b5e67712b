/** Edges i–j with whole costs ≥ 0; no loops. */
export interface PairGraph {
  n: number
  ends: readonly (readonly [number, number])[]
  costs: readonly number[]
}

const FREE = 0
const OUTER = 1
const INNER = 2
/** An outer blossom that the search for a common root has passed. */
const PASSED = 5

/**
 * A perfect matching of least cost by Edmonds' blossom algorithm, primal-dual with all roots at once, as set out by
 * Galil (1986); the arrangement of labels, end points and best edges follows van Rantwijk's description of it. O(n³).
 * Vertices are 0 … n − 1 and blossoms n … 2n − 1; edge k has the end points 2k and 2k + 1. Duals are kept doubled and
 * stay whole: all begin even, and the ends of a tight edge are of one parity.
 */
export class BlossomSearch {
  /** By vertex, and by blossom; slack of an edge is dual + dual + 2 cost, blossoms that hold both ends aside. */
  readonly dual: Float64Array
  private readonly n: number
  private readonly costs: readonly number[]
  private readonly point: Int32Array
  private readonly pointsAround: number[][]
  private readonly mate: Int32Array
  private readonly label: Uint8Array
  private readonly labelPoint: Int32Array
  private readonly top: Int32Array
  private readonly parent: Int32Array
  private readonly base: Int32Array
  private readonly bestEdge: Int32Array
  private readonly children: number[][]
  private readonly childPoints: number[][]
  private readonly bestEdges: (number[] | undefined)[]
  private readonly unused: number[] = []
  private readonly isTight: Uint8Array
  private queue: number[] = []

  constructor({ n, ends, costs }: PairGraph) {
    this.n = n
    this.costs = costs
    this.point = Int32Array.from(ends.flat())
    this.pointsAround = Array.from({ length: n }, () => [])
    this.dual = new Float64Array(2 * n).fill(0)
    this.dual.fill(Number.NEGATIVE_INFINITY, 0, n)
    for (const [edge, pair] of ends.entries())
      for (const side of [0, 1] as const) {
        const vertex = pair[side]
        this.pointsAround[vertex]!.push(2 * edge + 1 - side)
        this.dual[vertex] = Math.max(this.dual[vertex]!, -2 * Math.floor(costs[edge]! / 2))
      }
    this.mate = new Int32Array(n).fill(-1)
    this.label = new Uint8Array(2 * n)
    this.labelPoint = new Int32Array(2 * n).fill(-1)
    this.top = Int32Array.from({ length: n }, (_, vertex) => vertex)
    this.parent = new Int32Array(2 * n).fill(-1)
    this.base = Int32Array.from({ length: 2 * n }, (_, at) => (at < n ? at : -1))
    this.bestEdge = new Int32Array(2 * n).fill(-1)
    this.children = Array.from({ length: 2 * n }, () => [])
    this.childPoints = Array.from({ length: 2 * n }, () => [])
    this.bestEdges = Array.from({ length: 2 * n }, () => undefined)
    for (let blossom = 2 * n - 1; blossom >= n; blossom--) this.unused.push(blossom)
    this.isTight = new Uint8Array(ends.length)
    this.matchTight()
  }

  /** By vertex its partner, or undefined where no perfect matching exists. */
  run(): Int32Array | undefined {
    while (this.mate.includes(-1)) if (!this.stage()) return undefined
    return this.mate.map((point) => this.point[point]!)
  }

  private matchTight(): void {
    const { point, mate } = this
    for (let edge = 0; edge < this.costs.length; edge++) {
      const [a, b] = [point[2 * edge]!, point[2 * edge + 1]!]
      if (mate[a] !== -1 || mate[b] !== -1 || this.slack(edge) > 0) continue
      mate[a] = 2 * edge + 1
      mate[b] = 2 * edge
    }
  }

  private slack(edge: number): number {
    return this.dual[this.point[2 * edge]!]! + this.dual[this.point[2 * edge + 1]!]! + 2 * this.costs[edge]!
  }

  private isLess(edge: number, best: number): boolean {
    return best === -1 || this.slack(edge) < this.slack(best)
  }

  private leaves(blossom: number, into: number[] = []): number[] {
    if (blossom < this.n) into.push(blossom)
    else for (const child of this.children[blossom]!) this.leaves(child, into)
    return into
  }

  /** One augmentation: grows trees from all single vertices until two meet. False: they never do. */
  private stage(): boolean {
    const { n } = this
    this.label.fill(FREE)
    this.bestEdge.fill(-1)
    this.bestEdges.fill(undefined)
    this.isTight.fill(0)
    this.queue = []
    for (let vertex = 0; vertex < n; vertex++)
      if (this.mate[vertex] === -1 && this.label[this.top[vertex]!] === FREE)
        this.assignLabel(vertex, OUTER, -1)
    while (!this.scanQueue()) if (!this.changeDuals()) return false
    for (let blossom = n; blossom < 2 * n; blossom++)
      if (
        this.base[blossom]! >= 0 &&
        this.parent[blossom] === -1 &&
        this.label[blossom] === OUTER &&
        this.dual[blossom] === 0
      )
        this.expandBlossom(blossom, true)
    return true
  }

  /** True: a path was found and the matching has one pair more. */
  private scanQueue(): boolean {
    const { label, top, bestEdge, isTight } = this
    for (;;) {
      const vertex = this.queue.pop()
      if (vertex === undefined) return false
      for (const point of this.pointsAround[vertex]!) {
        const edge = point >> 1
        const other = this.point[point]!
        if (top[vertex] === top[other]) continue
        if (!isTight[edge] && this.slack(edge) <= 0) isTight[edge] = 1
        const theirs = label[top[other]!]!
        if (isTight[edge]) {
          if (theirs === FREE) this.assignLabel(other, INNER, point ^ 1)
          else if (theirs === OUTER) {
            const base = this.findCommonBase(vertex, other)
            if (base < 0) {
              this.augment(edge)
              return true
            }
            this.addBlossom(base, edge)
          } else if (label[other] === FREE) {
            label[other] = INNER
            this.labelPoint[other] = point ^ 1
          }
        } else {
          const holder = theirs === OUTER ? top[vertex]! : label[other] === FREE ? other : -1
          if (holder >= 0 && this.isLess(edge, bestEdge[holder]!)) bestEdge[holder] = edge
        }
      }
    }
  }

  /** Moves the duals until an edge becomes tight or an inner blossom opens. False: nothing can. */
  private changeDuals(): boolean {
    const { n, label, top, parent, dual, bestEdge } = this
    let delta = Number.POSITIVE_INFINITY
    let tightEdge = -1
    let opened = -1
    for (let vertex = 0; vertex < n; vertex++) {
      if (label[top[vertex]!] !== FREE || bestEdge[vertex] === -1) continue
      const slack = this.slack(bestEdge[vertex]!)
      if (slack < delta) [delta, tightEdge] = [slack, bestEdge[vertex]!]
    }
    for (let blossom = 0; blossom < 2 * n; blossom++) {
      if (parent[blossom] !== -1) continue
      if (label[blossom] === OUTER && bestEdge[blossom] !== -1) {
        const half = this.slack(bestEdge[blossom]!) / 2
        if (half < delta) [delta, tightEdge] = [half, bestEdge[blossom]!]
      }
    }
    for (let blossom = n; blossom < 2 * n; blossom++)
      if (
        this.base[blossom]! >= 0 &&
        parent[blossom] === -1 &&
        label[blossom] === INNER &&
        dual[blossom]! < delta
      )
        [delta, opened] = [dual[blossom]!, blossom]
    if (delta === Number.POSITIVE_INFINITY) return false

    for (let vertex = 0; vertex < n; vertex++) {
      if (label[top[vertex]!] === OUTER) dual[vertex]! -= delta
      else if (label[top[vertex]!] === INNER) dual[vertex]! += delta
    }
    for (let blossom = n; blossom < 2 * n; blossom++) {
      if (this.base[blossom]! < 0 || parent[blossom] !== -1) continue
      if (label[blossom] === OUTER) dual[blossom]! += delta
      else if (label[blossom] === INNER) dual[blossom]! -= delta
    }
    if (opened >= 0) this.expandBlossom(opened, false)
    else {
      this.isTight[tightEdge] = 1
      const first = this.point[2 * tightEdge]!
      this.queue.push(label[top[first]!] === FREE ? this.point[2 * tightEdge + 1]! : first)
    }
    return true
  }

  private assignLabel(vertex: number, kind: number, through: number): void {
    const blossom = this.top[vertex]!
    for (const at of [vertex, blossom]) {
      this.label[at] = kind
      this.labelPoint[at] = through
      this.bestEdge[at] = -1
    }
    if (kind === OUTER) this.leaves(blossom, this.queue)
    else {
      const mate = this.mate[this.base[blossom]!]!
      this.assignLabel(this.point[mate]!, OUTER, mate ^ 1)
    }
  }

  /** The base of the blossom that an edge between two outer vertices closes, or −1: they hang on two roots. */
  private findCommonBase(from: number, to: number): number {
    const { label, labelPoint, top, point } = this
    const passed: number[] = []
    let base = -1
    for (let a = from, b = to; a !== -1 || b !== -1; ) {
      const blossom = top[a]!
      if (label[blossom] === PASSED) {
        base = this.base[blossom]!
        break
      }
      passed.push(blossom)
      label[blossom] = PASSED
      const up = labelPoint[blossom]!
      a = up === -1 ? -1 : point[labelPoint[top[point[up]!]!]!]!
      if (b !== -1) [a, b] = [b, a]
    }
    for (const blossom of passed) label[blossom] = OUTER
    return base
  }

  private addBlossom(base: number, edge: number): void {
    const { top, parent, point, labelPoint, label } = this
    const root = top[base]!
    const blossom = this.unused.pop()!
    const path: number[] = []
    const points: number[] = []
    for (let at = top[point[2 * edge]!]!; at !== root; at = top[point[labelPoint[at]!]!]!) {
      path.push(at)
      points.push(labelPoint[at]!)
    }
    path.push(root)
    path.reverse()
    points.reverse()
    points.push(2 * edge)
    for (let at = top[point[2 * edge + 1]!]!; at !== root; at = top[point[labelPoint[at]!]!]!) {
      path.push(at)
      points.push(labelPoint[at]! ^ 1)
    }
    for (const child of path) parent[child] = blossom
    parent[blossom] = -1
    this.base[blossom] = base
    this.children[blossom] = path
    this.childPoints[blossom] = points
    label[blossom] = OUTER
    labelPoint[blossom] = labelPoint[root]!
    this.dual[blossom] = 0
    for (const leaf of this.leaves(blossom)) {
      // An inner vertex became an outer one: its edges have to be looked at.
      if (label[top[leaf]!] === INNER) this.queue.push(leaf)
      top[leaf] = blossom
    }
    this.collectBestEdges(blossom)
  }

  /** Of the edges to each other outer blossom the one of least slack. */
  private collectBestEdges(blossom: number): void {
    const { top, label, point } = this
    const bestTo = new Map<number, number>()
    for (const child of this.children[blossom]!) {
      const edges =
        this.bestEdges[child] ??
        this.leaves(child).flatMap((leaf) => this.pointsAround[leaf]!.map((end) => end >> 1))
      for (const edge of edges) {
        const first = top[point[2 * edge]!]!
        const other = first === blossom ? top[point[2 * edge + 1]!]! : first
        if (other === blossom || label[other] !== OUTER) continue
        if (this.isLess(edge, bestTo.get(other) ?? -1)) bestTo.set(other, edge)
      }
      this.bestEdges[child] = undefined
      this.bestEdge[child] = -1
    }
    const edges = [...bestTo.values()]
    this.bestEdges[blossom] = edges
    this.bestEdge[blossom] = -1
    for (const edge of edges) if (this.isLess(edge, this.bestEdge[blossom]!)) this.bestEdge[blossom] = edge
  }

  private expandBlossom(blossom: number, isEndOfStage: boolean): void {
    const { n, top, parent, label } = this
    const children = this.children[blossom]!
    for (const child of children) {
      parent[child] = -1
      if (isEndOfStage && child >= n && this.dual[child] === 0) this.expandBlossom(child, true)
      else for (const leaf of this.leaves(child)) top[leaf] = child
    }
    if (!isEndOfStage && label[blossom] === INNER) this.relabelChildren(blossom)
    label[blossom] = FREE
    this.labelPoint[blossom] = -1
    this.children[blossom] = []
    this.childPoints[blossom] = []
    this.base[blossom] = -1
    this.bestEdges[blossom] = undefined
    this.bestEdge[blossom] = -1
    this.unused.push(blossom)
  }

  /** The children of an opened inner blossom on the even way from where it was entered to its base stay in the tree. */
  private relabelChildren(blossom: number): void {
    const { point, label, labelPoint, top } = this
    const children = this.children[blossom]!
    const points = this.childPoints[blossom]!
    const entry = top[point[labelPoint[blossom]! ^ 1]!]!
    const index = children.indexOf(entry)
    const isOdd = (index & 1) === 1
    const [step, trick] = isOdd ? [1, 0] : [-1, 1]
    let at = isOdd ? index - children.length : index
    let through = labelPoint[blossom]!
    while (at !== 0) {
      label[point[through ^ 1]!] = FREE
      label[point[points.at(at - trick)! ^ trick ^ 1]!] = FREE
      this.assignLabel(point[through ^ 1]!, INNER, through)
      this.isTight[points.at(at - trick)! >> 1] = 1
      at += step
      through = points.at(at - trick)! ^ trick
      this.isTight[through >> 1] = 1
      at += step
    }
    const last = children[0]!
    for (const held of [point[through ^ 1]!, last]) {
      label[held] = INNER
      labelPoint[held] = through
    }
    this.bestEdge[last] = -1
    for (at += step; children.at(at) !== entry; at += step) {
      const child = children.at(at)!
      if (label[child] === OUTER) continue
      const reached = this.leaves(child).find((leaf) => label[leaf] !== FREE)
      if (reached === undefined) continue
      label[reached] = FREE
      label[point[this.mate[this.base[child]!]!]!] = FREE
      this.assignLabel(reached, INNER, labelPoint[reached]!)
    }
  }

  /** Exchanges matched and unmatched edges along the tree paths of both ends of an edge. */
  private augment(edge: number): void {
    const { n, point, labelPoint, top, mate } = this
    for (const side of [0, 1]) {
      let vertex = point[2 * edge + side]!
      let through = 2 * edge + 1 - side
      for (;;) {
        const blossom = top[vertex]!
        if (blossom >= n) this.augmentBlossom(blossom, vertex)
        mate[vertex] = through
        if (labelPoint[blossom] === -1) break
        const inner = top[point[labelPoint[blossom]!]!]!
        const up = labelPoint[inner]!
        const exit = point[up ^ 1]!
        if (inner >= n) this.augmentBlossom(inner, exit)
        mate[exit] = up
        vertex = point[up]!
        through = up ^ 1
      }
    }
  }

  /** Makes `vertex` the base of a blossom. */
  private augmentBlossom(blossom: number, vertex: number): void {
    const { n, point, mate } = this
    let child = vertex
    while (this.parent[child] !== blossom) child = this.parent[child]!
    if (child >= n) this.augmentBlossom(child, vertex)
    const children = this.children[blossom]!
    const points = this.childPoints[blossom]!
    const index = children.indexOf(child)
    const isOdd = (index & 1) === 1
    const [step, trick] = isOdd ? [1, 0] : [-1, 1]
    for (let at = isOdd ? index - children.length : index; at !== 0; ) {
      at += step
      const through = points.at(at - trick)! ^ trick
      const near = children.at(at)!
      if (near >= n) this.augmentBlossom(near, point[through]!)
      at += step
      const far = children.at(at)!
      if (far >= n) this.augmentBlossom(far, point[through ^ 1]!)
      mate[point[through]!] = through ^ 1
      mate[point[through ^ 1]!] = through
    }
    this.children[blossom] = [...children.slice(index), ...children.slice(0, index)]
    this.childPoints[blossom] = [...points.slice(index), ...points.slice(0, index)]
    this.base[blossom] = this.base[this.children[blossom]![0]!]!
  }
}
