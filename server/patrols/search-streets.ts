import type { Proposal } from '../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, Plan } from '../../geodata/patrols/plan.schema.ts'
import { keptRounds } from '../../geodata/patrols/pose-rounds.ts'
import { poseStreets, roundOfWalk, sharedPost } from '../../geodata/patrols/pose-streets.ts'
import { type OwnWalk, shareWalksSteps } from '../../geodata/patrols/share-walks.ts'
import { walkedStreetsSteps } from '../../geodata/patrols/walked-streets.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { inSlices } from '../network/in-slices.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import { expectSoundShapes } from './area-shapes.store.ts'
import { walkInWorker } from './solve-in-worker.ts'

/**
 * Rounds that pass every walkable street that meets the plan’s cells and that no kept round walks, shared among its other teams
 * so that the longest is short. Throws no-team, invalid-geometry, and too-many-stops for more streets than a round holds.
 */
export async function searchStreets(
  sql: Sql,
  network: Pick<Network, 'current'>,
  plan: Plan,
  settings: GenerationSettings,
  cells: readonly AreaRow[],
  reach: Reach,
  signal: AbortSignal,
): Promise<Proposal> {
  const kept = keptRounds(plan, settings)
  const teams = plan.teams.filter(({ id }) => !kept.some(({ teamId }) => teamId === id))
  if (teams.length === 0)
    throw new Problem(
      'no-team',
      plan.teams.length === 0
        ? 'The plan has no team that could walk the streets. Add one.'
        : 'Every team of the plan has a locked round already. Add a team, or unlock a round.',
    )
  await expectSoundShapes(sql, cells)
  const { graph } = await network.current()
  const walked = await inSlices(walkedStreetsSteps(graph, kept, plan.teams), signal)
  const problem = poseStreets(graph, await readRoadIds(sql, reach), teams, walked)
  const { walks, seconds } = await walkInWorker(problem, settings, signal)
  const own = sharedPost(teams)
    ? walks.walks.map((walk) => ({ walk, wayMetres: 0 }))
    : await inSlices(shareWalksSteps(graph, walks.walks, teams))
  const rounds = own.flatMap(({ walk }, at) => {
    if (walk.steps.length === 0) return []
    const team = teams[at]!
    const round = roundOfWalk(graph, walk, team, settings.seed, plan.teams.indexOf(team))
    if (round) return [round]
    throw new Problem(
      'too-many-stops',
      `Team ${team.id} would walk ${walk.steps.length} streets, more than a round holds. Name smaller cells, or more teams.`,
    )
  })
  const total = (of: (own: OwnWalk) => number) => own.reduce((sum, one) => sum + of(one), 0)
  return {
    rounds: [...kept, ...rounds],
    unserved: [],
    generated: { settings, seconds, iterations: 0, at: new Date().toISOString() },
    metres: Math.round(total(({ walk, wayMetres }) => walk.metres + wayMetres)),
    visits: 0,
    streets: {
      deadHeadMetres: Math.round(total(({ walk, wayMetres }) => walk.deadHeadMetres + wayMetres)),
      unreachedMetres: Math.round(
        walks.unreached.reduce((sum, street) => sum + graph.edgeMetres[street]!, 0),
      ),
      longestMetres: Math.round(Math.max(...own.map(({ walk, wayMetres }) => walk.metres + wayMetres))),
      boundMetres: Math.round(walks.boundMetres),
      isExact: walks.isExact,
    },
  }
}

async function readRoadIds(sql: Sql, reach: Reach): Promise<Set<number>> {
  const parameters: (number[] | string)[] = []
  const reached = reachClause('roads', reach, (ids) => `$${parameters.push(ids)}`)
  const rows = await sql.unsafe<{ id: number }[]>(
    `SELECT t.id FROM road t WHERE t.walkable AND ${reached}`,
    parameters,
    { prepare: true },
  )
  return new Set(rows.map(({ id }) => id))
}
