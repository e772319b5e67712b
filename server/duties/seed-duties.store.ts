import type { DemoDuty } from '../../geodata/demo/write-duties.ts'
import { DUTY_LAYERS } from '../../geodata/duties/duty.schema.ts'
import { DEMO_ID } from '../../geodata/shared/feature.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { TransactionSql } from '../platform/database.ts'

const PAGE_ROWS = 5000

/** Stores duties for features that are there by their source ids. */
export async function insertDuties(tx: TransactionSql, duties: readonly DemoDuty[]): Promise<void> {
  for (const layer of DUTY_LAYERS) {
    const ofLayer = duties.filter((duty) => duty.layer === layer)
    for (let from = 0; from < ofLayer.length; from += PAGE_ROWS)
      await tx`
        INSERT INTO duty (role, layer, feature_id, holder)
        SELECT row.role, ${layer}, t.id, row.holder
        FROM jsonb_to_recordset(${JSON.stringify(ofLayer.slice(from, from + PAGE_ROWS))}::text::jsonb)
          AS row (role text, "sourceId" text, holder text)
          JOIN ${tx(tableOf(layer))} t ON t.source_id = row."sourceId"`
  }
}

/** The duties for features of the demo area, before these go. */
export async function removeDemoDuties(tx: TransactionSql): Promise<void> {
  for (const layer of DUTY_LAYERS)
    await tx`
      DELETE FROM duty d USING ${tx(tableOf(layer))} t
      WHERE d.layer = ${layer} AND d.feature_id = t.id AND starts_with(t.source_id, ${DEMO_ID})`
}
