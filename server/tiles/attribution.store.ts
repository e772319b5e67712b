import type { LayerId } from '../../geodata/shared/layer.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

/** The attributions that the sources of a layer's features ask for, oldest first, each once. */
export async function attributionsOf(sql: Sql, layer: LayerId): Promise<string[]> {
  const rows = await sql.unsafe<{ attribution: string }[]>(
    `SELECT attribution FROM import_batch AS batch
     WHERE attribution <> '' AND EXISTS (SELECT FROM ${tableOf(layer)} WHERE batch_id = batch.id)
     GROUP BY attribution ORDER BY min(id)`,
  )
  return rows.map((row) => row.attribution)
}
