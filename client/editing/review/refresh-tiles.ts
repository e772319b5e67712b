import type { Touched } from '../../../geodata/editing/draft.ts'
import type { Bbox } from '../../../geodata/shared/geojson.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { boxOf } from '../../map/box-of.ts'
import type { MapHandle } from '../../map/map-handle.ts'

/** Draws the tiles that these edits touch anew, at once: the live events that say the same may be late or lost. */
export function refreshTiles(map: MapHandle, touched: readonly Touched[]): void {
  const boxes = new Map<LayerId, Bbox>()
  for (const { layer, base, now } of touched)
    for (const input of [base, now]) {
      if (!input) continue
      const [west, south, east, north] = boxOf(input.geometry)
      const box = boxes.get(layer) ?? [west, south, east, north]
      boxes.set(layer, [
        Math.min(box[0], west),
        Math.min(box[1], south),
        Math.max(box[2], east),
        Math.max(box[3], north),
      ])
    }
  for (const [layer, box] of boxes) map.refresh(layer, box)
}
