import { METRES_PER_UNIT } from '../editing/lattice.ts'
import { DisjointSets } from '../routing/disjoint-sets.ts'
import type { Ground } from './divide-ground.ts'
import { STREET, WALL } from './node-segments.ts'

/** Which atoms have ground beside each other, in compressed rows: those of atom i are from start[i] to start[i + 1]. */
export interface AtomGraph {
  start: Int32Array
  neighbour: Int32Array
  /** Metres of border with that neighbour. */
  metres: Float64Array
  /** Of these, metres along a street or wall. */
  barrierMetres: Float64Array
  /** Metres of an atom's border with what lies outside. */
  rimMetres: Float64Array
  /** Pieces of the cell that are apart from each other; they were linked by rows without length. */
  islands: number
}

/** Atoms are neighbours when they share a stretch of border; a point in common is not enough. */
export function buildAtomGraph({ atoms, borders }: Pick<Ground, 'atoms' | 'borders'>): AtomGraph {
  const rimMetres = new Float64Array(atoms.length)
  const links = new Map<number, { a: number; b: number; metres: number; barrierMetres: number }>()
  for (const { a, b, left, right, kind } of borders) {
    const metres = metresBetween(a, b)
    if (right < 0) {
      rimMetres[left] = rimMetres[left]! + metres
      continue
    }
    const [one, other] = left < right ? [left, right] : [right, left]
    const key = one * atoms.length + other
    const link = links.get(key) ?? { a: one, b: other, metres: 0, barrierMetres: 0 }
    links.set(key, link)
    link.metres += metres
    if (kind & (STREET | WALL)) link.barrierMetres += metres
  }
  const linked = withoutGaps(atoms.length, [...links.values()])
  const islands = linkIslands(atoms.length, linked, borders)
  return { ...toRows(atoms.length, linked), rimMetres, islands }
}

/** Nobody walks through a narrower gap: such a border counts only where nothing else holds atoms together. */
const LEAST_METRES = 0.5

function withoutGaps(count: number, links: Link[]): Link[] {
  const sets = new DisjointSets(count)
  const [wide, narrow] = [true, false].map((isWide) =>
    links.filter(({ metres }) => metres >= LEAST_METRES === isWide),
  ) as [Link[], Link[]]
  for (const { a, b } of wide) sets.join(a, b)
  narrow.sort((one, other) => other.metres - one.metres)
  return [...wide, ...narrow.filter(({ a, b }) => sets.join(a, b))]
}

type Link = { a: number; b: number; metres: number; barrierMetres: number }

export function toRows(count: number, links: readonly Link[]) {
  const start = new Int32Array(count + 1)
  for (const { a, b } of links) {
    start[a + 1]!++
    start[b + 1]!++
  }
  for (let i = 0; i < count; i++) start[i + 1] = start[i + 1]! + start[i]!
  const at = start.slice(0, count)
  const neighbour = new Int32Array(links.length * 2)
  const metres = new Float64Array(links.length * 2)
  const barrierMetres = new Float64Array(links.length * 2)
  for (const link of links)
    for (const [from, to] of [
      [link.a, link.b],
      [link.b, link.a],
    ] as const) {
      const row = at[from]!++
      neighbour[row] = to
      metres[row] = link.metres
      barrierMetres[row] = link.barrierMetres
    }
  return { start, neighbour, metres, barrierMetres }
}

/** A cell in several pieces: each is linked with what is nearest to it, so that all of it can be shared out. */
function linkIslands(count: number, links: Link[], borders: Ground['borders']): number {
  const middles = middlesOf(count, borders)
  let islands = 1
  for (;;) {
    const rows = toRows(count, links)
    const reached = new Uint8Array(count)
    const stack = [0]
    reached[0] = 1
    for (let atom = stack.pop(); atom !== undefined; atom = stack.pop())
      for (let row = rows.start[atom]!; row < rows.start[atom + 1]!; row++) {
        const other = rows.neighbour[row]!
        if (reached[other]) continue
        reached[other] = 1
        stack.push(other)
      }
    let best: Link | undefined
    let least = Infinity
    for (let a = 0; a < count; a++)
      for (let b = 0; reached[a] && b < count; b++) {
        if (reached[b]) continue
        const distance = Math.hypot(
          middles[2 * a]! - middles[2 * b]!,
          middles[2 * a + 1]! - middles[2 * b + 1]!,
        )
        if (distance >= least) continue
        least = distance
        best = { a: Math.min(a, b), b: Math.max(a, b), metres: 0, barrierMetres: 0 }
      }
    if (!best) return islands
    links.push(best)
    islands++
  }
}

/** East and north of the middle of each atom's ground, in lattice units. */
export function middlesOf(count: number, borders: Ground['borders']): Float64Array {
  const sums = new Float64Array(count * 3)
  const add = (atom: number, x: number, y: number, weight: number) => {
    sums[3 * atom] = sums[3 * atom]! + x * weight
    sums[3 * atom + 1] = sums[3 * atom + 1]! + y * weight
    sums[3 * atom + 2] = sums[3 * atom + 2]! + weight
  }
  for (const { a, b, left, right } of borders) {
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    for (const atom of [left, right]) if (atom >= 0) add(atom, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, length)
  }
  const middles = new Float64Array(count * 2)
  for (let atom = 0; atom < count; atom++) {
    middles[2 * atom] = sums[3 * atom]! / (sums[3 * atom + 2]! || 1)
    middles[2 * atom + 1] = sums[3 * atom + 1]! / (sums[3 * atom + 2]! || 1)
  }
  return middles
}

/** Metres between two places of the lattice, in the plane of their latitude. */
export function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const east = (b[0] - a[0]) * Math.cos(((a[1] + b[1]) / 2) * 1e-7 * (Math.PI / 180))
  return Math.hypot(east, b[1] - a[1]) * METRES_PER_UNIT
}
