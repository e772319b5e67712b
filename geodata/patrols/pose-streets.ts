import { placeOn } from '../network/find-path.ts'
import { snap } from '../network/snap.ts'
import type { WalkGraph } from '../network/walk-graph.ts'
import type { StreetsProblem, StreetWalk } from '../routing/streets-problem.ts'
import type { LngLat } from '../shared/geojson.ts'
import { makeUuid } from './make-uuid.ts'
import { MAX_STOPS_IN_ROUND, type Round, type Team } from './plan.schema.ts'

/** Where on a street its walk is held fast: from either end to the middle no way is shorter than the street itself. */
const HOLDS = [0, 0.5, 1] as const

/** Apart from ids of other kinds of rounds that are made of the same seed. */
const STREET_IDS = 2

/**
 * Every street of some roads but those of `walked`, to be walked by as many as there are teams. Teams that set out from one
 * post begin and end there, at the nearer end of its street; those of different posts wherever a share begins, see
 * shareWalksSteps. Streets of other roads may be used on the way.
 */
export function poseStreets(
  graph: WalkGraph,
  roadIds: ReadonlySet<number>,
  teams: readonly Team[],
  walked: ReadonlySet<number> = new Set(),
): StreetsProblem {
  const streets = Array.from({ length: graph.edgeCount }, (_, edge) => ({
    from: graph.edgeFrom[edge]!,
    to: graph.edgeTo[edge]!,
    metres: graph.edgeMetres[edge]!,
    isRequired: roadIds.has(graph.edgeRoad[edge]!) && !walked.has(edge),
  }))
  const post = sharedPost(teams)
  const at = post ? snap(graph, post) : undefined
  const start = at && (at.fraction <= 0.5 ? graph.edgeFrom[at.edge]! : graph.edgeTo[at.edge]!)
  return {
    nodeCount: graph.nodeCount,
    streets,
    walkers: Math.max(1, teams.length),
    ...(start === undefined ? {} : { start }),
  }
}

/** Where all teams that have a post set out from; undefined when they have different ones, or none. */
export function sharedPost(teams: readonly Team[]): LngLat | undefined {
  const posts = teams.flatMap(({ start }) => (start ? [start] : []))
  return posts.every((post) => post.join() === posts[0]!.join()) ? posts[0] : undefined
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
    id: makeUuid(seed, -1 - number, STREET_IDS),
    teamId: team.id,
    locked: false,
    from: null,
    to: null,
    stops: places.map((lngLat, at) => ({
      id: makeUuid(seed, number, at, STREET_IDS),
      checkpointId: null,
      lngLat,
      dwellMinutes: 0,
      locked: false,
    })),
    legs: Array.from({ length: places.length + 1 }, () => 'street' as const),
  }
}
