import {
  type ProgressCell,
  TARGET_STATES,
  type TargetState,
} from '../../geodata/campaigns/campaign.schema.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { Reach } from '../access/reach.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { readCampaign, readHead } from './campaign.store.ts'
import { targetsSql } from './target.sql.ts'

export interface Progress {
  cells: ProgressCell[]
  /** Targets that lie in no such cell. */
  outside: number
}

/** How far a campaign got in each cell with targets in reach, by code. Throws not-found. */
export async function readProgress(
  sql: Sql,
  campaignId: number,
  cells: CellLayer,
  reach: Reach,
): Promise<Progress> {
  const { layer, counts } = await readCampaign(sql, campaignId, reach)
  const parameters: (string | number | number[])[] = [campaignId]
  const bind = (value: string | number | number[]) => `$${parameters.push(value)}`
  const table = tableOf(cells)
  const rows = await sql.unsafe<ProgressCell[]>(
    `SELECT cell.id, cell.code, cell.name, ARRAY[ST_X(cell.anchor), ST_Y(cell.anchor)] AS center, sums.targets, sums.visited,
       sums.visited::float8 / nullif(sums.targets, 0) AS share, sums.findings, sums.overdue
     FROM (
       SELECT g.${table}_id AS cell_id, count(*)::int AS targets,
         count(*) FILTER (WHERE g.outcome <> 'no-access')::int AS visited,
         count(*) FILTER (WHERE g.outcome = 'findings')::int AS findings,
         count(*) FILTER (WHERE g.state = 'reinspect-overdue')::int AS overdue
       FROM (${targetsSql(layer, reach, bind, 'c.id = $1')}) g WHERE g.${table}_id IS NOT NULL GROUP BY 1
     ) sums JOIN ${table} cell ON cell.id = sums.cell_id ORDER BY cell.code COLLATE "C"`,
    parameters,
    { prepare: true },
  )
  const within = rows.reduce((total, { targets }) => total + targets, 0)
  return { cells: [...rows], outside: counts.targets - within }
}

const MOST_IDS = 5000

/** For the map: the ids of the features on a campaign's list, by how they stand, in reach; at most 5,000 of each state. */
export async function readPlaces(
  sql: Sql,
  campaignId: number,
  reach: Reach,
): Promise<Record<TargetState, number[]>> {
  const { layer } = await readHead(sql, campaignId, reach)
  const parameters: (string | number | number[])[] = [campaignId]
  const bind = (value: string | number | number[]) => `$${parameters.push(value)}`
  const rows = await sql.unsafe<{ state: TargetState; ids: number[] }[]>(
    `SELECT g.state, (array_agg(g.feature_id ORDER BY g.id))[1:${MOST_IDS}] AS ids
     FROM (${targetsSql(layer, reach, bind, 'c.id = $1')}) g WHERE NOT g.is_gone GROUP BY 1`,
    parameters,
    { prepare: true },
  )
  const idsOf = (state: TargetState) => rows.find((row) => row.state === state)?.ids.map(Number) ?? []
  return Object.fromEntries(TARGET_STATES.map((state) => [state, idsOf(state)])) as Record<
    TargetState,
    number[]
  >
}
