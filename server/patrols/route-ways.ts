import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import { walkPlan } from './walk-plan.ts'

/** The way of a round as it is handed out. */
export interface RouteWay {
  roundId: string
  teamId: string
  teamName: string
  /** The round's own hours, instants. */
  from: string
  to: string
  metres: number
  /** Sites to visit. */
  stops: number
  coordinates: LngLat[]
}

/** The ways of a plan's rounds along the streets as they are now; a round that goes nowhere has none. */
export async function routeWays(
  sql: Sql,
  network: Pick<Network, 'paths'>,
  plan: Plan,
  reach: Reach,
  signal?: AbortSignal,
): Promise<RouteWay[]> {
  const { rounds } = await walkPlan(sql, network, plan, reach, signal)
  return rounds
    .filter(({ coordinates }) => coordinates.length > 1)
    .map(({ round, team, coordinates, timed }) => ({
      roundId: round.id,
      teamId: team.id,
      teamName: team.name,
      from: round.from ?? team.from,
      to: round.to ?? team.to,
      metres: timed.metres,
      stops: round.stops.filter(({ checkpointId }) => checkpointId !== null).length,
      coordinates,
    }))
}
