import { z } from 'zod'
import {
  type Campaign,
  type CampaignChoice,
  type CampaignInput,
  type CampaignLayer,
  MAX_TARGETS,
} from '../../geodata/campaigns/campaign.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { targetCode, targetName } from '../duties/duty.sql.ts'
import { canonicalFilter, type FeatureFilter, featureWhere } from '../features/feature.filter.ts'
import { filterParameters } from '../features/feature.schema.ts'
import { tableOf } from '../features/layer.columns.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { misfit } from '../platform/route.ts'
import { type CampaignWriter, lockCampaign, readCampaign, requireChecklist } from './campaign.store.ts'

const MOST_NAMES = 20

/** Reads a filter as a list's query has it. Throws invalid-parameter, unknown-parameter. */
export function readTargetFilter(layer: CampaignLayer, query: string): FeatureFilter {
  const parameters = z.strictObject(filterParameters(LAYERS[layer]))
  const read = parameters.safeParse(Object.fromEntries(new URLSearchParams(query)))
  if (!read.success) throw misfit(read.error, 'parameters')
  return read.data as FeatureFilter
}

/** Makes a campaign with what its filter finds now in reach. Throws not-found where that is nothing, too-large. */
export async function createCampaign(
  sql: Sql,
  input: CampaignInput,
  writer: CampaignWriter,
): Promise<Campaign> {
  const { layer } = input
  const filter = readTargetFilter(layer, input.filter)
  return (await sql.begin(async (tx) => {
    await requireChecklist(tx, input.checklistId, 'visit')
    const [made] = await tx<[{ id: number }]>`
      INSERT INTO campaign (name, note, checklist_id, starts_on, ends_on, layer, filter, reinspect_days, created_by)
      VALUES (${input.name}, ${input.note}, ${input.checklistId}, ${input.startsOn}, ${input.endsOn}, ${layer},
        ${canonicalFilter(filter).toString()}, ${input.reinspectDays}, ${writer.actor.name}) RETURNING id`
    const changes = await findChanges(tx, made.id, layer, filter, writer.reach)
    if (changes.matched === 0)
      throw new Problem(
        'not-found',
        `The filter finds none of the ${LAYERS[layer].title.en.toLowerCase()} in your area, so there is nothing to visit. Choose another filter.`,
      )
    await storeChanges(tx, made.id, changes)
    const after = await readCampaign(tx, made.id, writer.reach)
    await recordRegisterEvent(
      tx,
      writer.actor,
      { register: 'campaigns' },
      { after, detail: { what: 'campaign' } },
    )
    return after
  })) as Campaign
}

/**
 * Chooses the targets anew by the stored filter, or by another. What was visited stays. A dry run changes nothing.
 * Throws what lockCampaign throws, wrong-state for a campaign that has ended, too-large.
 */
export async function chooseAnew(
  sql: Sql,
  id: number,
  version: number,
  { filter: query, dryRun }: { filter: string | undefined; dryRun: boolean },
  { actor, reach }: CampaignWriter,
): Promise<CampaignChoice> {
  return (await sql.begin(async (tx) => {
    const before = await lockCampaign(tx, id, version, reach)
    if (before.ended)
      throw new Problem(
        'wrong-state',
        'The campaign has ended: its list stays as it is. Open it again first.',
      )
    const filter = readTargetFilter(before.layer, query ?? before.filter)
    const changes = await findChanges(tx, id, before.layer, filter, reach)
    const { matched, added, removed, kept } = changes
    const answer: CampaignChoice = {
      dryRun,
      matched,
      added: added.length,
      removed: removed.length,
      kept,
      addedNames: namesOf(added),
      removedNames: namesOf(removed),
      version: dryRun ? version : version + 1,
    }
    if (dryRun) return answer
    await storeChanges(tx, id, changes)
    await tx`
      UPDATE campaign SET version = version + 1, filter = ${canonicalFilter(filter).toString()}, chosen_at = now(),
        updated_at = now() WHERE id = ${id}`
    const { addedNames: _, removedNames: __, ...counts } = answer
    await recordRegisterEvent(
      tx,
      actor,
      { register: 'campaigns' },
      {
        before: { filter: before.filter },
        after: { filter: canonicalFilter(filter).toString() },
        detail: { what: 'targets', campaign: id, ...counts },
      },
    )
    return answer
  })) as CampaignChoice
}

interface Listed {
  feature: number
  name: string | null
  code: string | null
}
interface Changes {
  matched: number
  added: Listed[]
  /** On the list, not visited, no longer found. */
  removed: Listed[]
  /** No longer found, but visited. */
  kept: number
}

async function findChanges(
  tx: TransactionSql,
  id: number,
  layer: CampaignLayer,
  filter: FeatureFilter,
  reach: Reach,
): Promise<Changes> {
  const where = featureWhere(layer, filter, reach)
  const name = targetName(layer, 't')
  const found = await tx.unsafe<Listed[]>(
    `SELECT t.id AS feature, ${name} AS name, ${targetCode(layer, 't')} AS code FROM ${tableOf(layer)} t
     WHERE ${where.text} ORDER BY t.id LIMIT ${MAX_TARGETS + 1}`,
    where.parameters,
  )
  if (found.length > MAX_TARGETS)
    throw new Problem(
      'too-large',
      `The filter finds more than ${MAX_TARGETS}, which is as many as a campaign may have. Narrow it, or make several campaigns.`,
    )
  const listed = await tx<(Listed & { isVisited: boolean; isOff: boolean })[]>`
    SELECT feature_id AS feature, name, code, visits > 0 AS "isVisited", removed_at IS NOT NULL AS "isOff"
    FROM campaign_target WHERE campaign_id = ${id} ORDER BY id`
  const matches = new Set(found.map(({ feature }) => feature))
  const stands = new Set(listed.flatMap(({ feature, isOff }) => (isOff ? [] : feature)))
  const lost = listed.filter(({ feature, isOff }) => !isOff && !matches.has(feature))
  return {
    matched: found.length,
    added: found.filter(({ feature }) => !stands.has(feature)),
    removed: lost.filter(({ isVisited }) => !isVisited),
    kept: lost.filter(({ isVisited }) => isVisited).length,
  }
}

async function storeChanges(tx: TransactionSql, id: number, { added, removed }: Changes): Promise<void> {
  await tx`
    UPDATE campaign_target SET removed_at = now()
    WHERE campaign_id = ${id} AND visits = 0 AND feature_id = ANY(${removed.map(({ feature }) => feature)}::bigint[])`
  await tx`
    INSERT INTO campaign_target (campaign_id, feature_id, name, code)
    SELECT ${id}, row.feature, row.name, row.code
    FROM jsonb_to_recordset(${JSON.stringify(added)}::text::jsonb) AS row (feature bigint, name text, code text)
    ORDER BY row.code COLLATE "C", row.feature
    ON CONFLICT ON CONSTRAINT campaign_target_once
      DO UPDATE SET removed_at = NULL, added_at = now(), name = excluded.name, code = excluded.code`
}

const namesOf = (rows: readonly Listed[]): string[] =>
  rows.slice(0, MOST_NAMES).map(({ name, code, feature }) => name ?? code ?? String(feature))
