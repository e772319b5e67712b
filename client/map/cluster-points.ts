import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type LayerModule, loaderLayer, pointSource, tileSource } from './layer-module.ts'

const SETTLE_MS = 120
const MINUTE_MS = 60_000

/**
 * Keeps the cluster source of each point layer filled with the points of the loaded tiles. The server sends plain
 * points; clusters are made in the view by MapLibre's worker. Reading tiles instead of listing through the API keeps
 * the work proportional to what is in view: a town of 20,000 points is read once when seen whole (about 0.1 s) and a
 * few hundred at a time when close; edits arrive by the tiles' own refresh. Returns a function that stops it.
 */
export function clusterPoints(
  map: MapLibreMap,
  modules: LayerModule[],
  now: () => Date,
  onPoints: (layer: LayerId, points: GeoJSON.Feature<GeoJSON.Point>[]) => void,
): () => void {
  const clustered = modules.filter((module) => module.cluster)
  const bySource = new Map(clustered.map((module) => [tileSource(module.layer), module]))
  const pending = new Map<LayerModule, ReturnType<typeof setTimeout>>()
  const shown = new Map<LayerModule, string>()

  function fill(module: LayerModule) {
    pending.delete(module)
    const source = map.getSource(pointSource(module.layer)) as GeoJSONSource | undefined
    if (!source || map.getLayoutProperty(loaderLayer(module.layer), 'visibility') === 'none') return
    const time = now()
    const points = new Map<string, GeoJSON.Feature<GeoJSON.Point>>()
    for (const feature of map.querySourceFeatures(tileSource(module.layer), { sourceLayer: module.layer })) {
      const key = String(feature.id)
      if (points.has(key) || feature.geometry.type !== 'Point') continue
      const properties = module.cluster!.properties(feature.properties, time)
      if (!properties) continue
      points.set(key, {
        type: 'Feature',
        geometry: feature.geometry,
        properties: { ...properties, featureId: feature.id },
      })
    }
    const features = [...points.entries()].sort(([a], [b]) => Number(a) - Number(b)).map(([, point]) => point)
    const fingerprint = features
      .map(
        ({ properties, geometry }) => `${properties!.featureId}${properties!.icon}${geometry.coordinates[0]}`,
      )
      .join()
    if (shown.get(module) === fingerprint) return
    shown.set(module, fingerprint)
    source.setData({ type: 'FeatureCollection', features })
    onPoints(module.layer, features)
  }
  function soon(module: LayerModule) {
    if (!pending.has(module))
      pending.set(
        module,
        setTimeout(() => fill(module), SETTLE_MS),
      )
  }
  const onData = (event: { sourceId?: string }) => {
    const module = bySource.get(event.sourceId ?? '')
    if (module) soon(module)
  }
  const onMove = () => clustered.forEach(soon)
  // A deadline passes without an event.
  const clock = setInterval(onMove, MINUTE_MS)
  map.on('sourcedata', onData)
  map.on('moveend', onMove)
  return () => {
    clearInterval(clock)
    map.off('sourcedata', onData)
    map.off('moveend', onMove)
    for (const timer of pending.values()) clearTimeout(timer)
  }
}
