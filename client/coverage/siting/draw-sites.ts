import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { FONT_STACK } from '../../map/layer-module.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { removeLayers } from '../../map/own-layers.ts'
import type { Tokens } from '../../ui/tokens.ts'

const NAME = 'siting-drawn'

/** Shows places that were drawn, numbered as in the list. Returns how to take them away. */
export function putSites(
  map: MapLibreMap,
  tokens: Tokens,
  places: readonly { lngLat: LngLat }[],
): () => void {
  if (places.length === 0 || !map.style) return () => {}
  const layers = [
    {
      id: `${NAME}-dot`,
      type: 'circle' as const,
      source: NAME,
      paint: {
        'circle-radius': 9,
        'circle-color': tokens.panel,
        'circle-stroke-color': tokens.accent,
        'circle-stroke-width': 2,
      },
    },
    {
      id: `${NAME}-number`,
      type: 'symbol' as const,
      source: NAME,
      layout: {
        'text-field': ['to-string', ['get', 'number']] as ['to-string', ['get', string]],
        'text-font': FONT_STACK,
        'text-size': 11,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': tokens.text },
    },
  ]
  map.addSource(NAME, {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: places.map(({ lngLat }, at) => ({
        type: 'Feature',
        properties: { number: at + 1 },
        geometry: { type: 'Point', coordinates: [...lngLat] },
      })),
    },
  })
  for (const layer of layers) map.addLayer(layer)
  return () => removeLayers(map, layers, [NAME])
}

/** Takes the map's clicks as places until Escape, or until the function returned is called. */
export function drawSites(
  { map, takeClicks }: MapHandle,
  add: (at: LngLat) => void,
  onEnd: () => void,
): () => void {
  const release = takeClicks()
  const onClick = ({ lngLat }: MapMouseEvent) =>
    add([Number(lngLat.lng.toFixed(6)), Number(lngLat.lat.toFixed(6))])
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onEnd()
  }
  map.getCanvas().style.cursor = 'crosshair'
  map.on('click', onClick)
  document.addEventListener('keydown', onKey, true)
  return () => {
    map.off('click', onClick)
    document.removeEventListener('keydown', onKey, true)
    map.getCanvas().style.cursor = ''
    release()
  }
}
