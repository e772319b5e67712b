import type { Random } from '../demo/random.ts'
import type { AtomGraph } from './atom-graph.ts'
import { oversizeOf, type Scoring } from './score.ts'
import { splitRegion } from './split-region.ts'

/** A partition that is being made better. `part`: the cell of each atom, from 0; each connected. */
export interface Working {
  graph: AtomGraph
  scoring: Scoring
  part: Int32Array
  /** What each cell weighs, and what its oversize atoms weigh. */
  weight: Float64Array
  oversize: Float64Array
  size: Int32Array
  standing: Int32Array | undefined
  /** The standing cell that each cell goes on from; −1: none. */
  home: Int32Array
}

export function toWorking(
  graph: AtomGraph,
  scoring: Scoring,
  part: Int32Array,
  count: number,
  standing: Int32Array | undefined,
): Working {
  const working: Working = {
    graph,
    scoring,
    part,
    weight: new Float64Array(count),
    oversize: new Float64Array(count),
    size: new Int32Array(count),
    standing,
    home: new Int32Array(count).fill(-1),
  }
  part.forEach((cell, atom) => {
    add(working, atom, cell, 1)
  })
  working.home = matchHomes(part, count, standing, scoring.weights)
  return working
}

function add({ scoring, weight, oversize, size }: Working, atom: number, cell: number, sign: 1 | -1): void {
  const own = scoring.weights[atom]!
  weight[cell] = weight[cell]! + sign * own
  oversize[cell] = oversize[cell]! + sign * oversizeOf(own, scoring.band)
  size[cell] = size[cell]! + sign
}

/** Each cell goes on from the standing one with which it shares most, and each standing one goes on in one cell at most. */
export function matchHomes(
  part: Int32Array,
  count: number,
  standing: Int32Array | undefined,
  weights: Float64Array,
): Int32Array {
  const home = new Int32Array(count).fill(-1)
  if (!standing) return home
  const shared = new Map<string, { cell: number; old: number; weight: number }>()
  part.forEach((cell, atom) => {
    const old = standing[atom]!
    if (old < 0) return
    const held = shared.get(`${cell} ${old}`) ?? { cell, old, weight: 0 }
    shared.set(`${cell} ${old}`, held)
    // Cells without weight still go on from somewhere.
    held.weight += weights[atom]! + 1e-6
  })
  const taken = new Set<number>()
  const pairs = [...shared.values()].sort((a, b) => b.weight - a.weight || a.cell - b.cell || a.old - b.old)
  for (const { cell, old } of pairs) {
    if (home[cell] !== -1 || taken.has(old)) continue
    home[cell] = old
    taken.add(old)
  }
  return home
}

const scoreOf = ({ scoring, weight, oversize }: Working, cell: number): number =>
  scoring.ofCell(weight[cell]!, oversize[cell]!)

/**
 * Moves atoms at borders to the neighbouring cell while that lowers the score and leaves every cell connected. A cell
 * never loses its last atom. True when anything moved.
 */
export function flipBorders(working: Working, random: Random, rounds: number): boolean {
  const { part, graph } = working
  let hasMoved = false
  for (let round = 0; round < rounds; round++) {
    let moved = 0
    const border: number[] = []
    for (let atom = 0; atom < part.length; atom++) if (isAtBorder(graph, part, atom)) border.push(atom)
    for (const atom of random.shuffle(border)) if (flipOne(working, atom)) moved++
    hasMoved ||= moved > 0
    if (moved === 0) break
  }
  return hasMoved
}

function isAtBorder({ start, neighbour }: AtomGraph, part: Int32Array, atom: number): boolean {
  for (let row = start[atom]!; row < start[atom + 1]!; row++)
    if (part[neighbour[row]!] !== part[atom]) return true
  return false
}

function flipOne(working: Working, atom: number): boolean {
  const { part, graph, scoring, size, standing, home } = working
  const from = part[atom]!
  if (size[from] === 1) return false
  const cost = new Map<number, number>()
  for (let row = graph.start[atom]!; row < graph.start[atom + 1]!; row++) {
    const cell = part[graph.neighbour[row]!]!
    cost.set(cell, (cost.get(cell) ?? 0) + scoring.borderCost[row]!)
  }
  const leftAlone = cost.get(from) ?? 0
  const own = scoring.weights[atom]!
  const heavy = oversizeOf(own, scoring.band)
  const ofFrom =
    scoring.ofCell(working.weight[from]! - own, working.oversize[from]! - heavy) - scoreOf(working, from)
  const movedFrom = standing && home[from] !== standing[atom] ? 1 : 0
  let best = -1
  let least = -1e-9
  for (const [to, along] of cost) {
    if (to === from) continue
    const ofTo =
      scoring.ofCell(working.weight[to]! + own, working.oversize[to]! + heavy) - scoreOf(working, to)
    const movedTo = standing && home[to] !== standing[atom] ? 1 : 0
    const delta = ofFrom + ofTo + leftAlone - along + (movedTo - movedFrom) * scoring.moved * own
    if (delta >= least) continue
    least = delta
    best = to
  }
  if (best < 0 || !staysWhole(graph, part, atom)) return false
  add(working, atom, from, -1)
  add(working, atom, best, 1)
  part[atom] = best
  return true
}

/** Whether the cell of an atom stays connected without it. */
export function staysWhole(
  { start, neighbour }: Pick<AtomGraph, 'start' | 'neighbour'>,
  part: Int32Array,
  atom: number,
): boolean {
  const cell = part[atom]!
  const own: number[] = []
  for (let row = start[atom]!; row < start[atom + 1]!; row++)
    if (part[neighbour[row]!] === cell) own.push(neighbour[row]!)
  if (own.length <= 1) return own.length === 1
  const wanted = new Set(own.slice(1))
  const seen = new Set([atom, own[0]!])
  const queue = [own[0]!]
  for (let i = 0; i < queue.length; i++)
    for (let row = start[queue[i]!]!; row < start[queue[i]! + 1]!; row++) {
      const other = neighbour[row]!
      if (part[other] !== cell || seen.has(other)) continue
      seen.add(other)
      if (wanted.delete(other) && wanted.size === 0) return true
      queue.push(other)
    }
  return false
}

/** Joins two neighbouring cells and divides them anew; keeps that when the score is lower. */
export function recombine(working: Working, random: Random): boolean {
  const { part, graph } = working
  const first = pickCell(working, random)
  const others = new Set<number>()
  const atoms: number[] = []
  part.forEach((cell, atom) => {
    if (cell !== first) return
    atoms.push(atom)
    for (let row = graph.start[atom]!; row < graph.start[atom + 1]!; row++) {
      const other = part[graph.neighbour[row]!]!
      if (other !== first) others.add(other)
    }
  })
  if (others.size === 0) return false
  const second = random.pick([...others])
  part.forEach((cell, atom) => {
    if (cell === second) atoms.push(atom)
  })
  const before = costAround(working, atoms, first, second)
  const old = atoms.map((atom) => part[atom]!)
  const [one] = splitRegion(graph, working.scoring, atoms, 2, random)
  const isOne = new Set(one)
  const turn = sharesMore(atoms, old, isOne, first)
  const assign = (cellOf: (atom: number, i: number) => number) =>
    atoms.forEach((atom, i) => {
      add(working, atom, part[atom]!, -1)
      part[atom] = cellOf(atom, i)
      add(working, atom, part[atom]!, 1)
    })
  assign((atom) => (isOne.has(atom) === turn ? first : second))
  if (
    working.size[first]! > 0 &&
    working.size[second]! > 0 &&
    costAround(working, atoms, first, second) < before - 1e-9
  )
    return true
  assign((_, i) => old[i]!)
  return false
}

function sharesMore(atoms: number[], old: number[], isOne: ReadonlySet<number>, first: number): boolean {
  let alike = 0
  atoms.forEach((atom, i) => {
    alike += isOne.has(atom) === (old[i] === first) ? 1 : -1
  })
  return alike >= 0
}

/** Cells out of the band first. */
function pickCell(working: Working, random: Random): number {
  const { weight, oversize, scoring } = working
  const bad: number[] = []
  for (let cell = 0; cell < weight.length; cell++)
    if (oversize[cell] === 0 && (weight[cell]! < scoring.band.min || weight[cell]! > scoring.band.max))
      bad.push(cell)
  if (bad.length > 0 && random.chance(0.8)) return random.pick(bad)
  return random.int(0, weight.length - 1)
}

function costAround(working: Working, atoms: number[], first: number, second: number): number {
  const { part, graph, scoring, standing, home } = working
  let cost = scoreOf(working, first) + scoreOf(working, second)
  for (const atom of atoms) {
    const cell = part[atom]!
    for (let row = graph.start[atom]!; row < graph.start[atom + 1]!; row++) {
      const other = part[graph.neighbour[row]!]!
      if (other === cell) continue
      const isWithin = other === first || other === second
      cost += scoring.borderCost[row]! * (isWithin ? 0.5 : 1)
    }
    if (standing && home[cell] !== standing[atom]) cost += scoring.moved * scoring.weights[atom]!
  }
  return cost
}
