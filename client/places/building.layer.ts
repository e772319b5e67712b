import type { ExpressionSpecification } from 'maplibre-gl'
import { FONT_STACK, type LayerModule, tileSource } from '../map/layer-module.ts'

export const EXTRUDE_FROM_ZOOM = 16
const FLOOR_METRES = 3
const from = { source: tileSource('buildings'), 'source-layer': 'buildings' }

const height: ExpressionSpecification = [
  'coalesce',
  ['get', 'heightMetres'],
  ['*', FLOOR_METRES, ['coalesce', ['get', 'floors'], 2]],
]

export const buildingLayer: LayerModule = {
  layer: 'buildings',
  fromZoom: 12,
  styles: (tokens) => [
    {
      slot: 'buildings',
      spec: {
        id: 'building-fill',
        type: 'fill',
        ...from,
        paint: {
          'fill-color': tokens.buildingFill,
          'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12, 0.7, 14, 1],
        },
      },
    },
    {
      slot: 'buildings',
      spec: {
        id: 'building-outline',
        type: 'line',
        ...from,
        minzoom: 14.5,
        paint: {
          'line-color': tokens.buildingOutline,
          'line-width': ['interpolate', ['linear'], ['zoom'], 14.5, 0.4, 17, 1],
        },
      },
    },
    {
      slot: 'extrusions',
      spec: {
        id: 'building-volume',
        type: 'fill-extrusion',
        ...from,
        minzoom: EXTRUDE_FROM_ZOOM,
        paint: {
          'fill-extrusion-color': tokens.buildingRoof,
          'fill-extrusion-height': ['interpolate', ['linear'], ['zoom'], EXTRUDE_FROM_ZOOM, 0, 16.6, height],
          'fill-extrusion-opacity': ['interpolate', ['linear'], ['zoom'], EXTRUDE_FROM_ZOOM, 0, 16.4, 0.92],
          'fill-extrusion-vertical-gradient': true,
        },
      },
    },
    {
      slot: 'labels',
      spec: {
        id: 'building-name',
        type: 'symbol',
        ...from,
        minzoom: 16.8,
        filter: ['has', 'name'],
        layout: {
          'text-field': ['get', 'name'],
          'text-font': FONT_STACK,
          'text-size': 11.5,
          'text-max-width': 6,
          'text-padding': 4,
        },
        paint: { 'text-color': tokens.muted, 'text-halo-color': tokens.buildingFill, 'text-halo-width': 1.2 },
      },
    },
  ],
  clickable: [
    { styleLayer: 'building-volume', fromZoom: EXTRUDE_FROM_ZOOM },
    { styleLayer: 'building-fill', fromZoom: 15 },
  ],
}
