import type { ExpressionSpecification } from 'maplibre-gl'
import { FONT_STACK, type LayerModule, tileSource } from '../map/layer-module.ts'

export const landcoverLayer: LayerModule = {
  layer: 'landcover',
  fromZoom: 9,
  styles: (tokens) => {
    const from = { source: tileSource('landcover'), 'source-layer': 'landcover' }
    const fill: ExpressionSpecification = [
      'match',
      ['get', 'kind'],
      'water',
      tokens.mapWater,
      'green',
      tokens.mapGreen,
      'sport',
      tokens.mapSport,
      'campus',
      tokens.mapCampus,
      'industrial',
      tokens.mapIndustrial,
      'square',
      tokens.mapSquare,
      tokens.mapEstate,
    ]
    return [
      {
        slot: 'ground',
        spec: {
          id: 'landcover-fill',
          type: 'fill',
          ...from,
          layout: {
            // Walled ground first, then what lies inside it.
            'fill-sort-key': ['match', ['get', 'kind'], ['water'], 3, ['green', 'sport'], 2, 1],
          },
          paint: { 'fill-color': fill, 'fill-antialias': true },
        },
      },
      {
        slot: 'ground',
        spec: {
          id: 'landcover-wall',
          type: 'line',
          ...from,
          minzoom: 14,
          filter: ['match', ['get', 'kind'], ['estate', 'campus', 'industrial'], true, false],
          paint: {
            'line-color': tokens.mapOutline,
            'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.6, 17, 1.4],
          },
        },
      },
      {
        slot: 'labels',
        spec: {
          id: 'landcover-name',
          type: 'symbol',
          ...from,
          minzoom: 15,
          filter: ['all', ['has', 'name'], ['!=', ['get', 'kind'], 'square']],
          layout: {
            'text-field': ['get', 'name'],
            'text-font': FONT_STACK,
            'text-size': 12,
            'text-max-width': 6,
            'text-padding': 12,
          },
          paint: { 'text-color': tokens.muted, 'text-halo-color': tokens.mapLand, 'text-halo-width': 1.4 },
        },
      },
    ]
  },
}
