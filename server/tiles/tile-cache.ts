import { LRUCache } from 'lru-cache'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Tile } from './make-tile.ts'
import type { TileFilter } from './read-tile-filter.ts'
import { boxesTouch, joinBoxes, type MercatorBox, type TileAddress, tileReach } from './tile-address.ts'
import { bodyBytes, type TileBody, tileBody } from './tile-body.ts'
import type { TileScope } from './tile-scope.ts'

export interface TileCacheStats {
  hits: number
  /** Tiles made. */
  misses: number
  /** Requests that joined one that was already being made. */
  shared: number
  purged: number
  tiles: number
  bytes: number
}

export interface TileCache {
  /** A tile at hand, without waiting. */
  peek(layer: LayerId, address: TileAddress, scope: TileScope, filter?: TileFilter): TileBody | undefined
  /** The tile, made at most once at a time; making is given up when every request that waits has been aborted. */
  get(
    layer: LayerId,
    address: TileAddress,
    scope: TileScope,
    signal: AbortSignal,
    filter?: TileFilter,
  ): Promise<TileBody>
  /**
   * Forgets the tiles of a layer that any of the boxes reaches, and those being made there. It looks once at every tile
   * held, so changes that are known together belong in one call. More than 50 boxes count as the one around them.
   * Cells that change also take along, wherever they are and whatever their layer, tiles filtered by cells and tiles of
   * those who do not reach everything.
   */
  purge(layer: LayerId, boxes: readonly MercatorBox[]): void
  /** Called when a tile that is held has grown by a compressed form. */
  resize(body: TileBody): void
  stats(): TileCacheStats
}

interface Place {
  key: string
  layer: LayerId
  address: TileAddress
  scope: TileScope
  filter: TileFilter | undefined
}
interface Flight extends Place {
  promise: Promise<TileBody>
  waiting: number
  controller: AbortController
}
type Make = (
  layer: LayerId,
  address: TileAddress,
  scope: TileScope,
  signal: AbortSignal,
  filter?: TileFilter,
) => Promise<Tile>

/** Held for a tile besides its bytes, roughly: the key, the objects, the entry. */
const ENTRY_BYTES = 600
/** Beyond this many boxes, testing each against every tile would hold up requests longer than making tiles again. */
const SEPARATE_BOXES = 50
/**
 * There are any number of filters and many areas, and one whole map: neither filtered tiles nor those of parts of the
 * map ever push that one's out.
 */
const FILTERED_SHARE = 0.25
const SCOPED_SHARE = 0.25

/**
 * Tiles by layer, address, filter and whose rows they show, least recently used out first beyond `maxBytes`. With 0 nothing is held or shared: each
 * request makes its own, which is what a benchmark of making tiles measures.
 *
 * A tile that was being read while its place changed is handed to those who asked before the change and not kept.
 */
export function createTileCache(make: Make, maxBytes: number): TileCache {
  const plain = createHeld(maxBytes * (1 - FILTERED_SHARE - SCOPED_SHARE))
  const scoped = createHeld(maxBytes * SCOPED_SHARE)
  const filtered = createHeld(maxBytes * FILTERED_SHARE)
  const all = [plain, scoped, filtered]
  const heldFor = ({ filter, scope }: Pick<Place, 'filter' | 'scope'>) =>
    filter ? filtered : scope.key === '' ? plain : scoped
  const flights = new Map<string, Flight>()
  const places = new WeakMap<TileBody, Place>()
  const counts = { hits: 0, misses: 0, shared: 0, purged: 0 }

  function peek(
    layer: LayerId,
    address: TileAddress,
    scope: TileScope,
    filter?: TileFilter,
  ): TileBody | undefined {
    const found = heldFor({ filter, scope }).get(keyOf(layer, address, scope, filter))
    if (found) counts.hits++
    return found?.body
  }

  function start(place: Place): Flight {
    counts.misses++
    const controller = new AbortController()
    const flight: Flight = {
      ...place,
      waiting: 0,
      controller,
      promise: make(place.layer, place.address, place.scope, controller.signal, place.filter)
        .then((tile) => {
          const body = tileBody(tile)
          if (flights.get(place.key) === flight && maxBytes > 0) {
            places.set(body, place)
            heldFor(place).set(place.key, { place, body })
          }
          return body
        })
        .finally(() => forget(flight)),
    }
    if (maxBytes > 0) flights.set(place.key, flight)
    return flight
  }

  function forget(flight: Flight): void {
    if (flights.get(flight.key) === flight) flights.delete(flight.key)
  }

  async function get(
    layer: LayerId,
    address: TileAddress,
    scope: TileScope,
    signal: AbortSignal,
    filter?: TileFilter,
  ): Promise<TileBody> {
    const key = keyOf(layer, address, scope, filter)
    const shared = flights.get(key)
    if (shared) counts.shared++
    const flight = shared ?? start({ key, layer, address, scope, filter })
    flight.waiting++
    const leave = () => {
      if (--flight.waiting > 0) return
      forget(flight)
      flight.controller.abort()
    }
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
    try {
      return await flight.promise
    } catch (error) {
      if (signal.aborted)
        throw new Problem('unavailable', 'The request was given up before its tile was made.')
      throw error
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  function purge(layer: LayerId, boxes: readonly MercatorBox[]): void {
    if (boxes.length === 0) return
    const around = boxes.reduce(joinBoxes)
    const separate = boxes.length > 1 && boxes.length <= SEPARATE_BOXES ? boxes : undefined
    const reached = (place: Place) => {
      if (isCellLayer(layer) && dependsOnCells(place)) return true
      if (place.layer !== layer) return false
      const reach = tileReach(place.address)
      return boxesTouch(reach, around) && (separate?.some((box) => boxesTouch(reach, box)) ?? true)
    }
    for (const flight of flights.values()) if (reached(flight)) flights.delete(flight.key)
    for (const held of all) {
      const gone = [...held.values()].filter(({ place }) => reached(place))
      for (const { place } of gone) held.delete(place.key)
      counts.purged += gone.length
    }
  }

  function resize(body: TileBody): void {
    const place = places.get(body)
    if (!place) return
    const held = heldFor(place)
    if (held.peek(place.key)?.body === body) held.set(place.key, { place, body })
  }

  return {
    peek,
    get,
    purge,
    resize,
    stats: () => ({
      ...counts,
      tiles: all.reduce((sum, held) => sum + held.size, 0),
      bytes: all.reduce((sum, held) => sum + held.calculatedSize, 0),
    }),
  }
}

const createHeld = (maxBytes: number) =>
  new LRUCache<string, { place: Place; body: TileBody }>({
    maxSize: Math.max(1, Math.floor(maxBytes)),
    sizeCalculation: ({ place, body }) => ENTRY_BYTES + place.key.length * 2 + bodyBytes(body),
  })

/** Neither a filter, which is a query, nor a scope has a # in it. */
const keyOf = (
  layer: LayerId,
  { z, x, y }: TileAddress,
  scope: TileScope,
  filter: TileFilter | undefined,
): string => `${layer}/${z}/${x}/${y}${filter ? `?${filter.key}` : ''}#${scope.key}`

/** What lies in a cell changes with the cell's border, without a change to the feature itself. */
const dependsOnCells = ({ filter, scope }: Place): boolean =>
  scope.key !== '' || filter?.filter.parent !== undefined || filter?.filter.unassigned === true
