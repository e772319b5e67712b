import { addDays, afterVisit, dayOf, type Outcome } from '../../geodata/campaigns/after-visit.ts'
import type { CampaignTarget, Visit, VisitInput } from '../../geodata/campaigns/campaign.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { day } from '../duties/duty.sql.ts'
import { recordEvents } from '../live/events.store.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { type CampaignHead, type CampaignWriter, readHead } from './campaign.store.ts'
import { readChecklistVersion } from './checklist.store.ts'
import { openCases } from './open-cases.ts'
import { requireItems } from './require-items.ts'
import { listVisits, readTarget } from './target.store.ts'

/** A draft that waited on a phone for so long is not taken. */
const OLDEST_DAYS = 60
const CLOCK_MINUTES = 5

export interface VisitWriter extends CampaignWriter {
  mayReport: boolean
  role: string | undefined
}

/** A visit as it was stored, or as it had been stored before. */
export interface RecordedVisit {
  isNew: boolean
  target: CampaignTarget
  visit: Visit
}

/**
 * Records a visit with the cases that it opens: all of it, or nothing; one that was sent before is there once. Throws
 * not-found, wrong-state, invalid-body, id-reused, not-permitted.
 */
export async function recordVisit(
  sql: Sql,
  campaignId: number,
  targetId: number,
  input: VisitInput,
  writer: VisitWriter,
): Promise<RecordedVisit> {
  const { actor, reach } = writer
  return (await sql.begin(async (tx) => {
    // Whoever ends the campaign, takes its targets off the list or deletes it waits until the visit is there, or is waited for.
    await tx`SELECT FROM campaign WHERE id = ${campaignId} FOR SHARE`
    const campaign = await readHead(tx, campaignId, reach)
    const target = await readTarget(tx, campaignId, targetId, reach)
    // Who visits the same waits here.
    const [standing] = await tx.unsafe<
      [{ outcome: Outcome | null; reinspectOn: string | null; visits: number; visitedAt: Date | null }]
    >(
      `SELECT outcome, ${day('reinspect_on')} AS "reinspectOn", visits, visited_at AS "visitedAt" FROM campaign_target WHERE id = $1 FOR UPDATE`,
      [targetId],
    )
    const [known] = await tx<{ target: number; actor: string }[]>`
      SELECT target_id AS target, actor FROM campaign_visit WHERE id = ${input.id}`
    if (known) {
      if (known.target === targetId && known.actor === actor.name)
        return { isNew: false, ...(await readBack(tx, campaignId, targetId, input.id, writer)) }
      throw new Problem('id-reused', `The id ${input.id} is of another visit. Give a new one.`)
    }
    if (campaign.ended)
      throw new Problem(
        'wrong-state',
        'The campaign has ended: no visits are recorded in it. Open it again first.',
      )
    const checklist = await readChecklistVersion(tx, campaign.checklistId, input.checklistVersion)
    requireItems(checklist, input.findings, input.measures)
    await requirePhotos(tx, campaign, target, input.photos)
    const at = await requireTime(tx, input.at)
    const on = dayOf(at)
    if (input.reinspectOn !== null && (input.reinspectOn < on || input.reinspectOn > addDays(on, 366)))
      throw misfit(
        '/reinspectOn',
        `is ${input.reinspectOn}; expected a day within a year of the visit on ${on}`,
      )
    // One that a phone sends later than the next one is told, and the next one holds.
    const isPassed = standing.visitedAt !== null && Date.parse(at) < standing.visitedAt.getTime()
    const after = afterVisit(standing, { ...input, on }, campaign.reinspectDays)
    const stands = isPassed ? standing : after
    await tx`
      INSERT INTO campaign_visit (id, campaign_id, target_id, seq, at, actor, person_id, checklist_id, checklist_version,
        outcome, findings, measures, photos, note, reinspect_on)
      VALUES (${input.id}, ${campaignId}, ${targetId}, ${standing.visits + 1}, ${at}, ${actor.name}, ${actor.personId ?? null},
        ${campaign.checklistId}, ${input.checklistVersion}, ${input.outcome},
        ${JSON.stringify(input.findings.map(({ case: _, ...found }) => found))}::text::jsonb,
        ${JSON.stringify(input.measures)}::text::jsonb, ${input.photos}::uuid[], ${input.note}, ${after.reinspectOn})`
    await tx`
      UPDATE campaign_target SET visits = visits + 1, outcome = ${stands.outcome}, reinspect_on = ${stands.reinspectOn},
        visited_at = greatest(visited_at, ${at}::timestamptz) WHERE id = ${targetId}`
    const opened = await openCases(tx, { campaign, target, checklist, input, at }, writer)
    const recorded = await readBack(tx, campaignId, targetId, input.id, writer)
    await recordEvents(tx, actor, opened)
    await recordRegisterEvent(
      tx,
      actor,
      { register: 'campaigns', campaignId, of: [{ layer: campaign.layer, feature: target.feature }] },
      {
        before: target,
        after: recorded.target,
        detail: { what: 'visit', campaign: campaignId, visit: input.id },
      },
    )
    return { isNew: true, ...recorded }
  })) as RecordedVisit
}

async function readBack(
  tx: TransactionSql,
  campaignId: number,
  targetId: number,
  id: string,
  { reach }: CampaignWriter,
): Promise<Omit<RecordedVisit, 'isNew'>> {
  const [visit] = await listVisits(tx, targetId, id)
  return { target: await readTarget(tx, campaignId, targetId, reach), visit: visit! }
}

async function requirePhotos(
  tx: TransactionSql,
  { layer }: CampaignHead,
  { feature }: CampaignTarget,
  photos: readonly string[],
): Promise<void> {
  if (photos.length === 0) return
  const found = await tx<{ id: string }[]>`
    SELECT id FROM photo WHERE id = ANY(${[...photos]}::uuid[]) AND layer = ${layer} AND feature_id = ${feature}
    FOR KEY SHARE`
  const known = new Set(found.map(({ id }) => id))
  const missing = photos.filter((id) => !known.has(id))
  if (missing.length > 0)
    throw new Problem(
      'not-found',
      `${missing.length} of the photos are not of what was visited, or are gone: ${missing.slice(0, 3).join(', ')}. Upload them to it first: POST /api/v1/photos.`,
    )
}

/** The time of the visit: the server's own, or one that may be right by its clock. */
async function requireTime(tx: TransactionSql, at: string | null): Promise<string> {
  const [{ now }] = await tx<[{ now: Date }]>`SELECT now() AS now`
  if (at === null) return now.toISOString()
  const minutes = (Date.parse(at) - now.getTime()) / 60_000
  if (minutes <= CLOCK_MINUTES && minutes >= -OLDEST_DAYS * 1440) return new Date(at).toISOString()
  throw misfit(
    '/at',
    `is ${at}; expected a time of the last ${OLDEST_DAYS} days, by the server’s clock ${now.toISOString()}`,
  )
}

const misfit = (at: string, message: string) =>
  new Problem('invalid-body', `The body does not fit: ${at} ${message}`, { issues: [{ at, message }] })
