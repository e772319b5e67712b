import { crossing, distance, isInside, lerp, ringArea, type Vec } from './plane.ts'

/** What runs along an edge. `canal` is a water centre line, `wall` a border with nothing to walk on. */
type EdgeKind = 'main' | 'minor' | 'service' | 'path' | 'steps' | 'canal' | 'wall'
export interface Edge {
  kind: EdgeKind
  name: string | null
  /** Metres from the centre line to the end of what belongs to the road, pavement included. */
  halfWidth: number
}

export const WALL: Edge = { kind: 'wall', name: null, halfWidth: 0.5 }
export const isWalkable = (edge: Edge | undefined): boolean =>
  edge !== undefined && edge.kind !== 'canal' && edge.kind !== 'wall'

const SHIFT = 2 ** 26
const directed = (a: number, b: number) => a * SHIFT + b
const undirected = (a: number, b: number) => (a < b ? a * SHIFT + b : b * SHIFT + a)

/**
 * A subdivision of the plane: every face is an anticlockwise ring of node numbers. A node put on an edge enters both
 * faces beside it, so faces that share a border share all its vertices, T-junctions included: no gap, no overlap.
 */
export class Mesh {
  readonly nodes: Vec[] = []
  readonly faces: number[][] = []
  private readonly sides = new Map<number, number>()
  private readonly attributes = new Map<number, Edge>()

  addNode(at: Vec): number {
    return this.nodes.push(at) - 1
  }

  addFace(ring: number[]): number {
    const face = this.faces.push(ring) - 1
    this.claim(face)
    return face
  }

  private claim(face: number) {
    const ring = this.faces[face]!
    for (let i = 0; i < ring.length; i++)
      this.sides.set(directed(ring[i]!, ring[(i + 1) % ring.length]!), face)
  }

  faceBeside(from: number, to: number): number | undefined {
    return this.sides.get(directed(from, to))
  }

  edge(a: number, b: number): Edge | undefined {
    return this.attributes.get(undirected(a, b))
  }

  /** Sets what runs between two nodes; also for links that are no border of a face. */
  setEdge(a: number, b: number, edge: Edge): void {
    if (a !== b) this.attributes.set(undirected(a, b), edge)
  }

  /** Every edge once: [node, node, what runs along it]. */
  *edges(): Generator<[number, number, Edge]> {
    for (const [key, edge] of this.attributes) yield [Math.floor(key / SHIFT), key % SHIFT, edge]
  }

  points(face: number): Vec[] {
    return this.faces[face]!.map((node) => this.nodes[node]!)
  }

  /** The edges of a face, edge i from its point i to the next. */
  ringEdges(face: number): Edge[] {
    const ring = this.faces[face]!
    return ring.map((node, i) => this.edge(node, ring[(i + 1) % ring.length]!) ?? WALL)
  }

  area(face: number): number {
    return ringArea(this.points(face))
  }

  /** Puts a node on the edge a–b of both faces beside it. */
  splitEdge(a: number, b: number, at: Vec): number {
    const node = this.addNode(at)
    const edge = this.edge(a, b)
    if (edge) {
      this.attributes.delete(undirected(a, b))
      this.setEdge(a, node, edge)
      this.setEdge(node, b, edge)
    }
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const face = this.sides.get(directed(from, to))
      if (face === undefined) continue
      this.sides.delete(directed(from, to))
      const ring = this.faces[face]!
      ring.splice(ring.indexOf(from) + 1, 0, node)
      this.sides.set(directed(from, node), face)
      this.sides.set(directed(node, to), face)
    }
    return node
  }

  /** Cuts a face along chain[0] … chain.at(-1), both on its ring. Returns [left of the chain, right of it]. */
  splitFace(face: number, chain: number[], edges: Edge[]): [left: number, right: number] {
    const ring = this.faces[face]!
    const start = ring.indexOf(chain[0]!)
    const turned = [...ring.slice(start), ...ring.slice(0, start)]
    const end = turned.indexOf(chain.at(-1)!)
    const inner = chain.slice(1, -1)
    this.faces[face] = [...turned.slice(end), turned[0]!, ...inner]
    const right = this.addFace([...turned.slice(0, end + 1), ...inner.slice().reverse()])
    this.claim(face)
    for (let i = 0; i + 1 < chain.length; i++) this.setEdge(chain[i]!, chain[i + 1]!, edges[i]!)
    return [face, right]
  }

  /**
   * The two places where the line through `p` (inside the face) in direction `d` leaves the face, behind and ahead of
   * `p`, as nodes: an existing one within `snap` metres, else a new one. Undefined when no cut is possible there.
   */
  endsOfLine(face: number, p: Vec, d: Vec, snap: number): [behind: number, ahead: number] | undefined {
    const ring = this.faces[face]!
    const far = 1e5
    const from: Vec = [p[0] - d[0] * far, p[1] - d[1] * far]
    const to: Vec = [p[0] + d[0] * far, p[1] + d[1] * far]
    let behind: { at: number; i: number; s: number } | undefined
    let ahead: { at: number; i: number; s: number } | undefined
    for (let i = 0; i < ring.length; i++) {
      const hit = crossing(from, to, this.nodes[ring[i]!]!, this.nodes[ring[(i + 1) % ring.length]!]!)
      if (!hit) continue
      const at = (hit[0] * 2 - 1) * far
      if (at < 0 && (!behind || at > behind.at)) behind = { at, i, s: hit[1] }
      if (at >= 0 && (!ahead || at < ahead.at)) ahead = { at, i, s: hit[1] }
    }
    if (!behind || !ahead || !isInside(p, this.points(face))) return undefined
    const pairs = [behind, ahead].map(({ i, s }) => ({ a: ring[i]!, b: ring[(i + 1) % ring.length]!, s }))
    if (pairs[0]!.a === pairs[1]!.a) return undefined
    const ends = pairs.map(({ a, b, s }) => {
      const at = lerp(this.nodes[a]!, this.nodes[b]!, s)
      const nearA = distance(at, this.nodes[a]!)
      const nearB = distance(at, this.nodes[b]!)
      if (Math.min(nearA, nearB) <= snap) return nearA <= nearB ? a : b
      return this.splitEdge(a, b, at)
    })
    const turned = this.faces[face]!
    const gap = Math.abs(turned.indexOf(ends[0]!) - turned.indexOf(ends[1]!))
    return gap < 2 || gap > turned.length - 2 ? undefined : [ends[0]!, ends[1]!]
  }
}
