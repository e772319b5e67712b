import type { LatticePoint } from '../editing/lattice.ts'
import type { Border } from './divide-ground.ts'
import { pointKey } from './node-segments.ts'

interface Edge {
  a: LatticePoint
  b: LatticePoint
  kind: number
  /** Atoms to the left of a → b, and to the right; one may be there several times, from pieces without area. */
  left: number[]
  right: number[]
}

/** Edges of pieces, each with what lies on its two sides. */
export class EdgeSides {
  private readonly edges = new Map<string, Edge>()

  /** An edge of a piece of this atom, which lies to its left. */
  add(a: LatticePoint, b: LatticePoint, atom: number, kind: number): void {
    const [from, to] = [pointKey(a), pointKey(b)]
    if (from === to) return
    const isForward = from < to
    const key = isForward ? `${from} ${to}` : `${to} ${from}`
    let edge = this.edges.get(key)
    if (!edge) {
      edge = { a: isForward ? a : b, b: isForward ? b : a, kind, left: [], right: [] }
      this.edges.set(key, edge)
    }
    const [own, other] = isForward ? [edge.left, edge.right] : [edge.right, edge.left]
    const met = other.indexOf(atom)
    if (met >= 0) other.splice(met, 1)
    else own.push(atom)
  }

  /** Edges with different atoms on their two sides, or one and nothing. */
  borders(): Border[] {
    const borders: Border[] = []
    for (const { a, b, kind, left, right } of this.edges.values()) {
      const [one, other] = [left[0], right[0]]
      if (one !== undefined) borders.push({ a, b, left: one, right: other ?? -1, kind })
      else if (other !== undefined) borders.push({ a: b, b: a, left: other, right: -1, kind })
    }
    return borders
  }
}
