import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Tokens } from '../ui/tokens.ts'
import { FONT_STACK } from './layer-module.ts'

const grows = (at6: number, at18: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  6,
  at6,
  18,
  at18,
]

/** Layers for an archive in the Protomaps schema, in our own colours: ground, water, roads, buildings, places. */
export function protomapsLayers(source: string, prefix: string, tokens: Tokens): LayerSpecification[] {
  const layer = (id: string, sourceLayer: string) => ({
    id: prefix + id,
    source,
    'source-layer': sourceLayer,
  })
  const kinds = (...values: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', values]]
  return [
    { ...layer('earth', 'earth'), type: 'fill', paint: { 'fill-color': tokens.mapLand } },
    {
      ...layer('green', 'landuse'),
      type: 'fill',
      filter: kinds('park', 'wood', 'forest', 'grass', 'nature_reserve', 'garden', 'meadow', 'cemetery'),
      paint: { 'fill-color': tokens.mapGreen },
    },
    {
      ...layer('industrial', 'landuse'),
      type: 'fill',
      filter: kinds('industrial', 'railway', 'aerodrome'),
      paint: { 'fill-color': tokens.mapIndustrial },
    },
    {
      ...layer('campus', 'landuse'),
      type: 'fill',
      filter: kinds('school', 'university', 'college', 'hospital'),
      paint: { 'fill-color': tokens.mapCampus },
    },
    {
      ...layer('water', 'water'),
      type: 'fill',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': tokens.mapWater },
    },
    {
      ...layer('river', 'water'),
      type: 'line',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': tokens.mapWater, 'line-width': grows(0.4, 8) },
    },
    {
      ...layer('road-minor', 'roads'),
      type: 'line',
      minzoom: 12,
      filter: kinds('minor_road', 'other'),
      paint: { 'line-color': tokens.roadMinor, 'line-width': grows(0.2, 10) },
    },
    {
      ...layer('road-main', 'roads'),
      type: 'line',
      filter: kinds('major_road', 'highway'),
      paint: { 'line-color': tokens.roadMain, 'line-width': grows(0.6, 18) },
    },
    {
      ...layer('building', 'buildings'),
      type: 'fill',
      minzoom: 13,
      paint: { 'fill-color': tokens.buildingFill, 'fill-outline-color': tokens.buildingOutline },
    },
    {
      ...layer('place', 'places'),
      type: 'symbol',
      maxzoom: 14,
      layout: {
        'text-field': ['coalesce', ['get', 'name:zh'], ['get', 'name']],
        'text-font': FONT_STACK,
        'text-size': 12,
      },
      paint: { 'text-color': tokens.muted, 'text-halo-color': tokens.mapLand, 'text-halo-width': 1.5 },
    },
  ]
}
