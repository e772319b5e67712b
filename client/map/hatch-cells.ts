import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Tokens } from '../ui/tokens.ts'
import { putImage } from './draw-image.ts'
import { tileSource } from './layer-module.ts'

const STYLE_LAYER = 'hatched-cells'
const EDGE_PIXELS = 16

/** Hatches cells of a layer, by their ids, until the function returned is called. The tiles' own shapes are used. */
export function hatchCells(
  map: MapLibreMap,
  layer: LayerId,
  ids: readonly number[],
  tokens: Tokens,
): () => void {
  const source = tileSource(layer)
  if (!map.getSource(source)) return () => {}
  const image = putHatch(map, tokens.critical)
  if (map.getLayer(STYLE_LAYER)) map.removeLayer(STYLE_LAYER)
  // Under the borders and names, which stay readable.
  const before = map.getStyle().layers.find(({ type }) => type === 'symbol')?.id
  map.addLayer(
    {
      id: STYLE_LAYER,
      type: 'fill',
      source,
      'source-layer': layer,
      filter: ['in', ['id'], ['literal', [...ids]]],
      paint: { 'fill-pattern': image, 'fill-opacity': 0.5 },
    },
    before,
  )
  return () => {
    if (map.getLayer(STYLE_LAYER)) map.removeLayer(STYLE_LAYER)
  }
}

/** Puts a pattern of lines at 45° on the map; answers with its name. */
export function putHatch(map: MapLibreMap, colour: string): string {
  const name = `hatch-${colour}`
  putImage(map, name, { size: EDGE_PIXELS, draw: (context) => drawHatch(context, colour) })
  return name
}

/** Lines at 45° that go on without a break from one tile of the pattern to the next. */
function drawHatch(context: CanvasRenderingContext2D, colour: string): void {
  context.clearRect(0, 0, EDGE_PIXELS, EDGE_PIXELS)
  context.strokeStyle = colour
  context.lineWidth = 1.5
  for (const shift of [-EDGE_PIXELS / 2, 0, EDGE_PIXELS / 2, EDGE_PIXELS, EDGE_PIXELS * 1.5]) {
    context.beginPath()
    context.moveTo(shift - 2, EDGE_PIXELS + 2)
    context.lineTo(shift + EDGE_PIXELS + 2, -2)
    context.stroke()
  }
}
