import { TripsLayer } from '@deck.gl/geo-layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Tokens } from '../ui/tokens.ts'
import { FONT_STACK } from './layer-module.ts'

/** A way with the second at which each of its positions was passed. */
export interface Trip {
  path: [lng: number, lat: number, second: number][]
  /** As #rrggbb. */
  colour: string
}

/** Where somebody is now. */
export interface TripHead {
  at: LngLat
  label: string
  colour: string
}

export interface TripsOverlay {
  show(trips: readonly Trip[]): void
  showAt(second: number, heads: readonly TripHead[]): void
  restyle(tokens: Tokens): void
  remove(): void
}

const WAYS = 'trips-ways'
const HEADS = 'trips-heads'
/** What was walked so long ago has faded. */
const TRAIL_SECONDS = 1200

/** Ways that were walked, faint, and over them what was walked up to a moment. Loaded only when asked for: deck.gl is its own chunk. */
export function addTripsOverlay(map: MapLibreMap, tokens: Tokens): TripsOverlay {
  const empty = { type: 'FeatureCollection' as const, features: [] }
  for (const source of [WAYS, HEADS]) map.addSource(source, { type: 'geojson', data: empty, tolerance: 0.2 })
  for (const layer of layersOf(tokens)) map.addLayer(layer)
  const overlay = new MapLibreOverlay({ interleaved: true, layers: [] })
  map.addControl(overlay)
  let trips: readonly Trip[] = []
  const show = (source: string, features: GeoJSON.Feature[]): void => {
    map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features })
  }
  return {
    show(next) {
      trips = next
      show(
        WAYS,
        next.map(({ path, colour }) => ({
          type: 'Feature',
          geometry: { type: 'LineString', coordinates: path.map(([lng, lat]) => [lng, lat]) },
          properties: { colour },
        })),
      )
    },
    showAt(second, heads) {
      overlay.setProps({
        layers: [
          new TripsLayer<Trip>({
            id: 'trips',
            data: trips,
            getPath: ({ path }) => path.map(([lng, lat]): [number, number] => [lng, lat]),
            getTimestamps: ({ path }) => path.map(([, , at]) => at),
            getColor: ({ colour }) => rgbOf(colour),
            currentTime: second,
            trailLength: TRAIL_SECONDS,
            fadeTrail: true,
            widthUnits: 'pixels',
            getWidth: 5,
            capRounded: true,
            jointRounded: true,
            beforeId: HEADS,
          } as ConstructorParameters<typeof TripsLayer<Trip>>[0]),
        ],
      })
      show(
        HEADS,
        heads.map(({ at, label, colour }) => ({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: at },
          properties: { label, colour },
        })),
      )
    },
    restyle(next) {
      for (const layer of layersOf(next))
        for (const [name, value] of Object.entries(layer.paint ?? {}))
          map.setPaintProperty(layer.id, name as never, value as never)
    },
    remove() {
      // The map itself may be gone by now.
      if (!map.style) return
      map.removeControl(overlay)
      for (const { id } of layersOf(tokens)) map.removeLayer(id)
      for (const source of [WAYS, HEADS]) map.removeSource(source)
    },
  }
}

const layersOf = (tokens: Tokens): LayerSpecification[] => [
  {
    id: WAYS,
    type: 'line',
    source: WAYS,
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': ['get', 'colour'], 'line-width': 2, 'line-opacity': 0.45 },
  },
  {
    id: HEADS,
    type: 'circle',
    source: HEADS,
    paint: {
      'circle-radius': 10,
      'circle-color': tokens.panel,
      'circle-stroke-color': ['get', 'colour'],
      'circle-stroke-width': 3,
    },
  },
  {
    id: `${HEADS}-labels`,
    type: 'symbol',
    source: HEADS,
    layout: {
      'text-field': ['get', 'label'],
      'text-font': FONT_STACK,
      'text-size': 12,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': tokens.text },
  },
]

const rgbOf = (colour: string): [number, number, number] => {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return [red!, green!, blue!]
}
