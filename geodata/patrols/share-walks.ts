import { snap } from '../network/snap.ts'
import { StreetSearch } from '../network/street-search.ts'
import type { WalkGraph } from '../network/walk-graph.ts'
import type { Step, StreetWalk } from '../routing/streets-problem.ts'
import type { LngLat } from '../shared/geojson.ts'
import type { Team } from './plan.schema.ts'

export interface OwnWalk {
  walk: StreetWalk
  /** From the team's post to the first street, and from the last to where it ends. */
  wayMetres: number
}

/**
 * Which team walks which of as many walks, and in which sense, so that the longest with its ways from and to the team's own
 * posts is short: the longest way first, then swaps of two while they help. In the order of the teams. Yields between steps.
 */
export function* shareWalksSteps(
  graph: WalkGraph,
  walks: readonly StreetWalk[],
  teams: readonly Team[],
): Generator<void, OwnWalk[]> {
  const search = new StreetSearch(graph)
  const choices: OwnWalk[][] = []
  for (const { start, end } of teams) {
    const [out, back] = [metresFrom(graph, search, start), metresFrom(graph, search, end)]
    choices.push(
      walks.map((walk) => {
        const [first, last] = [walk.steps[0], walk.steps[walk.steps.length - 1]]
        if (!first || !last) return { walk, wayMetres: 0 }
        const [enters, leaves] = [firstNode(graph, first), firstNode(graph, turned(last))]
        const [ahead, turn] = [out(enters) + back(leaves), out(leaves) + back(enters)]
        return turn < ahead
          ? { walk: { ...walk, steps: walk.steps.toReversed().map(turned) }, wayMetres: turn }
          : { walk, wayMetres: ahead }
      }),
    )
    yield
  }
  const order = walks.map((_, at) => at)
  const lengthOf = (team: number, walk: number) => {
    const { walk: own, wayMetres } = choices[team]![walk]!
    return own.metres + wayMetres
  }
  for (let hasHelped = true; hasHelped; ) {
    hasHelped = false
    for (let a = 0; a < order.length; a++)
      for (let b = a + 1; b < order.length; b++) {
        const now = [lengthOf(a, order[a]!), lengthOf(b, order[b]!)] as const
        const then = [lengthOf(a, order[b]!), lengthOf(b, order[a]!)] as const
        const gain = Math.max(...now) - Math.max(...then) || now[0] + now[1] - then[0] - then[1]
        if (gain <= 1e-6) continue
        ;[order[a], order[b]] = [order[b]!, order[a]!]
        hasHelped = true
      }
    yield
  }
  return order.map((walk, team) => choices[team]![walk]!)
}

const turned = (step: Step): Step => ({ ...step, isBackward: !step.isBackward })

const firstNode = (graph: WalkGraph, { street, isBackward }: Step): number =>
  isBackward ? graph.edgeTo[street]! : graph.edgeFrom[street]!

/** Metres to a node; 0 without a post, or where no way leads there, which the round's times tell. */
function metresFrom(graph: WalkGraph, search: StreetSearch, post: LngLat | null): (node: number) => number {
  const at = post ? snap(graph, post) : undefined
  if (!at) return () => 0
  search.clear()
  search.startAt(at, at.distanceMetres)
  while (search.settle() >= 0);
  const metres = search.metres.slice()
  return (node) => (Number.isFinite(metres[node]!) ? metres[node]! : 0)
}
