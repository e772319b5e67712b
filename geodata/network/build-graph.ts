import { assembleGraph } from './assemble-graph.ts'
import { RoadSet } from './road-set.ts'
import type { RoadLine, WalkGraph } from './walk-graph.ts'

/** The graph of the roads that can be walked; of roads with the same id the last counts. */
export function buildGraph(roads: Iterable<RoadLine>): WalkGraph {
  const set = new RoadSet()
  for (const road of roads) set.put(road)
  return assembleGraph(set)
}

/**
 * The graph after some roads went and others came or changed: the same as that of the new set, without measuring and
 * noding the other roads again. `graph` stays as it is.
 */
export function updateGraph(
  graph: WalkGraph,
  { removed, put }: { removed: Iterable<number>; put: Iterable<RoadLine> },
): WalkGraph {
  const set = graph.roads.copy()
  for (const id of removed) set.remove(id)
  for (const road of put) set.put(road)
  return assembleGraph(set)
}
