import type { Proposal } from '../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, Plan } from '../../geodata/patrols/plan.schema.ts'
import { poseStreets, roundOfWalk } from '../../geodata/patrols/pose-streets.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import { walkInWorker } from './solve-in-worker.ts'

/**
 * Rounds that pass every walkable street that meets the plan’s cells, shared among its teams so that the longest is short.
 * Throws invalid-body without teams, too-large for more streets than a round holds.
 */
export async function searchStreets(
  sql: Sql,
  network: Pick<Network, 'current'>,
  plan: Plan,
  settings: GenerationSettings,
  reach: Reach,
  signal: AbortSignal,
): Promise<Proposal> {
  const { teams } = plan
  if (teams.length === 0)
    throw new Problem('invalid-body', 'The plan has no team that could walk the streets. Add one.')
  const { graph } = await network.current()
  const problem = poseStreets(graph, await readRoadIds(sql, reach), teams)
  const { walks, seconds } = await walkInWorker(problem, settings, signal)
  const rounds = walks.walks.flatMap((walk, number) => {
    if (walk.steps.length === 0) return []
    const round = roundOfWalk(graph, walk, teams[number]!, settings.seed, number)
    if (round) return [round]
    throw new Problem(
      'too-large',
      `Team ${teams[number]!.id} would walk ${walk.steps.length} streets, more than a round holds. Name smaller cells, or more teams.`,
    )
  })
  const total = (of: (walk: (typeof walks.walks)[number]) => number) =>
    walks.walks.reduce((sum, walk) => sum + of(walk), 0)
  return {
    rounds,
    unserved: [],
    generated: { settings, seconds, iterations: 0, at: new Date().toISOString() },
    metres: Math.round(total(({ metres }) => metres)),
    visits: 0,
    streets: {
      deadHeadMetres: Math.round(total(({ deadHeadMetres }) => deadHeadMetres)),
      unreachedMetres: Math.round(
        walks.unreached.reduce((sum, street) => sum + graph.edgeMetres[street]!, 0),
      ),
      longestMetres: Math.round(Math.max(...walks.walks.map(({ metres }) => metres))),
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
