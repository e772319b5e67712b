import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'
import type { TileEncoder } from './make-tile.ts'
import { tileBounds } from './tile-address.ts'
import { mvtSql, tileWhere } from './tile-sql.ts'

/** ST_AsMVT makes the whole tile in the database. */
export function postgisEncoder(sql: Sql): TileEncoder {
  return {
    async encode(layer, address, reach, rules, signal, filter) {
      const where = tileWhere(layer, filter, reach)
      const [row] = await runCancellable<{ tile: Uint8Array | null; features: number; cut: boolean }>(
        sql,
        mvtSql(layer, address.z, rules, where.text),
        [...tileBounds(address), ...where.parameters],
        signal,
      )
      return { bytes: row!.tile ?? new Uint8Array(), features: row!.features, cut: row!.cut }
    },
  }
}
