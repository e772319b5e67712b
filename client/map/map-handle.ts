import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { fitBox, formatCamera, type Insets, parseCamera, readCamera, visibleBox } from './camera.ts'
import { refreshInTurn } from './refresh-in-turn.ts'
import type { Snapshot, SnapshotRequest } from './snapshot.ts'
import type { Twin, TwinRequest } from './twin.ts'

/** What the rest of the page may ask of the map; the only way to it from outside this folder. */
export interface MapHandle {
  /** For tools that draw on the map; everything else goes through this handle. */
  map: MapLibreMap
  /** Clicks, double clicks and hover go to a tool, not to the selection, until the function returned is called. */
  takeClicks(): () => void
  fit(box: Bbox, maxZoom?: number): void
  /** Goes to a camera written as in the URL, unless the map is there already. */
  goTo(camera: string): void
  visibleBox(): Bbox
  /** Centre of what the panels leave free. */
  visibleCentre(): LngLat
  /** What the panels leave free, CSS pixels of the map's container. */
  visibleFrame(): { left: number; top: number; width: number; height: number }
  zoomBy(levels: number): void
  faceNorth(): void
  toggleTilt(): void
  focus(): void
  /** Shows or hides the cross-hair by which the keyboard clicks; see key-pointer.tsx. */
  togglePointer(): void
  /** Redraws a layer's tiles that a box touches; without a box all of them. See refresh-in-turn.ts. */
  refresh(layer: LayerId, box: Bbox | undefined): void
  /** The map as it is shown, drawn once more as a picture; see snapshot.ts. */
  snapshot(request: SnapshotRequest): Promise<Snapshot>
  /** A second map with the same looks, for comparing; see twin.ts. */
  twin(request: TwinRequest): Promise<Twin>
}

export function makeHandle(
  map: MapLibreMap,
  insets: () => Insets,
  { takeClicks, togglePointer }: Pick<MapHandle, 'takeClicks' | 'togglePointer'>,
  snapshot: MapHandle['snapshot'],
  twin: MapHandle['twin'],
): MapHandle {
  const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches
  const ease = (to: Parameters<MapLibreMap['easeTo']>[0]) =>
    map.easeTo({ ...to, duration: still() ? 0 : 200 })
  return {
    map,
    takeClicks,
    togglePointer,
    snapshot,
    twin,
    fit: (box, maxZoom = 18) => fitBox(map, box, insets(), maxZoom),
    goTo(text) {
      const camera = parseCamera(text)
      if (!camera || formatCamera(readCamera(map)) === text) return
      map.jumpTo({
        center: [camera.lng, camera.lat],
        zoom: camera.zoom,
        bearing: camera.bearing,
        pitch: camera.pitch,
      })
    },
    visibleBox: () => visibleBox(map, insets()),
    visibleCentre() {
      const { left, right, top, bottom } = insets()
      const { clientWidth, clientHeight } = map.getContainer()
      const { lng, lat } = map.unproject([
        (left + clientWidth - right) / 2,
        (top + clientHeight - bottom) / 2,
      ])
      return [lng, lat]
    },
    visibleFrame() {
      const { left, right, top, bottom } = insets()
      const { clientWidth, clientHeight } = map.getContainer()
      const width = Math.max(1, clientWidth - left - right)
      return { left, top, width, height: Math.max(1, clientHeight - top - bottom) }
    },
    zoomBy: (levels) => ease({ zoom: map.getZoom() + levels }),
    faceNorth: () => ease({ bearing: 0, pitch: 0 }),
    toggleTilt: () => ease({ pitch: map.getPitch() > 5 ? 0 : 55 }),
    focus: () => map.getCanvas().focus(),
    refresh: refreshInTurn(map),
  }
}
