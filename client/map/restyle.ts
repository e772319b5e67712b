import type {
  FilterSpecification,
  LayerSpecification,
  Map as MapLibreMap,
  StyleSpecification,
} from 'maplibre-gl'

type Properties = Record<string, unknown>
const part = (layer: LayerSpecification, name: 'paint' | 'layout' | 'filter') =>
  (layer as unknown as Record<string, unknown>)[name]
const differs = (first: unknown, second: unknown) => JSON.stringify(first) !== JSON.stringify(second)

/**
 * Moves a map from one composed style to another with the same layers, by the properties that differ. MapLibre's own
 * setStyle would also compare the sources and empty those whose data we set.
 */
export function restyle(map: MapLibreMap, from: StyleSpecification, to: StyleSpecification): void {
  const before = new Map(from.layers.map((layer) => [layer.id, layer]))
  for (const layer of to.layers) {
    const old = before.get(layer.id)
    if (!old) continue
    for (const [name, value] of changes(part(old, 'paint'), part(layer, 'paint')))
      map.setPaintProperty(layer.id, name as never, value as never)
    for (const [name, value] of changes(part(old, 'layout'), part(layer, 'layout')))
      map.setLayoutProperty(layer.id, name as never, value as never)
    if (differs(part(old, 'filter'), part(layer, 'filter')))
      map.setFilter(layer.id, part(layer, 'filter') as FilterSpecification)
  }
}

function changes(from: unknown, to: unknown): [name: string, value: unknown][] {
  const old = (from ?? {}) as Properties
  const next = (to ?? {}) as Properties
  const names = new Set([...Object.keys(old), ...Object.keys(next)])
  return [...names].filter((name) => differs(old[name], next[name])).map((name) => [name, next[name]])
}
