import { freshnessOf } from '../../geodata/walls/freshness.ts'
import {
  SOURCES,
  type SourceId,
  type WallSource,
  type WallSourceRule,
  type WallSourceRuleInput,
} from '../../geodata/walls/source.schema.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { planReachClause } from '../patrols/plan.sql.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { requireVersion } from '../platform/require-version.ts'

/** Sources that are looked up; the others tell of themselves with every beat. */
export const LOOKED_UP = ['hazards', 'positions', 'hotline'] as const satisfies readonly SourceId[]
export type LookedUp = (typeof LOOKED_UP)[number]

/** How often each is expected to say something; version 0: nobody ever changed it. */
export async function readSourceRules(sql: Sql | TransactionSql): Promise<WallSourceRule[]> {
  const rows = await sql<WallSourceRule[]>`
    SELECT id, interval_seconds AS "intervalSeconds", is_watched AS "isWatched", version FROM wall_source`
  return LOOKED_UP.map(
    (id) =>
      rows.find((row) => row.id === id) ?? {
        id,
        intervalSeconds: SOURCES[id].beatSeconds,
        isWatched: true,
        version: 0,
      },
  )
}

/** Throws version-conflict. */
export async function writeSourceRule(
  sql: Sql,
  actor: Actor,
  id: LookedUp,
  expectedVersion: number,
  { intervalSeconds, isWatched }: WallSourceRuleInput,
): Promise<WallSourceRule> {
  const rule = await sql.begin(async (tx) => {
    await tx`LOCK TABLE wall_source IN SHARE ROW EXCLUSIVE MODE`
    const before = (await readSourceRules(tx)).find((rule) => rule.id === id)!
    requireVersion('this source', expectedVersion, before.version)
    const after = { id, intervalSeconds, isWatched, version: before.version + 1 }
    await tx`
      INSERT INTO wall_source (id, interval_seconds, is_watched, version)
      VALUES (${id}, ${intervalSeconds}, ${isWatched}, ${after.version})
      ON CONFLICT (id) DO UPDATE SET interval_seconds = excluded.interval_seconds, is_watched = excluded.is_watched,
        version = excluded.version`
    await recordAudit(tx, actor, { kind: 'wall', before: { source: before }, after: { source: after } })
    return after
  })
  return rule as WallSourceRule
}

interface Heard {
  heartbeatAt: string | null
  dataAt: string | null
  isIdle: boolean
  /** There is such a source here. */
  exists: boolean
}

/** The sources that there are, as far as someone reaches, with their signs of life. */
export async function readSources(sql: Sql, reach: Reach, nowMs: number): Promise<WallSource[]> {
  const knownAt = new Date(nowMs).toISOString()
  const rules = await readSourceRules(sql)
  const heard = await readSigns(sql, reach)
  return rules.flatMap(({ id, intervalSeconds, isWatched }) => {
    const { exists, ...signs } = heard[id as LookedUp]
    if (!isWatched || !exists) return []
    const source = { id, ...signs, intervalSeconds, knownAt }
    return { ...source, state: freshnessOf(source, nowMs) }
  })
}

async function readSigns(sql: Sql, reach: Reach): Promise<Record<LookedUp, Heard>> {
  const parameters: (string | number[])[] = []
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const reached = reachClause('hazards', reach, bind, 'h')
  const [row] = await sql.unsafe<
    [Record<'entryAt' | 'hazardAt' | 'hotlineAt' | 'positionAt', string | null> & { isOnDuty: boolean }]
  >(
    // The last of each by its index, however many hazards there are; ids grow as hazards come in.
    `SELECT
       (SELECT ${isoTime('c.last_at')} FROM hazard_case c JOIN hazard h ON h.id = c.hazard_id
        WHERE ${reached} ORDER BY c.last_at DESC LIMIT 1) AS "entryAt",
       (SELECT ${isoTime('h.created_at')} FROM hazard h WHERE ${reached} ORDER BY h.id DESC LIMIT 1) AS "hazardAt",
       (SELECT ${isoTime('h.created_at')} FROM hazard_case c JOIN hazard h ON h.id = c.hazard_id
        WHERE c.source = 'hotline' AND ${reached} ORDER BY c.hazard_id DESC LIMIT 1) AS "hotlineAt",
       of_walks.* FROM (SELECT ${isoTime('max(greatest(r.begun_at, (SELECT max(at) FROM patrol_position WHERE run_id = r.id)))')} AS "positionAt",
         coalesce(bool_or(r.ended_at IS NULL AND r.begun_at <= now() AND r.ends_at >= now()), false) AS "isOnDuty"
       FROM patrol_run r JOIN patrol_plan p ON p.id = r.plan_id
       WHERE r.starts_at > now() - interval '2 days' AND ${planReachClause(reach, bind)}) of_walks`,
    parameters,
    { prepare: true },
  )
  const { entryAt, hazardAt, hotlineAt, positionAt, isOnDuty } = row
  return {
    hazards: { heartbeatAt: entryAt, dataAt: hazardAt, isIdle: false, exists: true },
    positions: { heartbeatAt: positionAt, dataAt: positionAt, isIdle: !isOnDuty, exists: true },
    hotline: { heartbeatAt: hotlineAt, dataAt: hotlineAt, isIdle: false, exists: hotlineAt !== null },
  }
}
