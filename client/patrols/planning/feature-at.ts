import type { MapGeoJSONFeature, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { LEG_LAYER, PASS_LAYER, RING_LAYER, STOP_LAYER } from './plan-layers.ts'

export interface Pixel {
  x: number
  y: number
}

export type FeatureAt =
  | { kind: 'stop'; roundId: string; stopId: string; at: LngLat }
  | { kind: 'site'; checkpointId: number; at: LngLat }
  | { kind: 'leg'; roundId: string; leg: number }

const LEG_LAYERS = [LEG_LAYER, `${LEG_LAYER}-free`, `${LEG_LAYER}-noway`]

/**
 * What of the plan lies at a place of the map: a stop before a site before a way; of several the nearest. `activeRound`:
 * ways of other rounds are no answer. A finger is met from further away.
 */
export function featureAt(
  map: MapLibreMap,
  point: Pixel,
  activeRound: string | undefined,
): FeatureAt | undefined {
  const coarse = matchMedia('(pointer: coarse)').matches
  const find = (layers: string[], pixels: number) =>
    map.queryRenderedFeatures(
      [
        [point.x - pixels, point.y - pixels],
        [point.x + pixels, point.y + pixels],
      ],
      { layers: layers.filter((layer) => map.getLayer(layer)) },
    )
  const reach = coarse ? 16 : 8
  const stop = nearest(
    map,
    point,
    find([STOP_LAYER, PASS_LAYER], reach).filter(({ properties }) => properties.stop),
  )
  if (stop)
    return {
      kind: 'stop',
      roundId: String(stop.properties.round),
      stopId: String(stop.properties.stop),
      at: placeOf(stop),
    }
  const site = nearest(map, point, find([RING_LAYER], reach))
  if (site) return { kind: 'site', checkpointId: Number(site.properties.checkpoint), at: placeOf(site) }
  const leg = find(LEG_LAYERS, coarse ? 10 : 5).find(
    ({ properties }) => activeRound === undefined || properties.round === activeRound,
  )
  return leg && { kind: 'leg', roundId: String(leg.properties.round), leg: Number(leg.properties.leg) }
}

const placeOf = (feature: MapGeoJSONFeature) => (feature.geometry as GeoJSON.Point).coordinates as LngLat

function nearest(map: MapLibreMap, { x, y }: Pixel, features: MapGeoJSONFeature[]) {
  let best: { feature: MapGeoJSONFeature; pixels: number } | undefined
  for (const feature of features) {
    const place = map.project(placeOf(feature))
    const pixels = Math.hypot(place.x - x, place.y - y)
    if (!best || pixels < best.pixels) best = { feature, pixels }
  }
  return best?.feature
}
