import { LRUCache } from 'lru-cache'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { featureWhere } from '../features/feature.filter.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { joinBoxes, type MercatorBox } from './tile-address.ts'
import { EVERYWHERE, type TileScope } from './tile-scope.ts'

/** Where each layer has data that someone reaches, kept in memory so that requests outside need no query. */
export interface Extents {
  /** Metres in EPSG:3857; undefined when nothing of the layer is in reach. */
  get(layer: LayerId, scope: TileScope): Promise<MercatorBox | undefined>
  /**
   * Something may now be in the box. Deleting does not shrink the extent of a layer; it may only be too large. Extents
   * of parts are forgotten instead: the box may be out of reach. Cells that change take along those of every layer.
   */
  grow(layer: LayerId, box: MercatorBox): void
}

/** Of parts, by their use. */
const MOST_SCOPED = 2000

type Extent = Promise<MercatorBox | undefined>

export function createExtents(sql: Sql): Extents {
  const whole = new Map<LayerId, Extent>()
  const scoped = new LRUCache<string, { layer: LayerId; extent: Extent }>({ max: MOST_SCOPED })

  function getWhole(layer: LayerId): Extent {
    let extent = whole.get(layer)
    if (!extent) {
      extent = readExtent(sql, layer, EVERYWHERE)
      whole.set(layer, extent)
      extent.catch(() => whole.delete(layer))
    }
    return extent
  }
  function getScoped(layer: LayerId, scope: TileScope): Extent {
    const key = `${layer}#${scope.key}`
    const known = scoped.get(key)
    if (known) return known.extent
    const made = { layer, extent: readExtent(sql, layer, scope) }
    scoped.set(key, made)
    made.extent.catch(() => {
      if (scoped.peek(key) === made) scoped.delete(key)
    })
    return made.extent
  }
  return {
    get: (layer, scope) => (scope.key === '' ? getWhole(layer) : getScoped(layer, scope)),
    grow(layer, box) {
      for (const [key, known] of [...scoped.entries()])
        if (isCellLayer(layer) || known.layer === layer) scoped.delete(key)
      const before = whole.get(layer)
      if (!before) return
      const grown = before.then((extent) => (extent ? joinBoxes(extent, box) : box))
      whole.set(layer, grown)
      grown.catch(() => whole.delete(layer))
    },
  }
}

async function readExtent(sql: Sql, layer: LayerId, { reach }: TileScope): Extent {
  const where = featureWhere(layer, {}, reach)
  const [row] = await sql.unsafe(
    `SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
     FROM (SELECT ST_Extent(t.geom_3857) AS box FROM ${tableOf(layer)} t WHERE ${where.text}) AS extent`,
    where.parameters,
  )
  return row && row.west !== null ? [row.west, row.south, row.east, row.north] : undefined
}
