import type { Random } from '../demo/random.ts'
import type { AtomGraph } from './atom-graph.ts'
import type { Scoring } from './score.ts'
import { splitRegion } from './split-region.ts'

/**
 * The standing cells as a start: atoms in none go to a neighbour's, stretches cut off from the heaviest part of their cell become
 * cells of their own; then the lightest are joined to a neighbour and the heaviest are divided until there are `count`.
 */
export function startStanding(
  graph: AtomGraph,
  scoring: Scoring,
  standing: Int32Array,
  count: number,
  random: Random,
): Int32Array {
  const part = fillUnknown(graph, standing)
  let cells = componentsOf(graph, part)
  const weigh = (atoms: number[]) => atoms.reduce((sum, atom) => sum + scoring.weights[atom]!, 0)
  while (cells.length > count) {
    cells.sort((one, other) => weigh(other) - weigh(one) || one[0]! - other[0]!)
    const least = cells.pop()!
    cells.forEach((atoms, cell) => {
      for (const atom of atoms) part[atom] = cell
    })
    const near = new Set<number>()
    const isOwn = new Set(least)
    for (const atom of least)
      for (let row = graph.start[atom]!; row < graph.start[atom + 1]!; row++)
        if (!isOwn.has(graph.neighbour[row]!)) near.add(part[graph.neighbour[row]!]!)
    const heir = [...near].reduce((a, b) => (weigh(cells[b]!) < weigh(cells[a]!) ? b : a))
    cells[heir]!.push(...least)
  }
  while (cells.length < count) {
    cells.sort((one, other) => weigh(other) - weigh(one) || one[0]! - other[0]!)
    const at = cells.findIndex((atoms) => atoms.length > 1)
    const [heaviest] = cells.splice(at, 1)
    cells = [...cells, ...splitRegion(graph, scoring, heaviest!, 2, random)]
  }
  cells.forEach((atoms, cell) => {
    for (const atom of atoms) part[atom] = cell
  })
  return part
}

/** Atoms in no cell come to that of their nearest neighbour in one. */
export function fillUnknown(
  { start, neighbour }: Pick<AtomGraph, 'start' | 'neighbour'>,
  standing: Int32Array,
): Int32Array {
  const part = standing.slice()
  const queue: number[] = []
  part.forEach((cell, atom) => {
    if (cell >= 0) queue.push(atom)
  })
  if (queue.length === 0) return part.fill(0)
  for (let i = 0; i < queue.length; i++)
    for (let row = start[queue[i]!]!; row < start[queue[i]! + 1]!; row++) {
      const other = neighbour[row]!
      if (part[other]! >= 0) continue
      part[other] = part[queue[i]!]!
      queue.push(other)
    }
  return part
}

/** Connected stretches of atoms of one cell. */
export function componentsOf(
  { start, neighbour }: Pick<AtomGraph, 'start' | 'neighbour'>,
  part: Int32Array,
): number[][] {
  const seen = new Uint8Array(part.length)
  const components: number[][] = []
  for (let first = 0; first < part.length; first++) {
    if (seen[first]) continue
    seen[first] = 1
    const component = [first]
    for (let i = 0; i < component.length; i++)
      for (let row = start[component[i]!]!; row < start[component[i]! + 1]!; row++) {
        const other = neighbour[row]!
        if (seen[other] || part[other] !== part[first]) continue
        seen[other] = 1
        component.push(other)
      }
    components.push(component)
  }
  return components
}
