import type { DemoCampaigns } from '../../geodata/demo/write-campaigns.ts'
import { insertDuties } from '../duties/seed-duties.store.ts'
import type { TransactionSql } from '../platform/database.ts'

const ACTOR = 'demo'

/** Stores the campaign and the registers of the demo area, for features that are there by their source ids. */
export async function insertCampaigns(tx: TransactionSql, demo: DemoCampaigns): Promise<void> {
  await insertDuties(tx, demo.duties)
  await insertTargets(tx, demo)
  await insertPremises(tx, demo)
  await tx`
    INSERT INTO fire_watch_entry (id, holder, kind, on_date, attended, actor, demo)
    SELECT id, holder, kind, "on", attended, ${ACTOR}, true FROM jsonb_to_recordset(${JSON.stringify(demo.fireWatch)}::text::jsonb)
      AS row (id uuid, holder text, kind text, "on" date, attended integer)`
  await tx`
    INSERT INTO smoke_alarm (building_id, count, installed_on, battery_on, tested_on, demo)
    SELECT t.id, row.count, row."installedOn", row."batteryOn", row."testedOn", true
    FROM jsonb_to_recordset(${JSON.stringify(demo.alarms)}::text::jsonb)
      AS row ("sourceId" text, count integer, "installedOn" date, "batteryOn" date, "testedOn" date)
      JOIN building t ON t.source_id = row."sourceId"`
}

async function insertTargets(tx: TransactionSql, { campaign, targets }: DemoCampaigns): Promise<void> {
  const [made] = await tx<[{ id: number; checklist: number; version: number }]>`
    INSERT INTO campaign (name, note, checklist_id, starts_on, ends_on, layer, filter, reinspect_days, created_by, demo)
    SELECT ${campaign.name}, ${campaign.note}, id, ${campaign.startsOn}, ${campaign.endsOn}, 'buildings', ${campaign.filter},
      ${campaign.reinspectDays}, ${ACTOR}, true FROM checklist WHERE purpose = 'visit' ORDER BY id LIMIT 1
    RETURNING id, checklist_id AS checklist, (SELECT version FROM checklist WHERE id = checklist_id) AS version`
  const rows = JSON.stringify(targets)
  await tx`
    INSERT INTO campaign_target (campaign_id, feature_id, name, code, visits, outcome, visited_at, reinspect_on)
    SELECT ${made.id}, t.id, coalesce(t.name, t.address), t.code, CASE WHEN row.outcome IS NULL THEN 0 ELSE 1 END, row.outcome,
      (row.visit->>'at')::timestamptz, row."reinspectOn"
    FROM jsonb_to_recordset(${rows}::text::jsonb) AS row ("sourceId" text, outcome text, visit jsonb, "reinspectOn" date)
      JOIN building t ON t.source_id = row."sourceId" ORDER BY t.code COLLATE "C", t.id`
  await tx`
    INSERT INTO campaign_visit (id, campaign_id, target_id, seq, at, actor, checklist_id, checklist_version, outcome, findings,
      measures, photos, reinspect_on, demo)
    SELECT (row.visit->>'id')::uuid, ${made.id}, g.id, 1, (row.visit->>'at')::timestamptz, ${ACTOR}, ${made.checklist},
      ${made.version}, row.visit->>'outcome', row.visit->'findings', row.visit->'measures', '{}', row."reinspectOn", true
    FROM jsonb_to_recordset(${rows}::text::jsonb) AS row ("sourceId" text, visit jsonb, "reinspectOn" date)
      JOIN building t ON t.source_id = row."sourceId"
      JOIN campaign_target g ON g.campaign_id = ${made.id} AND g.feature_id = t.id
    WHERE jsonb_typeof(row.visit) = 'object'`
}

async function insertPremises(tx: TransactionSql, { premises }: DemoCampaigns): Promise<void> {
  const entriesOf = ({ filedOn, checkedOn, closedOn, findings }: DemoCampaigns['premises'][number]) => [
    { action: 'file', on: filedOn, findings: [], note: null },
    ...(checkedOn === null ? [] : [{ action: 'check', on: checkedOn, findings, note: null }]),
    ...(closedOn === null ? [] : [{ action: 'close', on: closedOn, findings: [], note: '停止经营' }]),
  ]
  const rows = premises.map((each) => ({
    ...each,
    state: each.closedOn !== null ? 'closed' : each.checkedOn !== null ? 'checked' : 'filed',
    open: each.findings.filter(({ fixed }) => !fixed).length,
    entries: entriesOf(each),
  }))
  await tx`
    WITH given AS (
      SELECT row.*, t.id AS building FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        AS row ("sourceId" text, kind text, name text, trade text, "filedOn" date, "checkedOn" date, "closedOn" date, state text,
          open integer, entries jsonb)
        JOIN building t ON t.source_id = row."sourceId"
    ), made AS (
      INSERT INTO premises (building_id, kind, name, trade, state, filed_on, checked_on, closed_on, open_findings, entries, demo)
      SELECT building, kind, name, trade, state, "filedOn", "checkedOn", "closedOn", open, jsonb_array_length(entries), true
      FROM given RETURNING id, building_id
    ), nine AS (SELECT id, version FROM checklist WHERE purpose = 'premises' ORDER BY id LIMIT 1)
    INSERT INTO premises_entry (premises_id, seq, action, on_date, actor, checklist_id, checklist_version, findings, note, demo)
    SELECT made.id, entry.seq, entry.value->>'action', (entry.value->>'on')::date, ${ACTOR},
      CASE WHEN entry.value->>'action' = 'check' THEN nine.id END, CASE WHEN entry.value->>'action' = 'check' THEN nine.version END,
      entry.value->'findings', entry.value->>'note', true
    FROM made JOIN given ON given.building = made.building_id, nine,
      jsonb_array_elements(given.entries) WITH ORDINALITY AS entry (value, seq)`
}

/** What came with the demo area; visits that somebody recorded since stay in the history. */
export async function removeDemoCampaigns(tx: TransactionSql): Promise<void> {
  await tx`DELETE FROM campaign_visit WHERE demo`
  await tx`DELETE FROM campaign WHERE demo`
  await tx`DELETE FROM premises_entry WHERE demo`
  await tx`DELETE FROM premises WHERE demo`
  await tx`DELETE FROM fire_watch_entry WHERE demo`
  await tx`DELETE FROM smoke_alarm WHERE demo`
}
