import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'

/** Layers that a feature added itself, in the looks of another theme. */
export function repaintLayers(map: MapLibreMap, layers: readonly LayerSpecification[]): void {
  for (const layer of layers)
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, name as never, value as never)
}

/** Takes a feature's own layers and sources off the map, which may be gone itself by now. */
export function removeLayers(
  map: MapLibreMap,
  layers: readonly LayerSpecification[],
  sources: readonly string[],
): void {
  if (!map.style) return
  for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id)
  for (const source of sources) if (map.getSource(source)) map.removeSource(source)
}

/** Under this layer lies what must not hide names. */
export const firstOwnLabel = (map: MapLibreMap): string =>
  map.getStyle().layers.find(({ type, id }) => type === 'symbol' && !id.startsWith('basemap-'))!.id
