import { evaluateRound } from '../../geodata/patrols/evaluate-round.ts'
import type { Round, Team } from '../../geodata/patrols/plan.schema.ts'
import type { LegLength } from '../../geodata/patrols/timed-round.ts'
import type { WalkedPlan } from '../../geodata/patrols/walked-plan.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import { readSites } from './due.store.ts'

/** The ways of a plan’s rounds along the streets as they are now, and the times that follow. */
export async function walkPlan(
  sql: Sql,
  network: Pick<Network, 'paths'>,
  plan: WalkedPlan['plan'],
  reach: Reach,
  signal?: AbortSignal,
): Promise<WalkedPlan> {
  const ids = new Set([
    ...plan.rounds.flatMap(({ stops }) => stops.flatMap(({ checkpointId }) => checkpointId ?? [])),
    ...plan.unserved.map(({ checkpointId }) => checkpointId),
  ])
  const shift = { from: Date.parse(plan.from), to: Date.parse(plan.to) }
  const sites = new Map(
    (await readSites(sql, shift, [...ids], reach)).map((site) => [site.checkpointId, site]),
  )
  const teams = new Map(plan.teams.map((team) => [team.id, team]))
  const rounds: WalkedPlan['rounds'] = []
  for (const round of plan.rounds) {
    const team = teams.get(round.teamId)!
    const { legs, coordinates } = await walkRound(network, round, team, signal)
    rounds.push({ round, team, coordinates, timed: evaluateRound(round, team, legs, sites, plan) })
  }
  return { plan, rounds, sites }
}

/** Without a start or an end of the team, the first or last leg is no way at all. */
async function walkRound(
  network: Pick<Network, 'paths'>,
  { stops, legs: kinds }: Round,
  { start, end }: Team,
  signal: AbortSignal | undefined,
): Promise<{ legs: LegLength[]; coordinates: LngLat[] }> {
  const none: LegLength = { metres: 0, way: true }
  const points = [start, ...stops.map(({ lngLat }) => lngLat), end]
  const places = points.filter((at) => at !== null)
  const walked = kinds.filter((_, at) => points[at] && points[at + 1])
  if (stops.length === 0 || places.length < 2) return { legs: kinds.map(() => none), coordinates: places }
  const { legs } = await network.paths(places, walked, signal ? { signal } : {})
  const coordinates: LngLat[] = []
  for (const leg of legs)
    for (const at of leg.coordinates) {
      const last = coordinates.at(-1)
      if (last?.[0] !== at[0] || last[1] !== at[1]) coordinates.push(at)
    }
  const lengths = legs.map(
    ({ metres, way }, at): LegLength => ({
      metres: metres ?? roughMetres(places[at]!, places[at + 1]!),
      way,
    }),
  )
  return { legs: [...(start ? [] : [none]), ...lengths, ...(end ? [] : [none])], coordinates }
}

/** Where there is no way the straight distance is told, on a sphere: it is marked as a conflict anyhow. */
function roughMetres([lng, lat]: LngLat, [otherLng, otherLat]: LngLat): number {
  const metresPerDegree = 111_195
  const narrowing = Math.cos((((lat + otherLat) / 2) * Math.PI) / 180)
  return Math.hypot((otherLng - lng) * narrowing, otherLat - lat) * metresPerDegree
}
