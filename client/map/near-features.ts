import type { MapGeoJSONFeature, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { LayerModule } from './layer-module.ts'

export interface NearFeature {
  layer: LayerId
  id: number
  code: string | undefined
  name: string
  /** Pixels of the map's container. */
  at: Pixel
}
export interface Pixel {
  x: number
  y: number
}

/** Features that answer a click and lie within `reachPixels` of a place, the nearest first; clusters are left out. */
export function nearFeatures(
  map: MapLibreMap,
  modules: readonly LayerModule[],
  centre: Pixel,
  reachPixels: number,
): NearFeature[] {
  const zoom = map.getZoom()
  const layerOf = new Map(
    modules.flatMap(({ layer, clickable = [] }) =>
      clickable
        .filter(({ fromZoom, toZoom = 25 }) => zoom >= fromZoom && zoom < toZoom)
        .map(({ styleLayer }) => [styleLayer, layer] as const),
    ),
  )
  const box: [[number, number], [number, number]] = [
    [centre.x - reachPixels, centre.y - reachPixels],
    [centre.x + reachPixels, centre.y + reachPixels],
  ]
  const found = new Map<string, NearFeature>()
  for (const feature of map.queryRenderedFeatures(box, { layers: [...layerOf.keys()] })) {
    const { properties } = feature
    const layer = layerOf.get(feature.layer.id)
    if (!layer || properties.cluster_id !== undefined) continue
    const id = Number(properties.featureId ?? feature.id)
    const key = `${layer}/${id}`
    if (found.has(key)) continue
    const name = [properties.label, properties.name, properties.title, properties.code].find(
      (text) => typeof text === 'string' && text !== '',
    )
    const code = typeof properties.code === 'string' && properties.code ? properties.code : undefined
    found.set(key, { layer, id, code, name: name ?? `${id}`, at: middleOf(map, feature) })
  }
  const away = ({ at }: NearFeature) => Math.hypot(at.x - centre.x, at.y - centre.y)
  return [...found.values()].sort((a, b) => away(a) - away(b) || a.id - b.id)
}

/** The middle of the box of what is drawn of a feature; a point itself. */
function middleOf(map: MapLibreMap, { geometry }: MapGeoJSONFeature): Pixel {
  const box = { west: 180, south: 90, east: -180, north: -90 }
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (typeof part[0] !== 'number') {
      for (const inner of part) visit(inner)
      return
    }
    const [lng, lat] = part as LngLat
    box.west = Math.min(box.west, lng)
    box.east = Math.max(box.east, lng)
    box.south = Math.min(box.south, lat)
    box.north = Math.max(box.north, lat)
  }
  if ('coordinates' in geometry) visit(geometry.coordinates)
  return map.project([(box.west + box.east) / 2, (box.south + box.north) / 2])
}
