import type { AtomGraph } from './atom-graph.ts'
import { staysWhole } from './improve.ts'

/** Why an atom cannot come to a cell. */
export type CorrectionRefusal =
  /** It is there already. */
  | 'same'
  /** It has no border with that cell. */
  | 'not-beside'
  /** Its own cell would fall apart. */
  | 'falls-apart'
  /** It is all that its cell has. */
  | 'last'

/** Whether an atom can go to a neighbouring cell so that both stay connected. */
export function refuseMove(
  graph: Pick<AtomGraph, 'start' | 'neighbour'>,
  part: Int32Array,
  atom: number,
  to: number,
): CorrectionRefusal | undefined {
  if (part[atom] === to) return 'same'
  let isBeside = false
  for (let row = graph.start[atom]!; row < graph.start[atom + 1]!; row++)
    isBeside ||= part[graph.neighbour[row]!] === to
  if (!isBeside) return 'not-beside'
  if (part.reduce((count, cell) => count + (cell === part[atom] ? 1 : 0), 0) === 1) return 'last'
  return staysWhole(graph, part, atom) ? undefined : 'falls-apart'
}
