import type {
  ExpressionSpecification,
  FilterSpecification,
  LineLayerSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import type { Tokens } from '../../ui/tokens.ts'

export const ARROW = 'field-arrow'
/** Sources whose data are set as they change. */
export const SOURCES = ['around', 'way', 'track', 'accuracy'] as const
export type SourceName = (typeof SOURCES)[number]

const round = { 'line-cap': 'round', 'line-join': 'round' } as const
const grows = (at14: number, at19: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  14,
  at14,
  19,
  at19,
]
const BY_KIND: FilterSpecification = ['match', ['get', 'kind'], ['path', 'steps'], true, false]
const STREETS: FilterSpecification = ['all', ['==', ['get', 'layer'], 'roads'], ['!', BY_KIND]]
const PATHS: FilterSpecification = ['all', ['==', ['get', 'layer'], 'roads'], BY_KIND]
const BUILDINGS: FilterSpecification = ['==', ['get', 'layer'], 'buildings']
const isMain: ExpressionSpecification = ['==', ['get', 'kind'], 'main']
/** `more`: on both sides together, for a casing. */
const streetWidth = (more: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  14,
  ['case', isMain, 4.5 + more, 2.2 + more],
  19,
  ['case', isMain, 34 + 2 * more, 20 + 2 * more],
]

/** Streets and buildings quiet beneath, the way and what was walked of it strong above: it is read in the sun. */
export function mapStyle(tokens: Tokens): StyleSpecification {
  const line = (
    id: string,
    source: SourceName,
    paint: LineLayerSpecification['paint'],
    filter?: FilterSpecification,
  ): LineLayerSpecification => ({
    id,
    type: 'line',
    source,
    layout: round,
    ...(paint ? { paint } : {}),
    ...(filter ? { filter } : {}),
  })
  const name = (id: string, filter: FilterSpecification, halo: string, isAlong: boolean) => ({
    id,
    type: 'symbol' as const,
    source: 'around',
    minzoom: isAlong ? 14.5 : 17,
    filter: ['all', ['has', 'name'], filter] as FilterSpecification,
    layout: {
      'symbol-placement': isAlong ? ('line' as const) : ('point' as const),
      'text-field': ['get', 'name'] as ExpressionSpecification,
      // No font is asked for: the phone has its own.
      'text-font': ['sans-serif'],
      'text-size': 13,
      'text-max-width': 7,
      'text-padding': 6,
    },
    paint: { 'text-color': tokens.text, 'text-halo-color': halo, 'text-halo-width': 1.8 },
  })
  return {
    version: 8,
    sources: Object.fromEntries(
      SOURCES.map((source) => [
        source,
        { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } },
      ]),
    ),
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': tokens.mapLand } },
      {
        id: 'building',
        type: 'fill',
        source: 'around',
        filter: BUILDINGS,
        paint: { 'fill-color': tokens.buildingFill },
      },
      line(
        'building-outline',
        'around',
        { 'line-color': tokens.buildingOutline, 'line-width': 1 },
        BUILDINGS,
      ),
      {
        ...line(
          'path',
          'around',
          { 'line-color': tokens.muted, 'line-width': grows(0.8, 2.5), 'line-dasharray': [3, 2] },
          PATHS,
        ),
        layout: { 'line-join': 'round' },
      },
      line(
        'street-casing',
        'around',
        {
          'line-color': ['case', isMain, tokens.roadMainCasing, tokens.roadMinorCasing],
          'line-width': streetWidth(1.5),
        },
        STREETS,
      ),
      line(
        'street',
        'around',
        {
          'line-color': ['case', isMain, tokens.roadMain, tokens.roadMinor],
          'line-width': streetWidth(0),
        },
        STREETS,
      ),
      line('way-casing', 'way', { 'line-color': tokens.halo, 'line-width': grows(7, 13) }),
      line('way', 'way', { 'line-color': tokens.accent, 'line-width': grows(4.5, 9) }),
      {
        id: 'way-arrows',
        type: 'symbol',
        source: 'way',
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 90,
          'icon-image': ARROW,
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
        },
      },
      // Dots, so that it is told from the way without its colour.
      line('track-casing', 'track', {
        'line-color': tokens.halo,
        'line-width': grows(5, 8),
        'line-dasharray': [0, 1.6],
      }),
      line('track', 'track', {
        'line-color': tokens.done,
        'line-width': grows(3.4, 5.6),
        'line-dasharray': [0, 2.32],
      }),
      name('building-name', BUILDINGS, tokens.buildingFill, false),
      name('street-name', STREETS, tokens.mapLand, true),
      {
        id: 'accuracy',
        type: 'fill',
        source: 'accuracy',
        paint: { 'fill-color': tokens.accent, 'fill-opacity': 0.16 },
      },
      line('accuracy-edge', 'accuracy', {
        'line-color': tokens.accent,
        'line-width': 1.5,
        'line-opacity': 0.7,
      }),
    ],
  }
}
