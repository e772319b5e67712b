import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl'
import { FONT_STACK, type LayerModule, type SlottedLayer, tileSource } from '../map/layer-module.ts'

const from = { source: tileSource('roads'), 'source-layer': 'roads' }
const round = { 'line-cap': 'round', 'line-join': 'round' } as const

/** Line width in pixels that grows with zoom as the road itself does. */
const width = (at12: number, at16: number, at19: number, more = 0): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.55],
  ['zoom'],
  12,
  at12 + more * 0.5,
  16,
  at16 + more,
  19,
  at19 + more * 1.5,
]
type Carriageway = 'main' | 'minor' | 'service'
const WIDTHS: Record<Carriageway, [number, number, number]> = {
  main: [1.6, 9, 42],
  minor: [0.6, 5, 24],
  service: [0.3, 2.6, 12],
}

const isKind = (kind: string): FilterSpecification => ['==', ['get', 'kind'], kind]

export const roadLayer: LayerModule = {
  layer: 'roads',
  fromZoom: 11,
  styles: (tokens) => {
    const colour = { main: tokens.roadMain, minor: tokens.roadMinor, service: tokens.roadMinor }
    const casing = {
      main: tokens.roadMainCasing,
      minor: tokens.roadMinorCasing,
      service: tokens.roadMinorCasing,
    }
    const fromZoom = { main: 10, minor: 12, service: 13.5 }
    const line = (kind: Carriageway, part: 'casing' | 'line'): SlottedLayer => ({
      slot: 'roads',
      spec: {
        id: `road-${kind}-${part}`,
        type: 'line',
        ...from,
        minzoom: fromZoom[kind],
        filter: isKind(kind),
        layout: round,
        paint: {
          'line-color': part === 'line' ? colour[kind] : casing[kind],
          'line-width': width(...WIDTHS[kind], part === 'line' ? 0 : 2),
        },
      },
    })
    const dashed = (kind: 'path' | 'steps', dash: number[]): SlottedLayer => ({
      slot: 'roads',
      spec: {
        id: `road-${kind}`,
        type: 'line',
        ...from,
        minzoom: 14.5,
        filter: isKind(kind),
        paint: { 'line-color': tokens.roadPath, 'line-width': width(0.4, 1.2, 3), 'line-dasharray': dash },
      },
    })
    const kinds = ['service', 'minor', 'main'] as const
    return [
      dashed('path', [3, 2]),
      dashed('steps', [0.6, 0.6]),
      ...kinds.map((kind) => line(kind, 'casing')),
      ...kinds.map((kind) => line(kind, 'line')),
      {
        slot: 'labels',
        spec: {
          id: 'road-name',
          type: 'symbol',
          ...from,
          minzoom: 13.5,
          filter: ['all', ['has', 'name'], ['match', ['get', 'kind'], ['main', 'minor'], true, false]],
          layout: {
            'symbol-placement': 'line',
            'symbol-spacing': 340,
            'text-field': ['get', 'name'],
            'text-font': FONT_STACK,
            'text-size': ['match', ['get', 'kind'], 'main', 12.5, 11.5],
            'text-letter-spacing': 0.12,
            'text-padding': 8,
            'symbol-sort-key': ['match', ['get', 'kind'], 'main', 0, 1],
          },
          paint: { 'text-color': tokens.muted, 'text-halo-color': tokens.mapLand, 'text-halo-width': 1.6 },
        },
      },
    ]
  },
}
