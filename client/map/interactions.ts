import type { GeoJSONSource, MapGeoJSONFeature, Map as MapLibreMap, Point } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { LayerModule } from './layer-module.ts'

export interface Picked {
  layer: LayerId
  id: number
  /** Cells carry their code in the tile. */
  code: string | undefined
}

export interface InteractionHandlers {
  onPick(picked: Picked | null): void
  /** A double click: go one level deeper at this place. */
  onDrill(at: LngLat): void
}

const REACH_PIXELS = 6

/** Clicks, double clicks and hover, unless a tool takes them. Modules come in drawing order; the last one is on top and is picked first. */
export function listen(
  map: MapLibreMap,
  modules: LayerModule[],
  handlers: InteractionHandlers,
): { stop(): void; takeClicks(): () => void; isTaken(): boolean } {
  let takers = 0
  const targets = modules
    .flatMap((module) => (module.clickable ?? []).map((target) => ({ ...target, layer: module.layer })))
    .reverse()
  let hovered: { source: string; sourceLayer: string; id: number } | undefined

  function pick(point: Point) {
    const zoom = map.getZoom()
    const active = targets.filter(({ fromZoom, toZoom = 25 }) => zoom >= fromZoom && zoom < toZoom)
    const found = map.queryRenderedFeatures(
      [
        [point.x - REACH_PIXELS, point.y - REACH_PIXELS],
        [point.x + REACH_PIXELS, point.y + REACH_PIXELS],
      ],
      { layers: active.map((target) => target.styleLayer) },
    )
    const exact = new Set(
      map.queryRenderedFeatures(point, { layers: active.map((target) => target.styleLayer) }).map(key),
    )
    for (const target of active) {
      const hit = found.find(
        (feature) =>
          feature.layer.id === target.styleLayer &&
          (feature.geometry.type === 'Point' || exact.has(key(feature))),
      )
      if (hit) return { hit, layer: target.layer }
    }
    return undefined
  }

  async function openCluster(feature: MapGeoJSONFeature) {
    const source = map.getSource(feature.source) as GeoJSONSource
    const zoom = await source.getClusterExpansionZoom(feature.properties.cluster_id)
    const [lng, lat] = (feature.geometry as GeoJSON.Point).coordinates as LngLat
    map.easeTo({ center: [lng, lat], zoom: Math.min(zoom + 0.3, 19), duration: 200 })
  }

  function onClick({ point }: { point: Point }) {
    if (takers > 0) return
    const picked = pick(point)
    if (!picked) return handlers.onPick(null)
    const { hit, layer } = picked
    if (hit.properties.cluster_id !== undefined) return void openCluster(hit)
    handlers.onPick({
      layer,
      id: Number(hit.properties.featureId ?? hit.id),
      code: typeof hit.properties.code === 'string' && hit.properties.code ? hit.properties.code : undefined,
    })
  }
  function onHover({ point }: { point: Point }) {
    if (takers > 0 || map.isMoving()) return
    const picked = pick(point)
    map.getCanvas().style.cursor = picked ? 'pointer' : ''
    const area = picked?.hit.layer.id.endsWith('-area') ? picked.hit : undefined
    if (hovered?.id === area?.id && hovered?.source === area?.source) return
    onLeave()
    if (!area) return
    hovered = { source: area.source, sourceLayer: area.sourceLayer!, id: Number(area.id) }
    map.setFeatureState(hovered, { hover: true })
  }
  function onLeave() {
    if (hovered) map.setFeatureState(hovered, { hover: false })
    hovered = undefined
  }
  function onDouble(event: { lngLat: { lng: number; lat: number }; preventDefault(): void }) {
    event.preventDefault()
    if (takers > 0) return
    handlers.onDrill([event.lngLat.lng, event.lngLat.lat])
  }
  map.on('click', onClick)
  map.on('dblclick', onDouble)
  map.on('mousemove', onHover)
  map.on('mouseout', onLeave)
  return {
    takeClicks() {
      takers++
      onLeave()
      map.getCanvas().style.cursor = ''
      let held = true
      return () => {
        if (held) takers--
        held = false
      }
    },
    isTaken: () => takers > 0,
    stop() {
      map.off('click', onClick)
      map.off('dblclick', onDouble)
      map.off('mousemove', onHover)
      map.off('mouseout', onLeave)
    },
  }
}

const key = (feature: MapGeoJSONFeature) =>
  `${feature.layer.id} ${feature.properties.cluster_id ?? feature.properties.featureId ?? feature.id}`
