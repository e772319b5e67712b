import type { LngLat } from '../shared/geojson.ts'
import type { Plan, Round, Team } from './plan.schema.ts'
import type { TimedRound } from './timed-round.ts'

/** A plan with its ways and times: what files of it are written from. */
export interface WalkedPlan {
  plan: Omit<
    Plan,
    'id' | 'version' | 'createdBy' | 'createdAt' | 'publishedAt' | 'publishedVersion' | 'state'
  > &
    Partial<Plan>
  rounds: WalkedRound[]
  /** Of checkpoints, by id; of those that are gone or out of reach there is none. */
  sites: ReadonlyMap<number, { name: string; lngLat: LngLat }>
}

export interface WalkedRound {
  round: Round
  team: Team
  timed: TimedRound
  /** The whole way, from the team's start to its end; fewer than two places when it stands still. */
  coordinates: LngLat[]
}

/** What a stop is called: its checkpoint’s name, else its number in the round. */
export const stopName = ({ sites }: WalkedPlan, { round }: WalkedRound, at: number): string => {
  const { checkpointId } = round.stops[at]!
  return (checkpointId === null ? undefined : sites.get(checkpointId)?.name) ?? `${round.teamId}${at + 1}`
}
