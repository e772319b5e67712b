import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { FONT_STACK } from '../map/layer-module.ts'
import type { Tokens } from '../ui/tokens.ts'
import type { MeasureState } from './measure-state.ts'

const NAME = 'measure'
const PARTS = ['area', 'casing', 'line', 'points', 'labels'] as const

export interface MeasureOverlay {
  /** `labels` are those of the sides, in order; `cursor` is where the next point would come. */
  show(state: MeasureState, labels: readonly string[], cursor: LngLat | undefined): void
  remove(): void
}

/** The measured line or area on the map, with the length of each side. */
export function addMeasureOverlay(map: MapLibreMap, tokens: Tokens): MeasureOverlay {
  const source = NAME
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const
  map.addSource(NAME, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    id: `${NAME}-area`,
    type: 'fill',
    source,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': tokens.accent, 'fill-opacity': 0.16 },
  })
  map.addLayer({
    id: `${NAME}-casing`,
    type: 'line',
    source,
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: round,
    paint: { 'line-color': tokens.halo, 'line-width': 6, 'line-opacity': 0.85 },
  })
  map.addLayer({
    id: `${NAME}-line`,
    type: 'line',
    source,
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: round,
    paint: {
      'line-color': tokens.accent,
      'line-width': 2.5,
      'line-opacity': ['case', ['get', 'pending'], 0.6, 1],
    },
  })
  map.addLayer({
    id: `${NAME}-points`,
    type: 'circle',
    source,
    filter: ['==', ['get', 'kind'], 'corner'],
    paint: {
      'circle-radius': 4.5,
      'circle-color': tokens.casing,
      'circle-stroke-color': tokens.accent,
      'circle-stroke-width': 2,
    },
  })
  map.addLayer({
    id: `${NAME}-labels`,
    type: 'symbol',
    source,
    filter: ['==', ['get', 'kind'], 'side'],
    layout: {
      'text-field': ['get', 'label'],
      'text-font': FONT_STACK,
      'text-size': 13,
      'text-allow-overlap': false,
      'text-padding': 1,
    },
    paint: { 'text-color': tokens.text, 'text-halo-color': tokens.halo, 'text-halo-width': 2 },
  })
  return {
    show(state, labels, cursor) {
      const data = { type: 'FeatureCollection' as const, features: featuresOf(state, labels, cursor) }
      ;(map.getSource(NAME) as GeoJSONSource | undefined)?.setData(data)
    },
    remove() {
      // The map itself may have gone first.
      if (!map.style) return
      for (const part of PARTS) map.removeLayer(`${NAME}-${part}`)
      map.removeSource(NAME)
    },
  }
}

function featuresOf(
  { measure, points }: MeasureState,
  labels: readonly string[],
  cursor: LngLat | undefined,
): GeoJSON.Feature[] {
  const feature = (
    geometry: GeoJSON.Geometry,
    properties: GeoJSON.GeoJsonProperties = {},
  ): GeoJSON.Feature => ({
    type: 'Feature',
    geometry,
    properties,
  })
  const line = (coordinates: LngLat[], pending: boolean) =>
    feature({ type: 'LineString', coordinates }, { pending })
  const [first, last] = [points[0], points.at(-1)]
  const closed = measure === 'area' && points.length >= 3
  const path = closed ? [...points, first!] : [...points]
  const ring = cursor ? [...points, cursor] : [...points]
  return [
    ...(measure === 'area' && ring.length >= 3
      ? [feature({ type: 'Polygon', coordinates: [[...ring, ring[0]!]] })]
      : []),
    ...(path.length >= 2 ? [line(cursor && closed ? [...points] : path, false)] : []),
    ...(cursor && last ? [line(measure === 'area' ? [last, cursor, first!] : [last, cursor], true)] : []),
    ...points.map((coordinates) => feature({ type: 'Point', coordinates }, { kind: 'corner' })),
    ...path.slice(1).flatMap(([lng, lat], index) => {
      if (cursor && closed && index === path.length - 2) return []
      const [west, south] = path[index]!
      const middle = [(lng + west) / 2, (lat + south) / 2]
      return [feature({ type: 'Point', coordinates: middle }, { kind: 'side', label: labels[index] ?? '' })]
    }),
  ]
}
