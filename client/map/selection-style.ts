import type { FilterSpecification } from 'maplibre-gl'
import type { Tokens } from '../ui/tokens.ts'
import type { SlottedLayer } from './layer-module.ts'

export const SELECTION_SOURCE = 'selection'

/** What is selected: a casing and the accent over it; for an area also a faint tint. */
export function selectionLayers(tokens: Tokens): SlottedLayer[] {
  const source = SELECTION_SOURCE
  const point: FilterSpecification = ['==', ['geometry-type'], 'Point']
  const notPoint: FilterSpecification = ['!=', ['geometry-type'], 'Point']
  const area: FilterSpecification = ['==', ['geometry-type'], 'Polygon']
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const
  return [
    {
      slot: 'cells',
      spec: {
        id: 'selection-area',
        type: 'fill',
        source,
        filter: area,
        paint: { 'fill-color': tokens.accent, 'fill-opacity': 0.1 },
      },
    },
    {
      slot: 'extrusions',
      spec: {
        id: 'selection-casing',
        type: 'line',
        source,
        filter: notPoint,
        layout: round,
        paint: { 'line-color': tokens.casing, 'line-width': 6, 'line-opacity': 0.9 },
      },
    },
    {
      slot: 'extrusions',
      spec: {
        id: 'selection-line',
        type: 'line',
        source,
        filter: notPoint,
        layout: round,
        paint: { 'line-color': tokens.accent, 'line-width': 3 },
      },
    },
    {
      slot: 'labels',
      spec: {
        id: 'selection-point',
        type: 'circle',
        source,
        filter: point,
        paint: {
          'circle-radius': 19,
          'circle-color': tokens.accent,
          'circle-opacity': 0.25,
          'circle-stroke-color': tokens.accent,
          'circle-stroke-width': 2.5,
          'circle-pitch-alignment': 'map',
        },
      },
    },
  ]
}
