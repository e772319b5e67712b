import type { Random } from '../demo/random.ts'
import { DisjointSets } from '../routing/disjoint-sets.ts'
import type { AtomGraph } from './atom-graph.ts'
import { oversizeOf, type Scoring } from './score.ts'

/** Trees that are grown before a division that misses the band is taken, and divisions among which the best is chosen. */
const TREES = 40
const GOOD_ENOUGH = 3

interface Division {
  /** Atoms on one side. */
  side: number[]
  rest: number[]
  /** Cells to be made of that side. */
  count: number
  miss: number
  cost: number
}

/**
 * Shares out connected atoms among `count` cells, each connected: a random spanning tree is cut where both sides can
 * make up whole cells within the band (ReCom: DeFord, Duchin, Solomon 2021), then each side in turn. Trees keep off
 * streets and walls, so cuts run there. Cells may miss the band when no tree found has a fitting cut.
 */
export function splitRegion(
  graph: AtomGraph,
  scoring: Scoring,
  atoms: number[],
  count: number,
  random: Random,
): number[][] {
  if (count <= 1 || atoms.length <= 1) return [atoms]
  const division = divide(graph, scoring, atoms, count, random)
  return [
    ...splitRegion(graph, scoring, division.side, division.count, random),
    ...splitRegion(graph, scoring, division.rest, count - division.count, random),
  ]
}

function divide(
  graph: AtomGraph,
  scoring: Scoring,
  atoms: number[],
  count: number,
  random: Random,
): Division {
  const place = new Map(atoms.map((atom, i) => [atom, i]))
  const edges = edgesWithin(graph, atoms, place)
  let best: Division | undefined
  let good = 0
  for (let tree = 0; tree < TREES && good < GOOD_ENOUGH; tree++) {
    const found = cutTree(graph, scoring, atoms, place, growTree(graph, edges, atoms.length, random), count)
    if (found.miss === 0) good++
    if (!best || found.miss < best.miss || (found.miss === best.miss && found.cost < best.cost)) best = found
  }
  return best!
}

interface Edges {
  from: number[]
  to: number[]
  row: number[]
}

function edgesWithin(
  { start, neighbour }: AtomGraph,
  atoms: number[],
  place: ReadonlyMap<number, number>,
): Edges {
  const edges: Edges = { from: [], to: [], row: [] }
  atoms.forEach((atom, i) => {
    for (let row = start[atom]!; row < start[atom + 1]!; row++) {
      const other = place.get(neighbour[row]!)
      if (other === undefined || other <= i) continue
      edges.from.push(i)
      edges.to.push(other)
      edges.row.push(row)
    }
  })
  return edges
}

/** Rows of a tree: for each atom its links. Links across streets and walls, and short ones, come late. */
function growTree(graph: AtomGraph, { from, to, row }: Edges, count: number, random: Random): number[][] {
  const keys = Float64Array.from(row, (at) => {
    const metres = graph.metres[at]!
    const barrier = metres > 0 ? graph.barrierMetres[at]! / metres : 1
    return random.next() + barrier * 0.8 + (metres < 3 ? 0.3 : 0)
  })
  const order = Uint32Array.from(keys, (_, i) => i).sort((a, b) => keys[a]! - keys[b]!)
  const sets = new DisjointSets(count)
  const links: number[][] = Array.from({ length: count }, () => [])
  let left = count - 1
  for (const edge of order) {
    if (left === 0) break
    if (!sets.join(from[edge]!, to[edge]!)) continue
    links[from[edge]!]!.push(to[edge]!)
    links[to[edge]!]!.push(from[edge]!)
    left--
  }
  return links
}

function cutTree(
  graph: AtomGraph,
  scoring: Scoring,
  atoms: number[],
  place: ReadonlyMap<number, number>,
  links: number[][],
  count: number,
): Division {
  const order = [0]
  const parent = new Int32Array(atoms.length).fill(-1)
  for (let i = 0; i < order.length; i++)
    for (const next of links[order[i]!]!) {
      if (next === parent[order[i]!]) continue
      parent[next] = order[i]!
      order.push(next)
    }
  const weight = Float64Array.from(atoms, (atom) => scoring.weights[atom]!)
  const large = Float64Array.from(weight, (one) => oversizeOf(one, scoring.band))
  const larges = Int32Array.from(large, (one) => (one > 0 ? 1 : 0))
  const size = new Int32Array(atoms.length).fill(1)
  for (let i = order.length - 1; i > 0; i--) {
    const at = order[i]!
    const up = parent[at]!
    weight[up] = weight[up]! + weight[at]!
    large[up] = large[up]! + large[at]!
    larges[up] = larges[up]! + larges[at]!
    size[up] = size[up]! + size[at]!
  }
  const [total, totalLarge, totalLarges] = [weight[0]!, large[0]!, larges[0]!]
  let best = { at: order[order.length - 1]!, count: 1, miss: Infinity, off: Infinity }
  const finalists: (typeof best)[] = []
  for (let i = 1; i < order.length; i++) {
    const at = order[i]!
    const wished =
      totalLarges > 0
        ? larges[at]! + ((count - totalLarges) * (weight[at]! - large[at]!)) / (total - totalLarge || 1)
        : (count * weight[at]!) / (total || 1)
    for (const cells of new Set([Math.floor(wished), Math.ceil(wished)])) {
      const rest = count - cells
      if (cells < 1 || rest < 1 || cells > size[at]! || rest > atoms.length - size[at]!) continue
      const miss =
        missOfSide(weight[at]! - large[at]!, larges[at]!, cells, scoring) +
        missOfSide(total - weight[at]! - totalLarge + large[at]!, totalLarges - larges[at]!, rest, scoring)
      // Halves make the shallowest recursion; shares true to the weight leave room on both sides.
      const off = Math.abs(wished - cells) + Math.abs(cells / count - 0.5) * 0.5
      const made = { at, count: cells, miss, off }
      if (miss === 0) finalists.push(made)
      if (miss < best.miss || (miss === best.miss && off < best.off)) best = made
    }
  }
  finalists.sort((one, other) => one.off - other.off)
  const tried = (finalists.length > 0 ? finalists.slice(0, 4) : [best]).map((one) =>
    divisionAt(one, atoms, order, parent, place, graph, scoring),
  )
  return tried.reduce((least, one) => (one.cost < least.cost ? one : least))
}

function divisionAt(
  { at, count, miss, off }: { at: number; count: number; miss: number; off: number },
  atoms: number[],
  order: number[],
  parent: Int32Array,
  place: ReadonlyMap<number, number>,
  { start, neighbour }: AtomGraph,
  { borderCost }: Scoring,
): Division {
  const isBelow = new Uint8Array(atoms.length)
  isBelow[at] = 1
  for (const one of order) if (parent[one]! >= 0 && isBelow[parent[one]!]) isBelow[one] = 1
  let cost = off * 0.2
  const side: number[] = []
  const rest: number[] = []
  atoms.forEach((atom, i) => {
    if (!isBelow[i]) {
      rest.push(atom)
      return
    }
    side.push(atom)
    for (let row = start[atom]!; row < start[atom + 1]!; row++) {
      const other = place.get(neighbour[row]!)
      if (other !== undefined && !isBelow[other]) cost += borderCost[row]!
    }
  })
  return { side, rest, count, miss, cost }
}

/** How far a side is from what its cells may hold. Cells with an oversize atom may hold any part of the rest. */
function missOfSide(ordinary: number, larges: number, cells: number, { band }: Scoring): number {
  const own = Math.max(0, cells - larges)
  if (larges > cells) return (larges - cells) * band.max
  const [low, high] = [own * band.min, (larges > 0 ? cells : own) * band.max]
  return ordinary < low ? low - ordinary : ordinary > high ? ordinary - high : 0
}
