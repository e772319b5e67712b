import type { Map as MapLibreMap } from 'maplibre-gl'
import type { SymbolImage } from './layer-module.ts'

/** Two device pixels a CSS pixel at least, so that symbols stay crisp when the window moves to a denser screen. */
const MINIMUM_RATIO = 2

/** Draws a symbol on a canvas and hands it to the map under `name`, replacing what had that name. */
export function putImage(map: MapLibreMap, name: string, image: SymbolImage): void {
  const pixelRatio = Math.max(MINIMUM_RATIO, Math.ceil(window.devicePixelRatio))
  const edge = image.size * pixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = edge
  canvas.height = edge
  const context = canvas.getContext('2d')!
  context.scale(pixelRatio, pixelRatio)
  image.draw(context, image.size)
  const data = context.getImageData(0, 0, edge, edge)
  if (map.hasImage(name)) map.updateImage(name, data)
  else map.addImage(name, data, { pixelRatio })
}
