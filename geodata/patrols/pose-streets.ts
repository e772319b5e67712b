import { placeOn } from '../network/find-path.ts'
import { snap } from '../network/snap.ts'
import type { WalkGraph } from '../network/walk-graph.ts'
import type { StreetsProblem, StreetWalk } from '../routing/streets-problem.ts'
import type { LngLat } from '../shared/geojson.ts'
import { makeUuid } from './make-uuid.ts'
import { MAX_STOPS_IN_ROUND, type Round, type Team } from './plan.schema.ts'

/** Where on a street its walk is held fast: from either end to the middle no way is shorter than the street itself. */
const HOLDS = [0, 0.5, 1] as const

/**
 * Every street of some roads, to be walked by as many as there are teams. All begin and end where the first team does, at the
 * nearer end of its street; without such a place wherever they like. Streets of other roads may be used on the way.
 */
export function poseStreets(
  graph: WalkGraph,
  roadIds: ReadonlySet<number>,
  teams: readonly Team[],
): StreetsProblem {
  const streets = Array.from({ length: graph.edgeCount }, (_, edge) => ({
    from: graph.edgeFrom[edge]!,
    to: graph.edgeTo[edge]!,
    metres: graph.edgeMetres[edge]!,
    isRequired: roadIds.has(graph.edgeRoad[edge]!),
  }))
  const post = teams.find(({ start }) => start !== null)?.start
  const at = post ? snap(graph, post) : undefined
  const start = at && (at.fraction <= 0.5 ? graph.edgeFrom[at.edge]! : graph.edgeTo[at.edge]!)
  return {
    nodeCount: graph.nodeCount,
    streets,
    walkers: Math.max(1, teams.length),
    ...(start === undefined ? {} : { start }),
  }
}

/** A round that passes the streets of a walk in their order; undefined when they are too many for one. */
export function roundOfWalk(
  graph: WalkGraph,
  { steps }: StreetWalk,
  team: Team,
  seed: number,
  number: number,
): Round | undefined {
  const places: LngLat[] = []
  for (const { street, isBackward, isDeadHead } of steps) {
    // The ways between are the shortest there are, so they need no places of their own.
    if (isDeadHead) continue
    for (const share of HOLDS) {
      const [lng, lat] = placeOn(graph, street, isBackward ? 1 - share : share)
      const at: LngLat = [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
      if (at.join() !== places.at(-1)?.join()) places.push(at)
    }
  }
  if (places.length > MAX_STOPS_IN_ROUND) return undefined
  return {
    id: makeUuid(seed, -1 - number),
    teamId: team.id,
    locked: false,
    from: null,
    to: null,
    stops: places.map((lngLat, at) => ({
      id: makeUuid(seed, number, at),
      checkpointId: null,
      lngLat,
      dwellMinutes: 0,
      locked: false,
    })),
    legs: Array.from({ length: places.length + 1 }, () => 'street' as const),
  }
}
