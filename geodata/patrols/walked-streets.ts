import { findPieces } from '../network/find-path.ts'
import { snap } from '../network/snap.ts'
import { StreetSearch } from '../network/street-search.ts'
import type { WalkGraph } from '../network/walk-graph.ts'
import type { Round, Team } from './plan.schema.ts'

/** Of a street's length; places on streets are rounded to a centimetre. */
const ALL = 0.99

/** Streets (edges of the graph) that rounds walk from end to end, in one go or in parts. Yields between steps. */
export function* walkedStreetsSteps(
  graph: WalkGraph,
  rounds: readonly Round[],
  teams: readonly Team[],
): Generator<void, Set<number>> {
  const search = new StreetSearch(graph)
  const walked = new Map<number, [from: number, to: number][]>()
  for (const { stops, legs, teamId } of rounds) {
    const team = teams.find(({ id }) => id === teamId)
    const places = [team?.start, ...stops.map(({ lngLat }) => lngLat), team?.end].map(
      (at) => at && snap(graph, at),
    )
    for (const [leg, kind] of legs.entries()) {
      const [from, to] = [places[leg], places[leg + 1]]
      const found = kind === 'street' && from && to ? findPieces(graph, from, to, search) : undefined
      for (const { edge, fromFraction, toFraction } of found?.pieces ?? [])
        walked.set(edge, [
          ...(walked.get(edge) ?? []),
          [Math.min(fromFraction, toFraction), Math.max(fromFraction, toFraction)],
        ])
      yield
    }
  }
  return new Set([...walked].filter(([, spans]) => lengthOf(spans) >= ALL).map(([edge]) => edge))
}

/** Of the union of spans. */
function lengthOf(spans: readonly [from: number, to: number][]): number {
  let length = 0
  let reached = 0
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    length += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return length
}
