import type { SiteFacts } from '../../geodata/walls/alarm-facts.ts'
import { countSites, dayStartOf, type SiteCounts } from '../../geodata/walls/wall-figures.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { readQuestions } from '../patrols/due.store.ts'
import type { Sql } from '../platform/database.ts'
import type { InCells } from './hazard-facts.store.ts'

/** Patrol sites in reach against their norms at a moment, with the visits until then. */
export async function readSiteCounts(sql: Sql, reach: Reach, atMs: number): Promise<SiteCounts> {
  const dayStart = dayStartOf(atMs)
  const now = await readQuestions(sql, { from: atMs, to: atMs }, reach)
  const midnight = await readQuestions(sql, { from: dayStart, to: dayStart }, reach)
  return countSites(now, midnight, atMs)
}

export type PlacedSite = SiteFacts & InCells

/** Where the sites are whose visit was missed. Those that nobody ever visited are counted, and raise no alarm. */
export async function placeMissed(
  sql: Sql,
  missed: SiteCounts['missed'],
  reach: Reach,
): Promise<PlacedSite[]> {
  const brokeAt = new Map(missed.flatMap(({ id, brokeAt, isNever }) => (isNever ? [] : [[id, brokeAt]])))
  if (brokeAt.size === 0) return []
  const parameters: (string | number[])[] = [[...brokeAt.keys()]]
  const rows = await sql.unsafe<(Omit<PlacedSite, 'lngLat' | 'brokeAt'> & { lng: number; lat: number })[]>(
    `SELECT t.id, t.name, ST_X(t.geom) AS lng, ST_Y(t.geom) AS lat, g.code AS "gridCode", g.name AS "gridName",
       t.community_id AS "communityId", t.grid_id AS "gridId", t.micro_grid_id AS "microGridId"
     FROM checkpoint t LEFT JOIN grid g ON g.id = t.grid_id
     WHERE t.id = ANY($1::bigint[]) AND ${reachClause('checkpoints', reach, (ids) => `$${parameters.push(ids)}`)}`,
    parameters,
    { prepare: true },
  )
  return rows.map(({ lng, lat, ...row }) => ({ ...row, lngLat: [lng, lat], brokeAt: brokeAt.get(row.id)! }))
}
