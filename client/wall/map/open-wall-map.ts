import 'maplibre-gl/dist/maplibre-gl.css'
import { type GeoJSONSource, Map as MapLibreMap, setWorkerUrl, type VectorTileSource } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Bbox, LngLat } from '../../../geodata/shared/geojson.ts'
import { putImage } from '../../map/draw-image.ts'
import { TOKENS } from '../../ui/tokens.ts'
import { CHOSEN, HAZARDS, PEOPLE, type WallLook, wallImages, wallStyle } from './wall-style.ts'

setWorkerUrl(workerUrl)

/** A hazard as the map shows it. `rank`: 1 in time, 2 due soon, 3 overdue. */
export interface WallPoint {
  id: number
  lngLat: LngLat
  rank: 1 | 2 | 3
}

export interface WallMap {
  show(box: Bbox, chosen: LngLat | undefined): void
  setPoints(points: readonly WallPoint[]): void
  setPeople(places: readonly LngLat[]): void
  /** Asks for the ground again: it changed, or could not be had. */
  refresh(): void
  remove(): void
}

export interface WallMapOptions {
  container: HTMLElement
  box: Bbox
  look: WallLook
  label: string
  /** The drawing surface is gone, which no map outlives: make another. */
  onLost(): void
}

const MOST_ZOOM = 17.2
/** Of the map's smaller side. */
const AIR = 0.05

/** A map that nobody moves by hand. Throws where the browser has no WebGL 2 (now). `ready`: data can be handed in. */
export function openWallMap(options: WallMapOptions): { map: WallMap; ready: Promise<void> } {
  const { container, box, look, label, onLost } = options
  const air = () => Math.min(container.clientWidth, container.clientHeight) * AIR
  const map = new MapLibreMap({
    container,
    style: wallStyle(look),
    bounds: box,
    fitBoundsOptions: { padding: air(), maxZoom: MOST_ZOOM },
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    maxTileCacheZoomLevels: 2,
    transformRequest: (url) => ({ url: url.startsWith('/') ? location.origin + url : url }),
  })
  map.getCanvas().setAttribute('aria-label', label)
  const images = wallImages(TOKENS[look.scheme], look.typePixels)
  map.on('webglcontextlost', onLost)
  // What cannot be loaded while the server is away is asked for again when it is back.
  map.on('error', () => {})
  const say = (settled: boolean) => container.toggleAttribute('data-settled', settled)
  map.on('idle', () => say(true))
  map.on('movestart', () => say(false))
  map.on('dataloading', () => say(false))
  const ready = new Promise<void>((resolve) => {
    map.once('style.load', () => {
      for (const [name, image] of Object.entries(images)) putImage(map, name, image)
      resolve()
    })
  })
  /** Without its drawing surface the map has no style, and nothing to fill. */
  const sourceOf = <S>(name: string) => (map.style ? map.getSource(name) : undefined) as S | undefined
  const fill = (source: string, features: GeoJSON.Feature[]) =>
    void sourceOf<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features })
  let shown = box
  const frame = () => {
    if (map.style) map.fitBounds(shown, { padding: air(), maxZoom: MOST_ZOOM, animate: false })
  }
  map.on('resize', frame)
  return {
    ready,
    map: {
      show(next, chosen) {
        fill(CHOSEN, chosen ? [point(chosen, {})] : [])
        shown = next
        frame()
      },
      setPoints: (points) =>
        fill(
          HAZARDS,
          points.map(({ id, lngLat, rank }) => ({ ...point(lngLat, { rank }), id })),
        ),
      setPeople: (places) =>
        fill(
          PEOPLE,
          places.map((place) => point(place, {})),
        ),
      refresh() {
        if (!map.style) return
        for (const name of Object.keys(map.getStyle().sources)) {
          const source = sourceOf<VectorTileSource>(name)
          if (source?.type === 'vector' && source.url) source.setUrl(source.url)
        }
      },
      remove: () => map.remove(),
    },
  }
}

const point = (coordinates: LngLat, properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
})
