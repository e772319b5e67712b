import { randomUUID } from 'node:crypto'
import { createRandom } from '../../geodata/demo/random.ts'
import type { Sql } from '../../server/platform/database.ts'

interface Cells {
  community: number | null
  grid: number | null
  microGrid: number | null
}

const HOUR = 3_600_000
const ROUNDS_IN_PLAN = 3
const STOPS_IN_ROUND = 6
const iso = (at: number): string => new Date(at).toISOString()

/**
 * Sites in these cells, and every second day a plan of three rounds from `begins` on; one in three is published again during
 * the day, with other stops in its second round. Visits by chance: most made, some doubtful, some missed, some out of plan.
 */
export async function storePatrols(
  sql: Sql,
  cells: readonly Cells[],
  { begins, days, seed }: { begins: number; days: number; seed: number },
): Promise<void> {
  const random = createRandom(seed)
  const sites: number[] = []
  for (let n = 0; n < 30; n++) {
    const { community, grid, microGrid } = cells[n % cells.length]!
    const [site] = await sql<{ id: number }[]>`
      INSERT INTO checkpoint (name, site_type, risk, community_id, grid_id, micro_grid_id, created_at, geom)
      VALUES (${`点 ${n}`}, 'other', 'low', ${community}, ${grid}, ${microGrid}, ${iso(begins + n * 24 * HOUR)},
        ST_SetSRID(ST_MakePoint(120.001, 31.001), 4326)) RETURNING id`
    sites.push(site!.id)
  }
  const visits: object[] = []
  for (let day = 0; day < days; day += 2) {
    const from = begins + day * 24 * HOUR
    const teams = [{ id: 'A', from: iso(from), to: iso(from + 8 * HOUR) }]
    const stops = () =>
      Array.from({ length: STOPS_IN_ROUND }, (_, n) => ({
        id: randomUUID(),
        // No round comes to the last of them.
        checkpointId: n === 0 ? null : sites[random.int(0, sites.length - 6)]!,
      }))
    const rounds = Array.from({ length: ROUNDS_IN_PLAN }, (_, n) => ({
      id: randomUUID(),
      teamId: 'A',
      // The last is walked in hours of its own, which may be of the next month.
      ...(n === 2 ? { from: iso(from + 20 * HOUR), to: iso(from + 30 * HOUR) } : { from: null, to: null }),
      stops: stops(),
    }))
    const [plan] = await sql<{ id: number }[]>`
      INSERT INTO patrol_plan (name, state, starts_at, ends_at, body, created_by)
      VALUES (${`计划 ${day}`}, 'published', ${iso(from)}, ${iso(from + 30 * HOUR)}, '{}', 'test') RETURNING id`
    const publish = (version: number, at: number, of: typeof rounds) => sql`
      INSERT INTO patrol_plan_version (plan_id, version, plan, published_at, published_by)
      VALUES (${plan!.id}, ${version}, ${JSON.stringify({ from: iso(from), to: iso(from + 30 * HOUR), teams, rounds: of })}::text::jsonb,
        ${iso(at)}, 'test')`
    await publish(1, from - HOUR, rounds)
    const walked =
      day % 3 === 0 ? rounds.map((round, n) => (n === 1 ? { ...round, stops: stops() } : round)) : rounds
    // The second time comes in the middle of the day, or when the day’s rounds are over.
    if (walked !== rounds) await publish(2, from + (day % 4 === 0 ? 4 : 9) * HOUR, walked)
    for (const round of [...rounds, ...walked])
      for (const { id, checkpointId } of round.stops)
        for (const state of ['visited', 'probable', 'unknown'] as const) {
          if (checkpointId === null || random.next() < 0.5) continue
          const isPlanned = random.next() < 0.8
          visits.push({
            id: randomUUID(),
            site: checkpointId,
            plan: isPlanned ? plan!.id : null,
            round: isPlanned ? round.id : null,
            stop: isPlanned ? id : null,
            at: iso(from + 2 * HOUR),
            state,
          })
        }
  }
  await sql`
    INSERT INTO patrol_visit (id, checkpoint_id, plan_id, round_id, stop_id, started_at, ended_at, source, state, person)
    SELECT id, site, plan, round, stop, at, at, 'check-in', state, 'test'
    FROM jsonb_to_recordset(${JSON.stringify(visits)}::text::jsonb) AS row (id uuid, site bigint, plan bigint, round uuid,
      stop uuid, at timestamptz, state text)`
}
