import type { LayerSpecification, Map as MapLibreMap, VectorTileSource } from 'maplibre-gl'
import { PATROL_ROUTES } from '../../../geodata/patrols/patrol-routes.ts'
import { FONT_STACK } from '../../map/layer-module.ts'
import { removeLayers, repaintLayers } from '../../map/own-layers.ts'
import { type Scheme, TEAM_HUES, TOKENS } from '../../ui/tokens.ts'

export interface RouteOverlay {
  /** Asks for the tiles again: a plan was handed out or closed. */
  refresh(): void
  restyle(scheme: Scheme): void
  remove(): void
}

const SOURCE = 'patrol-routes'
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const

/** Thin lines by team under the names of the map; dashed where the plan is closed. */
export function addRouteOverlay(map: MapLibreMap, scheme: Scheme): RouteOverlay {
  const url = new URL(`/tiles/${PATROL_ROUTES.id}.json`, location.href).href
  map.addSource(SOURCE, { type: 'vector', url })
  const below = map
    .getStyle()
    .layers.find(({ id, type }) => type === 'symbol' && !id.startsWith('basemap-'))?.id
  for (const layer of routeLayers(scheme)) map.addLayer(layer, layer.type === 'line' ? below : undefined)
  return {
    refresh: () => void map.getSource<VectorTileSource>(SOURCE)?.setUrl(url),
    restyle: (next) => repaintLayers(map, routeLayers(next)),
    remove: () => removeLayers(map, routeLayers(scheme), [SOURCE]),
  }
}

function routeLayers(scheme: Scheme): LayerSpecification[] {
  const tokens = TOKENS[scheme]
  const hues = TEAM_HUES[scheme]
  const colour = [
    'match',
    ['get', 'teamId'],
    ...LETTERS.flatMap((letter, at) => [letter, hues[at % hues.length]!]),
    tokens.muted,
  ] as never
  const common = { source: SOURCE, 'source-layer': PATROL_ROUTES.id, minzoom: PATROL_ROUTES.minZoom } as const
  const width = ['interpolate', ['linear'], ['zoom'], 12, 1.5, 16, 3] as never
  const isClosed = ['==', ['get', 'state'], 'closed'] as const
  return [
    {
      ...common,
      id: 'patrol-route-casing',
      type: 'line',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': tokens.halo,
        'line-width': ['interpolate', ['linear'], ['zoom'], 12, 3, 16, 5.5],
        'line-opacity': 0.8,
      },
    },
    {
      ...common,
      id: 'patrol-route-lines',
      type: 'line',
      filter: ['!', isClosed] as never,
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colour, 'line-width': width },
    },
    {
      ...common,
      id: 'patrol-route-closed',
      type: 'line',
      filter: isClosed as never,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': width, 'line-dasharray': [2, 2] },
    },
    {
      ...common,
      id: 'patrol-route-names',
      type: 'symbol',
      minzoom: 14,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': ['get', 'team'],
        'text-font': FONT_STACK,
        'text-size': 12,
      },
      paint: { 'text-color': colour, 'text-halo-color': tokens.halo, 'text-halo-width': 1.5 },
    },
  ]
}
