import type { Deps } from '../platform/deps.ts'
import { javascriptEncoder } from './encode-in-javascript.store.ts'
import { postgisEncoder } from './encode-with-postgis.store.ts'
import { createExtents, type Extents } from './extent.store.ts'
import { makeTile } from './make-tile.ts'
import { purgeChanges } from './purge-changes.ts'
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
    cache: createTileCache(
      (layer, address, { reach }, signal, filter) =>
        makeTile(encoder, layer, address, reach, signal, filter?.filter),
      cacheBytes,
    ),
    extents: createExtents(database.sql),
  }
  outbox.subscribe((events) => purgeChanges(service, events))
  return service
}
