import {
  CAMPAIGN_LAYERS,
  type Campaign,
  type CampaignChange,
  type CampaignCounts,
  type CampaignLayer,
  TARGET_STATES,
  type TargetState,
} from '../../geodata/campaigns/campaign.schema.ts'
import type { CHECKLIST_PURPOSES } from '../../geodata/campaigns/checklist.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { day } from '../duties/duty.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { requireVersion } from '../platform/require-version.ts'
import { targetsSql } from './target.sql.ts'

/** Who writes, and what they reach. */
export interface CampaignWriter {
  actor: Actor
  reach: Reach
}

/** A campaign without its counts, which take longer the more targets it has. */
export type CampaignHead = Omit<Campaign, 'counts'>
type Parameter = string | number | number[]

const HEAD = `c.id, c.version, c.name, c.note, c.checklist_id AS "checklistId",
  (SELECT l.name FROM checklist l WHERE l.id = c.checklist_id) AS "checklistName", ${day('c.starts_on')} AS "startsOn",
  ${day('c.ends_on')} AS "endsOn", c.layer, c.filter, c.reinspect_days AS "reinspectDays", c.ended_at IS NOT NULL AS ended,
  ${isoTime('c.chosen_at')} AS "chosenAt", c.created_by AS "createdBy", c.demo`

const MOST = 500

/**
 * Campaigns with targets in reach, the newest first, with the counts of those; whoever reaches everything sees the
 * empty ones, too.
 */
export async function listCampaigns(
  sql: Sql | TransactionSql,
  reach: Reach,
  id?: number,
): Promise<Campaign[]> {
  const heads = await sql.unsafe<CampaignHead[]>(
    `SELECT ${HEAD} FROM campaign c WHERE $1::bigint IS NULL OR c.id = $1 ORDER BY c.ended_at IS NOT NULL, c.id DESC LIMIT ${MOST}`,
    [id ?? null],
    { prepare: true },
  )
  const counts = new Map<number, CampaignCounts>()
  for (const layer of CAMPAIGN_LAYERS) {
    const ids = heads.flatMap((head) => (head.layer === layer ? head.id : []))
    if (ids.length > 0) await addCounts(sql, layer, ids, reach, counts)
  }
  return heads.flatMap((head) => {
    const found = counts.get(head.id)
    return found || reach === 'everywhere' ? { ...head, counts: found ?? countsOf([]) } : []
  })
}

/** Throws not-found, also for a campaign without targets in reach. */
export async function readCampaign(sql: Sql | TransactionSql, id: number, reach: Reach): Promise<Campaign> {
  const [campaign] = await listCampaigns(sql, reach, id)
  if (campaign) return campaign
  throw noSuchCampaign(id)
}

/** As readCampaign, where nobody asks for counts. */
export async function readHead(sql: Sql | TransactionSql, id: number, reach: Reach): Promise<CampaignHead> {
  const [head] = await sql.unsafe<CampaignHead[]>(`SELECT ${HEAD} FROM campaign c WHERE c.id = $1`, [id], {
    prepare: true,
  })
  if (!head || !(await hasTargets(sql, head, reach))) throw noSuchCampaign(id)
  return head
}

async function hasTargets(
  sql: Sql | TransactionSql,
  { id, layer }: CampaignHead,
  reach: Reach,
): Promise<boolean> {
  if (reach === 'everywhere') return true
  const parameters: (string | number | number[])[] = [id]
  const [found] = await sql.unsafe(
    `SELECT FROM campaign_target g JOIN ${tableOf(layer)} t ON t.id = g.feature_id
     WHERE g.campaign_id = $1 AND g.removed_at IS NULL AND ${reachClause(layer, reach, (ids) => `$${parameters.push(ids)}`)} LIMIT 1`,
    parameters,
    { prepare: true },
  )
  return found !== undefined
}

const noSuchCampaign = (id: number) => new Problem('not-found', `There is no campaign ${id} in your area.`)

interface CountRow {
  id: number
  state: TargetState
  targets: number
  visited: number
}

async function addCounts(
  sql: Sql | TransactionSql,
  layer: CampaignLayer,
  ids: number[],
  reach: Reach,
  into: Map<number, CampaignCounts>,
): Promise<void> {
  const parameters: Parameter[] = [ids]
  const bind = (value: Parameter) => `$${parameters.push(value)}`
  const rows = await sql.unsafe<CountRow[]>(
    `SELECT g.campaign_id AS id, g.state, count(*)::int AS targets, count(*) FILTER (WHERE g.outcome <> 'no-access')::int AS visited
     FROM (${targetsSql(layer, reach, bind, 'c.id = ANY($1::bigint[])')}) g GROUP BY 1, 2`,
    parameters,
    { prepare: true },
  )
  for (const id of new Set(rows.map((row) => row.id)))
    into.set(id, countsOf(rows.filter((row) => row.id === id)))
}

function countsOf(rows: readonly CountRow[]): CampaignCounts {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  const states = Object.fromEntries(
    TARGET_STATES.map((state) => [
      state,
      sum(rows.flatMap((row) => (row.state === state ? row.targets : []))),
    ]),
  ) as Record<TargetState, number>
  return {
    targets: sum(rows.map(({ targets }) => targets)),
    visited: sum(rows.map(({ visited }) => visited)),
    states,
  }
}

/**
 * A campaign that is about to be changed, locked. Throws not-found, version-conflict, and outside-area where targets lie
 * beyond what the writer reaches: what holds for all of them is for those who reach all of them.
 */
export async function lockCampaign(
  tx: TransactionSql,
  id: number,
  version: number,
  reach: Reach,
): Promise<Campaign> {
  await tx`SELECT id FROM campaign WHERE id = ${id} FOR UPDATE`
  const campaign = await readCampaign(tx, id, reach)
  if (reach !== 'everywhere') {
    const [all] = await tx<[{ count: number }]>`
      SELECT count(*)::int AS count FROM campaign_target WHERE campaign_id = ${id} AND removed_at IS NULL`
    if (all.count > campaign.counts.targets)
      throw new Problem(
        'outside-area',
        `${all.count - campaign.counts.targets} targets of this campaign lie outside your area. Somebody who reaches all of them can change it; visits you can record.`,
      )
  }
  requireVersion(`the campaign “${campaign.name}”`, version, campaign.version)
  return campaign
}

/** Throws what lockCampaign throws, and not-found for a checklist that is not there. */
export async function changeCampaign(
  sql: Sql,
  id: number,
  version: number,
  change: CampaignChange,
  { actor, reach }: CampaignWriter,
): Promise<Campaign> {
  return (await sql.begin(async (tx) => {
    const before = await lockCampaign(tx, id, version, reach)
    if (change.checklistId !== before.checklistId) await requireChecklist(tx, change.checklistId, 'visit')
    await tx`
      UPDATE campaign SET version = version + 1, updated_at = now(), name = ${change.name}, note = ${change.note},
        checklist_id = ${change.checklistId}, starts_on = ${change.startsOn}, ends_on = ${change.endsOn},
        reinspect_days = ${change.reinspectDays},
        ended_at = CASE WHEN ${change.ended} THEN coalesce(ended_at, now()) END
      WHERE id = ${id}`
    const after = await readCampaign(tx, id, reach)
    await recordRegisterEvent(
      tx,
      actor,
      { register: 'campaigns' },
      { before, after, detail: { what: 'campaign' } },
    )
    return after
  })) as Campaign
}

/** Throws what lockCampaign throws, and wrong-state once somebody was visited. */
export async function deleteCampaign(
  sql: Sql,
  id: number,
  version: number,
  { actor, reach }: CampaignWriter,
): Promise<void> {
  await sql.begin(async (tx) => {
    const before = await lockCampaign(tx, id, version, reach)
    const [visit] = await tx`SELECT id FROM campaign_visit WHERE campaign_id = ${id} LIMIT 1`
    if (visit)
      throw new Problem(
        'wrong-state',
        'Visits were recorded in this campaign, which are kept. It can be ended, not deleted.',
      )
    await tx`DELETE FROM campaign WHERE id = ${id}`
    await recordRegisterEvent(
      tx,
      actor,
      { register: 'campaigns' },
      { before, detail: { what: 'campaign', deleted: true } },
    )
  })
}

/** Throws not-found unless there is a checklist in use for this purpose. */
export async function requireChecklist(
  tx: TransactionSql,
  id: number,
  purpose: (typeof CHECKLIST_PURPOSES)[number],
): Promise<void> {
  const [found] =
    await tx`SELECT id FROM checklist WHERE id = ${id} AND purpose = ${purpose} AND active FOR SHARE`
  if (!found)
    throw new Problem(
      'not-found',
      `There is no checklist ${id} in use for ${purpose === 'visit' ? 'visits' : 'checks of premises'}. List them: GET /api/v1/checklists.`,
    )
}
