import 'maplibre-gl/dist/maplibre-gl.css'
import { type GeoJSONSource, Map as MapLibreMap, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { useTextScale } from '../ui/use-text-scale.ts'
import { type Basemap, type BasemapSetting, loadBasemap } from './basemap.ts'
import { type Camera, type Insets, parseCamera, readCamera, roomFor } from './camera.ts'
import { clusterPoints } from './cluster-points.ts'
import { composeStyle } from './compose-style.ts'
import type { DensityPoint } from './density-overlay.ts'
import { putImage } from './draw-image.ts'
import { fontFaces } from './fonts.ts'
import { type InteractionHandlers, listen } from './interactions.ts'
import type { LayerModule } from './layer-module.ts'
import { type MapHandle, makeHandle } from './map-handle.ts'
import { restyle } from './restyle.ts'
import { SELECTION_SOURCE } from './selection-style.ts'
import type { SnapshotRequest } from './snapshot.ts'
import type { TwinRequest } from './twin.ts'
import { useAreas } from './use-areas.ts'
import { useDensity } from './use-density.ts'
import { useHighlights } from './use-highlights.ts'
import { useTileAddresses } from './use-tile-addresses.ts'

const NO_AREAS: readonly LngLat[][] = []
const KeyPointer = lazy(() => import('./key-pointer.tsx'))

setWorkerUrl(workerUrl)

export interface MapViewProps extends InteractionHandlers {
  modules: LayerModule[]
  scheme: Scheme
  visible: ReadonlySet<LayerId>
  /** Layer of points whose density is drawn; undefined: none. */
  density: LayerId | undefined
  selection: StoredFeature | null
  /** Where to open, as in the URL; without it the map opens on `box`. */
  camera: string | undefined
  box: Bbox
  insets: Insets
  basemap: BasemapSetting | null
  tileJson: (layer: LayerId) => string
  /** Open rings that layers are narrowed to. */
  areas?: readonly LngLat[][]
  label: string
  onReady(handle: MapHandle): void
  onCamera(camera: Camera): void
}

/** Reads the basemap, if the server names one, before the map is made: its layers lie beneath all others. */
export default function MapView({ basemap: setting, ...props }: MapViewProps) {
  const [basemap, setBasemap] = useState<Basemap | null | undefined>(setting ? undefined : null)
  useEffect(() => {
    if (!setting) return
    loadBasemap(setting).then(setBasemap, (error: unknown) => {
      console.warn('Gridward opens without its basemap.', error)
      setBasemap(null)
    })
  }, [setting])
  return basemap === undefined ? null : <MapCanvas {...props} basemap={basemap} />
}

/** Owns the MapLibre map: makes it once, then moves it along with the props. */
function MapCanvas(props: Omit<MapViewProps, 'basemap'> & { basemap: Basemap | null }) {
  const container = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [map, setMap] = useState<MapLibreMap | null>(null)
  const [points, setPoints] = useState<DensityPoint[]>([])
  const [pointing, setPointing] = useState(false)
  const isTaken = useRef<() => boolean>(() => false)
  const { modules, scheme, visible, density, selection, tileJson, basemap } = props

  const textScale = useTextScale()

  const styleFor = (input: Pick<MapViewProps, 'scheme' | 'visible' | 'density'> & { textScale?: number }) =>
    composeStyle({
      modules,
      scheme: input.scheme,
      basemap,
      visible: input.visible,
      loading: new Set(input.density ? [input.density] : []),
      tileJson: (layer) => new URL(tileJson(layer), location.href).href,
      fontFaces: fontFaces(),
      ...(input.textScale ? { textScale: input.textScale } : {}),
    })
  const applied = useRef<ReturnType<typeof styleFor> | null>(null)
  const styling = useRef(styleFor)
  styling.current = styleFor
  const scale = useRef(textScale)
  scale.current = textScale

  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once; later effects follow the props
  useEffect(() => {
    const start = latest.current
    const camera = parseCamera(start.camera)
    const style = styleFor({ ...start, textScale })
    const made = new MapLibreMap({
      container: container.current!,
      style,
      ...(camera
        ? {
            center: [camera.lng, camera.lat],
            zoom: camera.zoom,
            bearing: camera.bearing,
            pitch: camera.pitch,
          }
        : { bounds: start.box, fitBoundsOptions: { padding: roomFor(undefined, start.insets) } }),
      maxZoom: 21,
      maxPitch: 70,
      // The browser's cache has the rest; a day's wandering about must not fill the memory.
      maxTileCacheZoomLevels: 2,
      attributionControl: false,
      doubleClickZoom: false,
      fadeDuration: 150,
      // Workers cannot resolve a path; other schemes (pmtiles:) must stay as they are.
      transformRequest: (url) => ({ url: url.startsWith('/') ? location.origin + url : url }),
    })
    applied.current = style
    made.addControl(new ScaleControl({ maxWidth: 110 * textScale }), 'bottom-left')
    made.getCanvas().setAttribute('aria-label', start.label)
    for (const module of modules)
      for (const [name, image] of Object.entries(module.symbols?.(TOKENS[start.scheme]) ?? {}))
        putImage(made, name, image)
    const stopClusters = clusterPoints(
      made,
      modules,
      () => new Date(),
      (layer, features) => {
        if (layer !== 'hazards') return
        setPoints(
          features
            .filter((feature) => feature.properties!.rank > 0)
            .map((feature) => ({
              lngLat: feature.geometry.coordinates as [number, number],
              weight: feature.properties!.rank,
            })),
        )
      },
    )
    const clicks = listen(made, modules, {
      onPick: (picked) => latest.current.onPick(picked),
      onDrill: (at) => latest.current.onDrill(at),
    })
    isTaken.current = clicks.isTaken
    // Said for whoever waits for the picture to be complete: a print, a wall's tour, a test.
    const say = (settled: boolean) => container.current?.toggleAttribute('data-settled', settled)
    made.on('idle', () => say(true))
    made.on('movestart', () => say(false))
    made.on('dataloading', () => say(false))
    made.on('moveend', () => latest.current.onCamera(readCamera(made)))
    made.once('style.load', () => {
      setMap(made)
      const snapshot = async (request: SnapshotRequest) => {
        const { takeSnapshot } = await import('./snapshot.ts')
        const { selection, density, visible } = latest.current
        const style = styling.current({ scheme: request.scheme, visible, density })
        return takeSnapshot({ live: made, modules, style, selection, density }, request)
      }
      const twin = async (request: TwinRequest) => {
        const { openTwin } = await import('./twin.ts')
        const styleFor = (look: Pick<MapViewProps, 'scheme' | 'visible'>) =>
          styling.current({ ...look, density: undefined, textScale: scale.current })
        return openTwin({ live: made, modules, styleFor }, request)
      }
      const togglePointer = () => setPointing((on) => !on)
      latest.current.onReady(
        makeHandle(
          made,
          () => latest.current.insets,
          { takeClicks: clicks.takeClicks, togglePointer },
          snapshot,
          twin,
        ),
      )
      latest.current.onCamera(readCamera(made))
    })
    return () => {
      stopClusters()
      clicks.stop()
      made.remove()
      setMap(null)
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: styleFor reads only what is listed
  useEffect(() => {
    if (!map || !applied.current) return
    const next = styleFor({ scheme, visible, density, textScale })
    for (const module of modules)
      for (const [name, image] of Object.entries(module.symbols?.(TOKENS[scheme]) ?? {}))
        putImage(map, name, image)
    restyle(map, applied.current, next)
    applied.current = next
  }, [map, scheme, visible, density, textScale])

  useEffect(() => {
    const source = map?.getSource(SELECTION_SOURCE) as GeoJSONSource | undefined
    source?.setData({
      type: 'FeatureCollection',
      features: selection?.geometry ? [{ ...selection, geometry: selection.geometry }] : [],
    })
  }, [map, selection])

  useDensity(map, density !== undefined, points, TOKENS[scheme])
  useHighlights(map, TOKENS[scheme])
  useTileAddresses(map, modules, tileJson)
  useAreas(map, props.areas ?? NO_AREAS, TOKENS[scheme])

  return (
    <>
      <div ref={container} className="gw-map" data-testid="map" />
      {pointing && map && (
        <Suspense>
          <KeyPointer
            map={map}
            modules={modules}
            insets={props.insets}
            isTaken={() => isTaken.current()}
            onPick={props.onPick}
            onClose={() => setPointing(false)}
          />
        </Suspense>
      )}
    </>
  )
}
