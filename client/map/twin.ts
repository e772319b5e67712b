import { type GeoJSONSource, Map as MapLibreMap, type StyleSpecification } from 'maplibre-gl'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { readCamera } from './camera.ts'
import { clusterPoints } from './cluster-points.ts'
import { putImage } from './draw-image.ts'
import { drawFeatures, labelSource } from './feature-style.ts'
import { type LayerModule, tileSource } from './layer-module.ts'
import { restyle } from './restyle.ts'
import { toLabelPoints, toTileFeatures } from './to-tile-features.ts'

export interface TwinLook {
  scheme: Scheme
  visible: ReadonlySet<LayerId>
}

export interface TwinRequest extends TwinLook {
  /** Filled by the twin; the caller places and clips it. */
  container: HTMLElement
  /** Layers that show the features handed to setFeatures instead of tiles. */
  fed: ReadonlySet<LayerId>
  /** The moment by which points are drawn: a deadline may not have passed yet. */
  now(): Date
  signal: AbortSignal
}

/** A second map with the looks of the first, which nobody can move by hand. */
export interface Twin {
  map: MapLibreMap
  look(look: TwinLook): void
  setFeatures(layer: LayerId, features: readonly StoredFeature[]): void
  /** Gives back its WebGL context. */
  remove(): void
}

export interface TwinSource {
  live: MapLibreMap
  modules: LayerModule[]
  styleFor(look: TwinLook): StyleSpecification
}

/** Resolves once features can be handed in. Rejects with the signal's reason, and leaves no map behind. */
export async function openTwin({ live, modules, styleFor }: TwinSource, request: TwinRequest): Promise<Twin> {
  const { container, fed, now, signal } = request
  signal.throwIfAborted()
  const camera = readCamera(live)
  const styled = (look: TwinLook) => drawFeatures(styleFor(look), fed)
  let applied = styled(request)
  const map = new MapLibreMap({
    container,
    style: applied,
    center: [camera.lng, camera.lat],
    zoom: camera.zoom,
    bearing: camera.bearing,
    pitch: camera.pitch,
    maxZoom: 24,
    maxPitch: 85,
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    transformRequest: (url) => ({ url: url.startsWith('/') ? location.origin + url : url }),
  })
  map.getCanvas().setAttribute('aria-hidden', 'true')
  map.getCanvas().removeAttribute('aria-label')
  map.getCanvas().removeAttribute('role')
  const symbolsOf = (scheme: Scheme) => {
    for (const module of modules)
      for (const [name, image] of Object.entries(module.symbols?.(TOKENS[scheme]) ?? {}))
        putImage(map, name, image)
  }
  try {
    await Promise.race([new Promise((resolve) => map.once('style.load', resolve)), aborted(signal)])
  } catch (error) {
    map.remove()
    throw error
  }
  symbolsOf(request.scheme)
  const stopClusters = clusterPoints(map, modules, now, () => {})
  const say = (settled: boolean) => container.toggleAttribute('data-settled', settled)
  map.on('idle', () => say(true))
  map.on('movestart', () => say(false))
  map.on('dataloading', () => say(false))
  const fill = (source: string, data: GeoJSON.FeatureCollection) =>
    (map.getSource(source) as GeoJSONSource | undefined)?.setData(data)
  return {
    map,
    look(look) {
      symbolsOf(look.scheme)
      const next = styled(look)
      restyle(map, applied, next)
      applied = next
    },
    setFeatures(layer, features) {
      fill(tileSource(layer), toTileFeatures(layer, features))
      fill(labelSource(layer), toLabelPoints(layer, features))
    },
    remove() {
      stopClusters()
      map.remove()
    },
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
