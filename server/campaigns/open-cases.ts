import type { CampaignTarget, VisitInput } from '../../geodata/campaigns/campaign.schema.ts'
import type { ChecklistVersion, FindingItem } from '../../geodata/campaigns/checklist.schema.ts'
import type { Geometry } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { beginAs, beginAsUsual } from '../cases/begin-cases.store.ts'
import { applyChanges } from '../editing/apply-changes.store.ts'
import { anchorOf, tableOf } from '../features/layer.columns.ts'
import type { NewEvent } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import type { CampaignHead } from './campaign.store.ts'
import type { VisitWriter } from './record-visit.store.ts'

interface Visited {
  campaign: CampaignHead
  target: CampaignTarget
  checklist: ChecklistVersion
  input: VisitInput
  /** ISO. */
  at: string
}

/**
 * Begins a case for each finding that asks for one, at the place that was visited. The events are to be recorded last in the
 * transaction. Throws not-permitted, invalid-body for a finding without a category, and what a new hazard throws.
 */
export async function openCases(
  tx: TransactionSql,
  { campaign, target, checklist, input, at }: Visited,
  { actor, reach, mayReport, role }: VisitWriter,
): Promise<NewEvent[]> {
  const wanted = input.findings.flatMap(({ code, case: opens, note }) =>
    opens ? { item: checklist.findings.find((item) => item.code === code)!, note } : [],
  )
  if (wanted.length === 0) return []
  if (!mayReport)
    throw new Problem(
      'not-permitted',
      `${actor.name} may record visits, but not open cases: that needs the permission “report”. Leave “case” out.`,
    )
  const geometry = await placeOf(tx, campaign, target)
  await beginAs(tx, {
    source: 'campaign',
    role,
    detail: { campaign: campaign.id, target: target.id, visit: input.id },
  })
  const applied = await applyChanges(
    tx,
    {
      puts: wanted.map(({ item, note }, index) => ({
        layer: 'hazards' as const,
        id: -1 - index,
        version: null,
        geometry,
        properties: hazardOf(campaign, target, item, note ?? input.note, at),
      })),
      deletes: [],
    },
    { actor, reach, strict: true },
  )
  if ('conflicts' in applied) throw new Error('New hazards were in conflict with what is there.')
  await beginAsUsual(tx)
  const opened = applied.features.map(({ id }, index) => ({ id, code: wanted[index]!.item.code }))
  await tx`
    INSERT INTO campaign_case (visit_id, finding, campaign_id, target_id, hazard_id)
    SELECT ${input.id}, row.code, ${campaign.id}, ${target.id}, row.id
    FROM jsonb_to_recordset(${JSON.stringify(opened)}::text::jsonb) AS row (id bigint, code text)`
  await tx`
    UPDATE hazard_case SET campaign_id = ${campaign.id}, campaign_target_id = ${target.id}
    WHERE hazard_id = ANY(${opened.map(({ id }) => id)}::bigint[])`
  return applied.events
}

const MOST_TITLE = 120

function hazardOf(
  campaign: CampaignHead,
  { name, code }: CampaignTarget,
  { code: finding, text, severity, category }: FindingItem,
  note: string | null,
  at: string,
): Record<string, unknown> {
  if (!category)
    throw new Problem(
      'invalid-body',
      `The finding “${finding}” has no category of hazards, so it opens no case. Leave “case” out, or give it one in the checklist.`,
    )
  return {
    title: [...`${text} · ${name ?? code ?? ''}`].slice(0, MOST_TITLE).join('').trim(),
    description: [campaign.name, note].filter(Boolean).join('\n'),
    categoryStandard: category.standard,
    categoryKind: category.kind,
    categoryCode: category.code,
    severity,
    reportedAt: at,
  }
}

async function placeOf(
  tx: TransactionSql,
  { layer }: CampaignHead,
  { feature }: CampaignTarget,
): Promise<Geometry> {
  const [row] = await tx.unsafe<{ geometry: Geometry }[]>(
    `SELECT ST_AsGeoJSON(t.${anchorOf(layer)}, 7)::jsonb AS geometry FROM ${tableOf(layer)} t WHERE t.id = $1`,
    [feature],
  )
  if (row) return row.geometry
  throw new Problem(
    'not-found',
    'What was visited is no longer on the map, so no case can begin at its place.',
  )
}
