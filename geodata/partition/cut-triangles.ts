import { Heap } from '../editing/heap.ts'
import { type LatticePoint, orient } from '../editing/lattice.ts'
import { before, next } from './constrain.ts'
import { EdgeSides } from './edge-sides.ts'
import { FREE, type Labels, linkKey, OUTSIDE } from './label-triangles.ts'
import { BUILDING, pointKey, type Segment, STANDING, STREET, WALL } from './node-segments.ts'
import type { Triangulation } from './triangulate.ts'

/** Crossing a street or wall costs this many lattice units when empty ground is handed out; a standing border far more. */
const BARRIER_UNITS = 1e7
const STANDING_UNITS = 1e10

/**
 * Hands out every triangle of the cell: those under a building to its atom; those with corners at buildings of
 * several atoms are cut at the middles of the sides between them; the others go to the atom that is nearest without
 * crossing a barrier. What is left between pieces of different atoms are the borders.
 */
export function cutTriangles(
  mesh: Triangulation,
  labels: Labels,
  atomOf: Int32Array,
  segments: readonly Segment[],
) {
  const { points, corners, twins, vertexAt } = mesh
  const kinds = new Map<number, number>()
  for (const { a, b, kind } of segments) {
    const key = linkKey(vertexAt.get(pointKey(a))!, vertexAt.get(pointKey(b))!)
    kinds.set(key, (kinds.get(key) ?? 0) | kind)
  }
  const at = (vertex: number) => points[vertex]!
  const atomAt = (vertex: number) =>
    labels.vertices[vertex]! === FREE ? FREE : atomOf[labels.vertices[vertex]!]!
  const splits = new Map<number, LatticePoint>()
  const splitOf = (side: number): LatticePoint => {
    const [a, b] = [corners[side]!, corners[next(side)]!]
    const key = linkKey(a, b)
    const known = splits.get(key)
    if (known) return known
    const made = splitPoint(mesh, side)
    splits.set(key, made)
    return made
  }

  /** Whole triangles by atom; FREE: cut, or nobody's. */
  const whole = new Int32Array(corners.length / 3).fill(FREE)
  const isCut = new Uint8Array(whole.length)
  const isInside = (triangle: number) => labels.triangles[triangle] !== OUTSIDE
  for (let triangle = 0; triangle < whole.length; triangle++) {
    const label = labels.triangles[triangle]!
    if (label === OUTSIDE) continue
    if (label !== FREE) {
      whole[triangle] = atomOf[label]!
      continue
    }
    const atoms = new Set(
      [0, 1, 2].map((i) => atomAt(corners[3 * triangle + i]!)).filter((atom) => atom !== FREE),
    )
    if (atoms.size === 1) whole[triangle] = [...atoms][0]!
    else if (atoms.size > 1) isCut[triangle] = 1
  }
  handOut(mesh, kinds, whole, isCut, isInside)

  const edges = new EdgeSides()
  const add: Add = (a, b, atom, kind) => edges.add(a, b, atom, kind)
  for (let triangle = 0; triangle < whole.length; triangle++)
    if (isCut[triangle]) cutOne(mesh, triangle, atomAt, splitOf, kinds, add)
  for (let triangle = 0; triangle < whole.length; triangle++) {
    if (!isInside(triangle) || isCut[triangle]) continue
    for (let side = 3 * triangle; side < 3 * triangle + 3; side++) {
      const [a, b] = [corners[side]!, corners[next(side)]!]
      // The neighbour may have cut this side between its two atoms.
      const split = splits.get(linkKey(a, b))
      const kind = (kinds.get(linkKey(a, b)) ?? 0) & ~BUILDING
      if (split) {
        add(at(a), split, whole[triangle]!, kind)
        add(split, at(b), whole[triangle]!, kind)
      } else add(at(a), at(b), whole[triangle]!, kind)
    }
  }

  const sideAtom = (side: number): number => {
    const triangle = Math.floor(side / 3)
    if (!isInside(triangle)) return -1
    return isCut[triangle] ? atomAt(corners[side]!) : whole[triangle]!
  }
  const sideAt = new Map<number, number>()
  for (let side = 0; side < corners.length; side++) {
    const key = linkKey(corners[side]!, corners[next(side)]!)
    if (kinds.has(key) && (!sideAt.has(key) || corners[side]! < corners[next(side)]!)) sideAt.set(key, side)
  }
  return {
    borders: edges.borders(),
    /** The atoms to the left and to the right of a segment; −1: outside. */
    sidesOf({ a, b }: Segment): [number, number] {
      const [from, to] = [vertexAt.get(pointKey(a))!, vertexAt.get(pointKey(b))!]
      const side = sideAt.get(linkKey(from, to))
      if (side === undefined) return [-1, -1]
      const twin = twins[side]!
      const [one, other] = [sideAtom(side), twin < 0 ? -1 : sideAtom(twin)]
      return corners[side] === from ? [one, other] : [other, one]
    },
  }
}

/**
 * Where a side between two atoms is cut: at its middle on the lattice. Where a triangle is so thin that this would turn a piece
 * inside out, at an end: the border then touches that building's corner.
 */
function splitPoint({ points, corners, twins }: Triangulation, side: number): LatticePoint {
  const [a, b] = [points[corners[side]!]!, points[corners[next(side)]!]!]
  // Halves are rounded alike from both sides.
  const middle: LatticePoint = [Math.floor((a[0] + b[0]) / 2), Math.floor((a[1] + b[1]) / 2)]
  const fits = (from: LatticePoint, to: LatticePoint, apex: LatticePoint) =>
    orient(from, middle, apex) > 0 && orient(middle, to, apex) > 0
  const twin = twins[side]!
  const isSafe =
    fits(a, b, points[corners[before(side)]!]!) && (twin < 0 || fits(b, a, points[corners[before(twin)]!]!))
  return isSafe ? middle : corners[side]! < corners[next(side)]! ? a : b
}

type Add = (a: LatticePoint, b: LatticePoint, atom: number, kind: number) => void

/** Pieces of a triangle with corners at two or three atoms. */
function cutOne(
  { points, corners }: Triangulation,
  triangle: number,
  atomAt: (vertex: number) => number,
  splitOf: (side: number) => LatticePoint,
  kinds: ReadonlyMap<number, number>,
  add: Add,
): void {
  const sides = [3 * triangle, 3 * triangle + 1, 3 * triangle + 2]
  const vertex = (side: number) => corners[side]!
  const place = (side: number) => points[vertex(side)]!
  const atom = (side: number) => atomAt(vertex(side))
  const kindOf = (side: number) => (kinds.get(linkKey(vertex(side), vertex(next(side)))) ?? 0) & ~BUILDING
  const ring = (owner: number, places: [LatticePoint, kind: number][]) => {
    places.forEach(([a, kind], i) => {
      add(a, places[(i + 1) % places.length]![0], owner, kind)
    })
  }
  const free = sides.find((side) => atom(side) === FREE)
  if (free !== undefined) {
    // One corner at no building: the cut goes from there to the middle of the opposite side.
    const [one, other] = [next(free), before(free)]
    const split = splitOf(one)
    ring(atom(one), [
      [place(free), kindOf(free)],
      [place(one), kindOf(one)],
      [split, 0],
    ])
    ring(atom(other), [
      [place(free), 0],
      [split, kindOf(one)],
      [place(other), kindOf(other)],
    ])
    return
  }
  const alone = sides.filter((side) => atom(side) !== atom(next(side)) && atom(side) !== atom(before(side)))
  if (alone.length === 1) {
    const apex = alone[0]!
    const [right, left] = [splitOf(apex), splitOf(before(apex))]
    const [one, other] = [next(apex), before(apex)]
    ring(atom(apex), [
      [place(apex), kindOf(apex)],
      [right, 0],
      [left, kindOf(other)],
    ])
    ring(atom(one), [
      [right, kindOf(apex)],
      [place(one), kindOf(one)],
      [place(other), kindOf(other)],
      [left, 0],
    ])
    return
  }
  const [a, b, c] = sides as [number, number, number]
  const splits = [splitOf(a), splitOf(b), splitOf(c)] as const
  const heart = heartOf(splits, [place(a), place(b), place(c)])
  ring(atom(a), [
    [place(a), kindOf(a)],
    [splits[0], 0],
    [heart, 0],
    [splits[2], kindOf(c)],
  ])
  ring(atom(b), [
    [place(b), kindOf(b)],
    [splits[1], 0],
    [heart, 0],
    [splits[0], kindOf(a)],
  ])
  ring(atom(c), [
    [place(c), kindOf(c)],
    [splits[2], 0],
    [heart, 0],
    [splits[1], kindOf(b)],
  ])
}

/** Where the borders between three atoms meet: the middle of the triangle, or one of the cuts where the triangle is too thin for that. */
function heartOf(
  [ab, bc, ca]: readonly [LatticePoint, LatticePoint, LatticePoint],
  [a, b, c]: readonly [LatticePoint, LatticePoint, LatticePoint],
): LatticePoint {
  const middle: LatticePoint = [Math.round((a[0] + b[0] + c[0]) / 3), Math.round((a[1] + b[1] + c[1]) / 3)]
  const turns: [LatticePoint, LatticePoint][] = [
    [a, ab],
    [ab, b],
    [b, bc],
    [bc, c],
    [c, ca],
    [ca, a],
  ]
  return turns.every(([from, to]) => orient(from, to, middle) >= 0) ? middle : ab
}

/** Gives ground without buildings to the nearest atom, by the way from triangle to triangle. */
function handOut(
  { points, corners, twins }: Triangulation,
  kinds: ReadonlyMap<number, number>,
  whole: Int32Array,
  isCut: Uint8Array,
  isInside: (triangle: number) => boolean,
): void {
  const heap = new Heap<{ triangle: number; atom: number }>()
  const spread = (triangle: number, atom: number, units: number) => {
    for (let side = 3 * triangle; side < 3 * triangle + 3; side++) {
      const twin = twins[side]!
      if (twin < 0) continue
      const other = Math.floor(twin / 3)
      if (!isInside(other) || isCut[other] || whole[other] !== FREE) continue
      const kind = kinds.get(linkKey(corners[side]!, corners[twin]!)) ?? 0
      const barrier = kind & STANDING ? STANDING_UNITS : kind & (STREET | WALL) ? BARRIER_UNITS : 0
      heap.push(units + barrier + wayBetween(points, corners, triangle, other), { triangle: other, atom })
    }
  }
  for (let triangle = 0; triangle < whole.length; triangle++)
    if (whole[triangle] !== FREE) spread(triangle, whole[triangle]!, 0)
  for (let top = heap.pop(); top; top = heap.pop()) {
    const { triangle, atom } = top.value
    if (whole[triangle] !== FREE) continue
    whole[triangle] = atom
    spread(triangle, atom, top.key)
  }
  // No building at all: one atom has it all.
  for (let triangle = 0; triangle < whole.length; triangle++)
    if (isInside(triangle) && !isCut[triangle] && whole[triangle] === FREE) whole[triangle] = 0
}

function wayBetween(points: LatticePoint[], corners: Uint32Array, one: number, other: number): number {
  const [ax, ay] = middleOf(points, corners, one)
  const [bx, by] = middleOf(points, corners, other)
  return Math.hypot(bx - ax, by - ay)
}

function middleOf(points: LatticePoint[], corners: Uint32Array, triangle: number): LatticePoint {
  let [x, y] = [0, 0]
  for (let i = 0; i < 3; i++) {
    const point = points[corners[3 * triangle + i]!]!
    x += point[0] / 3
    y += point[1] / 3
  }
  return [x, y]
}
