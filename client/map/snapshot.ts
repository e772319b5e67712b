import { type GeoJSONSource, Map as MapLibreMap, type StyleSpecification } from 'maplibre-gl'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import type { Camera } from './camera.ts'
import { clusterPoints } from './cluster-points.ts'
import type { DensityPoint } from './density-overlay.ts'
import { putImage } from './draw-image.ts'
import type { LayerModule } from './layer-module.ts'
import { SELECTION_SOURCE } from './selection-style.ts'

/** A picture of the map as it is shown, at a size and from a camera of its own. */
export interface SnapshotRequest {
  /** CSS pixels: symbols and type are as large in them as on the screen. */
  width: number
  height: number
  /** Picture pixels per CSS pixel. */
  pixelRatio: number
  camera: Camera
  scheme: Scheme
  signal?: AbortSignal
}

export interface Snapshot {
  canvas: HTMLCanvasElement
  /** What was asked for, or less where the graphics hardware allows no picture of that size. */
  pixelRatio: number
}

export interface SnapshotSource {
  live: MapLibreMap
  modules: LayerModule[]
  style: StyleSpecification
  selection: StoredFeature | null
  density: LayerId | undefined
}

const LOADING_RATIO = 0.25
const SETTLE_MS = 350
const PATIENCE_MS = 120_000

/**
 * Draws the map once more, out of sight, and copies it while a frame is on the canvas: the live map would have to keep
 * its drawing buffer for the whole session. Tiles load at a coarse resolution, because every tile that arrives draws a
 * frame; only the last frame has the size asked for. Rejects with an AbortError when `signal` says so, with a
 * TimeoutError when the map does not come to rest.
 */
export async function takeSnapshot(source: SnapshotSource, request: SnapshotRequest): Promise<Snapshot> {
  const { width, height, camera, scheme, signal } = request
  signal?.throwIfAborted()
  const { live, modules, density } = source
  const container = document.createElement('div')
  container.setAttribute('aria-hidden', 'true')
  container.style.cssText = `position:fixed;left:-20000px;top:0;width:${width}px;height:${height}px;visibility:hidden`
  document.body.append(container)
  const map = new MapLibreMap({
    container,
    style: withForeignLayers(source.style, live.getStyle()),
    center: [camera.lng, camera.lat],
    zoom: camera.zoom,
    bearing: camera.bearing,
    pitch: camera.pitch,
    maxZoom: 24,
    maxPitch: 85,
    interactive: false,
    attributionControl: false,
    trackResize: false,
    fadeDuration: 0,
    pixelRatio: LOADING_RATIO,
    maxCanvasSize: [16_384, 16_384],
    transformRequest: (url) => ({ url: url.startsWith('/') ? location.origin + url : url }),
  })
  const late = AbortSignal.timeout(PATIENCE_MS)
  const ended = signal ? AbortSignal.any([signal, late]) : late
  let stopClusters = () => {}
  try {
    await once(map, 'style.load', ended)
    for (const module of modules)
      for (const [name, image] of Object.entries(module.symbols?.(TOKENS[scheme]) ?? {}))
        putImage(map, name, image)
    copyImages(live, map)
    const { selection } = source
    if (selection?.geometry)
      (map.getSource(SELECTION_SOURCE) as GeoJSONSource | undefined)?.setData({
        type: 'FeatureCollection',
        features: [{ ...selection, geometry: selection.geometry }],
      })
    const showDensity = density ? await densityOn(map, scheme) : undefined
    stopClusters = clusterPoints(
      map,
      modules,
      () => new Date(),
      (layer, points) => layer === density && showDensity?.(points),
    )
    await rest(map, ended)
    const pixelRatio = largestRatio(live, request)
    map.setPixelRatio(pixelRatio)
    await rest(map, ended)
    return { canvas: await copyFrame(map, ended), pixelRatio }
  } finally {
    stopClusters()
    map.remove()
    container.remove()
  }
}

/** What tools have drawn on the live map, over the composed style: a measured line, a drawn area. */
function withForeignLayers(style: StyleSpecification, live: StyleSpecification): StyleSpecification {
  const known = new Set(style.layers.map((layer) => layer.id))
  const foreign = live.layers.filter(
    (layer) => !known.has(layer.id) && (layer.type as string) !== 'custom' && 'source' in layer,
  )
  const wanted = new Set(foreign.map((layer) => ('source' in layer ? layer.source : '')))
  const sources = Object.entries(live.sources).filter(
    ([name, { type }]) =>
      wanted.has(name) && !(name in style.sources) && (type === 'geojson' || type === 'vector'),
  )
  const drawn = new Set([...Object.keys(style.sources), ...sources.map(([name]) => name)])
  return {
    ...style,
    sources: { ...style.sources, ...Object.fromEntries(sources) },
    layers: [
      ...style.layers,
      ...foreign.filter((layer) => 'source' in layer && drawn.has(String(layer.source))),
    ],
  }
}

function copyImages(from: MapLibreMap, to: MapLibreMap): void {
  for (const name of from.listImages()) {
    const image = from.getImage(name)
    if (!image?.data || to.hasImage(name)) continue
    to.addImage(name, image.data, { pixelRatio: image.pixelRatio, sdf: image.sdf })
  }
}

async function densityOn(map: MapLibreMap, scheme: Scheme) {
  const { addDensityOverlay } = await import('./density-overlay.ts')
  const before = map.getStyle().layers.find(({ id, type }) => type === 'symbol' && !id.startsWith('basemap-'))
  const overlay = addDensityOverlay(map, before!.id)
  return (features: GeoJSON.Feature<GeoJSON.Point>[]) => {
    const points = features
      .filter((feature) => feature.properties!.rank > 0)
      .map(
        (feature): DensityPoint => ({
          lngLat: feature.geometry.coordinates as [number, number],
          weight: feature.properties!.rank,
        }),
      )
    overlay.update(points, TOKENS[scheme])
  }
}

/** The ratio asked for, or the largest at which neither edge is longer than the hardware draws. */
function largestRatio(live: MapLibreMap, { width, height, pixelRatio }: SnapshotRequest): number {
  const gl = live.getCanvas().getContext('webgl2')
  const edge = gl
    ? Math.min(gl.getParameter(gl.MAX_RENDERBUFFER_SIZE), gl.getParameter(gl.MAX_TEXTURE_SIZE))
    : 4096
  return Math.min(pixelRatio, edge / Math.max(width, height))
}

/** Idle, and still so after the clusters, which are made of the loaded tiles, have been filled. */
async function rest(map: MapLibreMap, ended: AbortSignal): Promise<void> {
  for (let calm = 0; calm < 2; calm++) {
    map.triggerRepaint()
    await once(map, 'idle', ended)
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    ended.throwIfAborted()
  }
}

async function copyFrame(map: MapLibreMap, ended: AbortSignal): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas')
  const copied = new Promise<void>((resolve) => {
    map.once('render', () => {
      const drawn = map.getCanvas()
      canvas.width = drawn.width
      canvas.height = drawn.height
      canvas.getContext('2d')!.drawImage(drawn, 0, 0)
      resolve()
    })
  })
  map.triggerRepaint()
  await Promise.race([copied, aborted(ended)])
  return canvas
}

const once = (map: MapLibreMap, event: 'style.load' | 'idle', ended: AbortSignal) =>
  Promise.race([new Promise<void>((resolve) => map.once(event, () => resolve())), aborted(ended)])

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
