import { DEMO_ID } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import { removeDemoCampaigns } from '../campaigns/seed-campaigns.store.ts'
import { removeDemoDuties } from '../duties/seed-duties.store.ts'
import { lockCells } from '../features/cells.store.ts'
import { tableOf } from '../features/layer.columns.ts'
import { actAs } from '../history/stamp.store.ts'
import { type NewEvent, recordEvents } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { removeDemoCases } from './seed-cases.store.ts'
import { removeDemoPatrols } from './seed-patrols.store.ts'

export type Contents = 'nothing' | 'demo' | 'other'

/**
 * What a database holds: nothing, only features of the demo area, or anything else. The source id of a row
 * decides: a file may call anything demo data.
 */
export async function contentsOf(sql: Sql | TransactionSql): Promise<Contents> {
  let found: Contents = 'nothing'
  for (const layer of LAYER_IDS) {
    const [row] = await sql<[{ any: boolean; other: boolean }]>`
      SELECT EXISTS (SELECT FROM ${sql(tableOf(layer))}) AS any,
        EXISTS (SELECT FROM ${sql(tableOf(layer))} WHERE NOT starts_with(source_id, ${DEMO_ID})) AS other`
    if (row.other) return 'other'
    if (row.any) found = 'demo'
  }
  return found
}

export async function createDemoBatch(tx: TransactionSql): Promise<number> {
  const [row] = await tx<[{ id: number }]>`
    INSERT INTO import_batch (kind, source, attribution, licence)
    VALUES ('demo', 'demo', '演示数据 Demo data', 'CC0-1.0') RETURNING id`
  return row.id
}

export async function storeReport(tx: TransactionSql, batchId: number, report: unknown): Promise<void> {
  await tx`UPDATE import_batch SET report = ${tx.json(report as never)} WHERE id = ${batchId}`
}

/**
 * Removes the features of the demo area, children before parents. The caller has made sure that there are no others: one
 * drawn since then stays, or stops it all if it lies in a cell that goes. One event a layer tells caches which part of the map is no longer what it was.
 */
export async function removeFeatures(tx: TransactionSql, batchId: number, actor: Actor): Promise<void> {
  await lockCells(tx, 'exclusive')
  await actAs(tx, actor)
  await removeDemoDuties(tx)
  await removeDemoCampaigns(tx)
  await removeDemoCases(tx, DEMO_ID)
  await removeDemoPatrols(tx)
  const events: NewEvent[] = []
  for (const layer of [...LAYER_IDS].reverse()) {
    const box = await extentOf(tx, layer)
    if (!box) continue
    await tx`DELETE FROM ${tx(tableOf(layer))} WHERE starts_with(source_id, ${DEMO_ID})`
    events.push({ kind: 'import', layer, batchId, box })
  }
  await tx`DELETE FROM import_batch b WHERE kind = 'demo' AND id <> ${batchId}
    AND NOT EXISTS (SELECT FROM event e WHERE e.batch_id = b.id)`
  await recordEvents(tx, actor, events)
}

async function extentOf(tx: TransactionSql, layer: LayerId): Promise<Bbox | undefined> {
  const [row] = await tx`
    SELECT ST_XMin(e) AS west, ST_YMin(e) AS south, ST_XMax(e) AS east, ST_YMax(e) AS north
    FROM (SELECT ST_Extent(geom) AS e FROM ${tx(tableOf(layer))}) extent`
  return row && row.west !== null ? [row.west, row.south, row.east, row.north] : undefined
}
