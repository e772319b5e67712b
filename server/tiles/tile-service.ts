import type { LayerId } from '../../geodata/shared/layer.ts'
import type { OutboxEvent } from '../live/events.store.ts'
import type { Deps } from '../platform/deps.ts'
import { javascriptEncoder } from './encode-in-javascript.store.ts'
import { postgisEncoder } from './encode-with-postgis.store.ts'
import { createExtents, type Extents } from './extent.store.ts'
import { makeTile } from './make-tile.ts'
import { toMercator } from './tile-address.ts'
import { createTileCache, type TileCache } from './tile-cache.ts'

export interface TileService {
  cache: TileCache
  extents: Extents
}

const CACHE_BYTES = 256 * 1024 * 1024

/**
 * Tiles of a database, kept until the outbox tells of a change. They are read from the primary even when there is a
 * replica: a tile made from a replica that lags behind the event would be kept as if it were new.
 */
export function createTileService(
  { database, outbox }: Pick<Deps, 'database' | 'outbox'>,
  cacheBytes = CACHE_BYTES,
): TileService {
  const encoder = database.hasMvt ? postgisEncoder(database.sql) : javascriptEncoder(database.sql)
  const service = {
    cache: createTileCache((layer, address, signal) => makeTile(encoder, layer, address, signal), cacheBytes),
    extents: createExtents(database.sql),
  }
  outbox.subscribe((events) => {
    for (const event of events) applyEvent(service, event)
  })
  return service
}

function applyEvent({ cache, extents }: TileService, event: OutboxEvent): void {
  const layer: LayerId = event.layer
  if (event.box) {
    const box = toMercator(event.box)
    extents.grow(layer, box)
    cache.purge(layer, box)
  } else if (event.kind === 'import') {
    extents.forget(layer)
    cache.purge(layer, undefined)
  }
}
