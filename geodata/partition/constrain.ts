import { type LatticePoint, orient } from '../editing/lattice.ts'
import type { Triangulation } from './triangulate.ts'

type Mesh = Pick<Triangulation, 'points' | 'corners' | 'twins'>

export const next = (side: number): number => (side % 3 === 2 ? side - 2 : side + 1)
export const before = (side: number): number => (side % 3 === 0 ? side + 2 : side - 1)

/** Flips of one edge that are made at most to bring the triangles around it back to Delaunay's. */
const MAX_ROUNDS = 50

/**
 * Makes edges part of a triangulation by turning the sides that cross them (Sloan 1993), and brings the triangles beside
 * them as near to Delaunay's as they let. Vertices of edges lie inside the rim, edges cross neither each other nor another vertex.
 */
export class Constrainer {
  private readonly mesh: Mesh
  /** A side that begins at each vertex. */
  private readonly first: Int32Array
  private readonly fixed = new Set<number>()

  constructor(mesh: Mesh) {
    this.mesh = mesh
    this.first = new Int32Array(mesh.points.length).fill(-1)
    mesh.corners.forEach((vertex, side) => {
      this.first[vertex] = side
    })
  }

  add(from: number, to: number): void {
    this.fixed.add(pairKey(from, to))
    if (this.sideOf(from, to) !== undefined) return
    const made: [number, number][] = []
    const crossing = this.crossed(from, to)
    for (let turns = 0; crossing.length > 0; turns++) {
      if (turns > 100_000) throw new Error('An edge could not be made part of the triangulation.')
      const [a, b] = crossing.shift()!
      const side = this.sideOf(a, b)!
      const turned = this.flip(side)
      if (!turned) {
        crossing.push([a, b])
        continue
      }
      if (this.crosses(from, to, turned)) crossing.push(turned)
      else if (pairKey(...turned) !== pairKey(from, to)) made.push(turned)
    }
    this.improve(made)
  }

  private place = (vertex: number): LatticePoint => this.mesh.points[vertex]!

  /** Sides that begin at a vertex; the vertex is not on the rim. */
  private *around(vertex: number): Generator<number> {
    const start = this.first[vertex]!
    let side = start
    do {
      yield side
      side = this.mesh.twins[before(side)]!
    } while (side !== start && side >= 0)
  }

  private sideOf(from: number, to: number): number | undefined {
    const { corners, twins } = this.mesh
    for (const side of this.around(from)) {
      if (corners[next(side)] === to) return side
      // On the rim a vertex is not gone round: the side from the other end is its twin.
      if (corners[before(side)] === to && twins[before(side)]! >= 0) return twins[before(side)]!
    }
    for (const side of this.around(to))
      if (corners[next(side)] === from && twins[side]! >= 0) return twins[side]!
    return undefined
  }

  /** Sides between the two vertices, from the first on. */
  private crossed(from: number, to: number): [number, number][] {
    const { corners, twins } = this.mesh
    const [a, b] = [this.place(from), this.place(to)]
    const found: [number, number][] = []
    for (const start of this.around(from)) {
      const [right, left] = [corners[next(start)]!, corners[before(start)]!]
      if (orient(a, b, this.place(right)) >= 0 || orient(a, b, this.place(left)) <= 0) continue
      for (let side = next(start); ; ) {
        found.push([corners[side]!, corners[next(side)]!])
        const twin = twins[side]!
        const apex = corners[before(twin)]!
        if (apex === to) return found
        side = orient(a, b, this.place(apex)) < 0 ? before(twin) : next(twin)
        side = this.isAcross(a, b, side) ? side : side === next(twin) ? before(twin) : next(twin)
      }
    }
    throw new Error('An edge begins on the rim of the triangulation.')
  }

  private isAcross(a: LatticePoint, b: LatticePoint, side: number): boolean {
    const [c, d] = [this.place(this.mesh.corners[side]!), this.place(this.mesh.corners[next(side)]!)]
    return orient(a, b, c) * orient(a, b, d) < 0
  }

  private crosses(from: number, to: number, [c, d]: readonly [number, number]): boolean {
    if (c === from || c === to || d === from || d === to) return false
    const [a, b] = [this.place(from), this.place(to)]
    return (
      orient(a, b, this.place(c)) * orient(a, b, this.place(d)) < 0 &&
      orient(this.place(c), this.place(d), a) * orient(this.place(c), this.place(d), b) < 0
    )
  }

  /** Turns the side between two triangles whose outline is convex; the ends of the new one, or undefined. */
  private flip(side: number): [number, number] | undefined {
    const { corners, twins } = this.mesh
    const twin = twins[side]!
    if (twin < 0) return undefined
    const [p, q, a, b] = [corners[side]!, corners[twin]!, corners[before(side)]!, corners[before(twin)]!]
    const [pa, pb, pp, pq] = [this.place(a), this.place(b), this.place(p), this.place(q)]
    if (orient(pb, pa, pp) <= 0 === orient(pb, pa, pq) <= 0) return undefined
    if (orient(pa, pp, pb) <= 0 || orient(pb, pq, pa) <= 0) return undefined
    // Triangles p q a and q p b become a b… : p b a and q a b.
    const [one, other] = [side - (side % 3), twin - (twin % 3)]
    const [qa, ap, pbOut, bq] = [
      twins[next(side)]!,
      twins[before(side)]!,
      twins[next(twin)]!,
      twins[before(twin)]!,
    ]
    this.write(one, [p, b, a], [pbOut, other, ap])
    this.write(other, [q, a, b], [qa, one + 1, bq])
    twins[one + 1] = other + 1
    twins[other + 1] = one + 1
    return [a, b]
  }

  private write(start: number, vertices: readonly number[], outer: readonly number[]): void {
    const { corners, twins } = this.mesh
    vertices.forEach((vertex, i) => {
      corners[start + i] = vertex
      this.first[vertex] = start + i
      twins[start + i] = outer[i]!
      if (outer[i]! >= 0) twins[outer[i]!] = start + i
    })
  }

  private improve(made: [number, number][]): void {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      let hasTurned = false
      made.forEach((pair, i) => {
        if (this.fixed.has(pairKey(...pair))) return
        const side = this.sideOf(...pair)
        if (side === undefined || !this.isBad(side)) return
        const turned = this.flip(side)
        if (!turned) return
        made[i] = turned
        hasTurned = true
      })
      if (!hasTurned) return
    }
  }

  /** Whether the corner beyond a side lies within the circle around its triangle, clearly. */
  private isBad(side: number): boolean {
    const { corners, twins } = this.mesh
    const twin = twins[side]!
    if (twin < 0) return false
    const [x, y] = this.place(corners[before(twin)]!)
    const rows = [side, next(side), before(side)].map((at) => {
      const [px, py] = this.place(corners[at]!)
      return [px - x, py - y, (px - x) ** 2 + (py - y) ** 2] as const
    }) as [Row, Row, Row]
    const [a, b, c] = rows
    const terms = [
      a[2] * (b[0] * c[1] - b[1] * c[0]),
      b[2] * (c[0] * a[1] - c[1] * a[0]),
      c[2] * (a[0] * b[1] - a[1] * b[0]),
    ] as const
    const size = Math.abs(terms[0]) + Math.abs(terms[1]) + Math.abs(terms[2])
    return terms[0] + terms[1] + terms[2] > size * 1e-9
  }
}

type Row = readonly [number, number, number]
const pairKey = (a: number, b: number): number => Math.min(a, b) * 67_108_864 + Math.max(a, b)
