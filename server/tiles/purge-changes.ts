import type { LayerId } from '../../geodata/shared/layer.ts'
import type { OutboxEvent } from '../live/events.store.ts'
import type { Extents } from './extent.store.ts'
import { joinBoxes, type MercatorBox, toMercator } from './tile-address.ts'
import type { TileCache } from './tile-cache.ts'

/**
 * Forgets what a run of events made out of date, with one purge a layer: an import's events come a thousand at a time,
 * and each purge looks at every tile held. An event without a box changed nothing on the map.
 */
export function purgeChanges(
  { cache, extents }: { cache: Pick<TileCache, 'purge'>; extents: Pick<Extents, 'grow'> },
  events: readonly Pick<OutboxEvent, 'layer' | 'box'>[],
): void {
  const changed = new Map<LayerId, MercatorBox[]>()
  for (const { layer, box } of events) {
    if (!box || !layer) continue
    const boxes = changed.get(layer)
    if (boxes) boxes.push(toMercator(box))
    else changed.set(layer, [toMercator(box)])
  }
  for (const [layer, boxes] of changed) {
    extents.grow(layer, boxes.reduce(joinBoxes))
    cache.purge(layer, boxes)
  }
}
