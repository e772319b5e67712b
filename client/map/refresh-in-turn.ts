import type { LngLatBounds, Map as MapLibreMap, VectorTileSource } from 'maplibre-gl'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { coverTiles } from './cover-tiles.ts'
import { tileSource } from './layer-module.ts'

const LOOK_MS = 200
/** A tile that never comes does not keep the others from being drawn. */
const PATIENCE_MS = 5000

type Boxes = Bbox[] | 'all'

/**
 * Returns what draws a layer's tiles anew that a box touches; without a box all of them. The first change is drawn at
 * once; what else changes until its tiles have come is drawn together after it. Asked for with each of many changes, one
 * tile would be on its way a thousand times, until the browser refuses every other request too.
 */
export function refreshInTurn(map: MapLibreMap): (layer: LayerId, box: Bbox | undefined) => void {
  const waiting = new Map<LayerId, Boxes>()
  const timers = new Map<LayerId, ReturnType<typeof setTimeout>>()
  map.once('remove', () => {
    for (const timer of timers.values()) clearTimeout(timer)
  })

  function draw(layer: LayerId, boxes: Boxes) {
    const source = map.getSource(tileSource(layer)) as VectorTileSource | undefined
    if (!source) return
    redraw(map, source, boxes)
    wait(layer, performance.now() + PATIENCE_MS)
  }
  function wait(layer: LayerId, untilMs: number) {
    const look = () => {
      const name = tileSource(layer)
      if (map.getSource(name) && !map.isSourceLoaded(name) && performance.now() < untilMs)
        return wait(layer, untilMs)
      timers.delete(layer)
      const boxes = waiting.get(layer)
      waiting.delete(layer)
      if (boxes) draw(layer, boxes)
    }
    timers.set(layer, setTimeout(look, LOOK_MS))
  }
  return (layer, box) => {
    const boxes = waiting.get(layer) ?? []
    const more = box && boxes !== 'all' ? [...boxes, box] : 'all'
    if (timers.has(layer)) waiting.set(layer, more)
    else draw(layer, more)
  }
}

function redraw(map: MapLibreMap, source: VectorTileSource, boxes: Boxes): void {
  const bounds = source.tileBounds?.bounds
  // Tiles outside the bounds that the TileJSON gave are never asked for; what reaches beyond needs new bounds.
  if (boxes === 'all' || !boxes.every((box) => isWithin(box, bounds))) return void source.setUrl(source.url)
  const zoom = Math.floor(map.getZoom())
  const [from, to] = [Math.max(source.minzoom, zoom - 3), Math.min(source.maxzoom, zoom + 2)]
  const tiles = boxes.map((box) => coverTiles(box, from, to))
  // Too many for a list: the whole source.
  if (!tiles.every((some) => some !== undefined)) return void map.refreshTiles(source.id)
  const each = new Map(tiles.flat().map((tile) => [`${tile.z}/${tile.x}/${tile.y}`, tile]))
  map.refreshTiles(source.id, [...each.values()])
}

function isWithin(box: Bbox, bounds: LngLatBounds | undefined): boolean {
  if (!bounds) return true
  return bounds.contains([box[0], box[1]]) && bounds.contains([box[2], box[3]])
}
