import type { LayerId } from '../../geodata/shared/layer.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { joinBoxes, type MercatorBox } from './tile-address.ts'

/** Where each layer has data, kept in memory so that requests outside need no query. */
export interface Extents {
  /** Metres in EPSG:3857; undefined when the layer is empty. */
  get(layer: LayerId): Promise<MercatorBox | undefined>
  /** Something may now be in the box. Deleting does not shrink an extent; it may only be too large. */
  grow(layer: LayerId, box: MercatorBox): void
}

export function createExtents(sql: Sql): Extents {
  const known = new Map<LayerId, Promise<MercatorBox | undefined>>()
  function get(layer: LayerId): Promise<MercatorBox | undefined> {
    let extent = known.get(layer)
    if (!extent) {
      extent = readExtent(sql, layer)
      known.set(layer, extent)
      extent.catch(() => known.delete(layer))
    }
    return extent
  }
  return {
    get,
    grow(layer, box) {
      const before = known.get(layer)
      if (!before) return
      const grown = before.then((extent) => (extent ? joinBoxes(extent, box) : box))
      known.set(layer, grown)
      grown.catch(() => known.delete(layer))
    },
  }
}

async function readExtent(sql: Sql, layer: LayerId): Promise<MercatorBox | undefined> {
  const [row] = await sql.unsafe(
    `SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
     FROM (SELECT ST_Extent(geom_3857) AS box FROM ${tableOf(layer)}) AS extent`,
  )
  return row && row.west !== null ? [row.west, row.south, row.east, row.north] : undefined
}
