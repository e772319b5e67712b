import {
  TerraDraw,
  TerraDrawAngledRectangleMode,
  TerraDrawLineStringMode,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
} from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import { onLattice } from '../../geodata/editing/lattice.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { TOKENS } from '../ui/tokens.ts'
import type { Bench } from './bench.ts'

export type SketchKind = 'point' | 'line' | 'polygon' | 'rectangle'

export interface Sketch {
  /** Adds a place exactly, as if it had been clicked. */
  add(at: LngLat): void
  /** Takes the last point back; false when there is none. */
  back(): boolean
  /** Ends the line or closes the ring; false when there are too few points. */
  finish(): boolean
  /** Throws the sketch away; false when there was none. */
  cancel(): boolean
  last(): LngLat | undefined
  stop(): void
}

const LEAST: Record<SketchKind, number> = { point: 1, line: 2, polygon: 3, rectangle: 3 }
const CLOSE_PIXELS = 12
const POINTER_EVENTS = {
  rightClick: true,
  contextMenu: false,
  leftClick: true,
  onDragStart: true,
  onDrag: true,
  onDragEnd: true,
}
/** A typed place must not be taken for a click on the first point. */
const FAR_AWAY = -1e6

/**
 * A shape being drawn on the map by clicks (terra-draw) or by typed places. Every point is snapped by the bench.
 * `onDone` gets the points; the sketch is empty again then.
 */
export function startSketch(
  bench: Bench,
  kind: SketchKind,
  onDone: (points: LngLat[]) => void,
  /** Takes a click for itself by answering true. */
  onClick: (at: LngLat) => boolean,
): Sketch {
  const { map } = bench.handle
  const tokens = TOKENS[document.documentElement.dataset.mantineColorScheme === 'light' ? 'light' : 'dark']
  const accent = tokens.accent as `#${string}`
  const casing = tokens.casing as `#${string}`
  let placed: LngLat[] = []
  /** The next click is a typed place: it is not snapped. */
  let exact: LngLat | undefined
  let altHeld = false

  const place = (lng: number, lat: number): LngLat => exact ?? bench.snap([lng, lat], altHeld).lngLat
  const pointerEvents = {
    ...POINTER_EVENTS,
    leftClick: ({ lng, lat }: { lng: number; lat: number }) => exact !== undefined || !onClick([lng, lat]),
  }
  const snapping = { toCustom: ({ lng, lat }: { lng: number; lat: number }) => place(lng, lat) }
  const styles = {
    fillColor: accent,
    fillOpacity: 0.12,
    outlineColor: accent,
    outlineWidth: 2.5,
    closingPointColor: casing,
    closingPointOutlineColor: accent,
    closingPointOutlineWidth: 2,
    closingPointWidth: 6,
    snappingPointColor: accent,
    snappingPointWidth: 5,
    snappingPointOutlineColor: casing,
  }
  const modes = {
    point: new TerraDrawPointMode({ styles: { pointColor: accent, pointWidth: 6 } }),
    line: new TerraDrawLineStringMode({
      pointerDistance: CLOSE_PIXELS,
      pointerEvents,
      snapping,
      styles: {
        lineStringColor: accent,
        lineStringWidth: 3,
        closingPointColor: casing,
        closingPointOutlineColor: accent,
        snappingPointColor: accent,
      },
    }),
    polygon: new TerraDrawPolygonMode({ pointerDistance: CLOSE_PIXELS, pointerEvents, snapping, styles }),
    rectangle: new TerraDrawAngledRectangleMode({
      pointerDistance: CLOSE_PIXELS,
      // This mode neither snaps nor says how many points it has.
      pointerEvents: {
        ...POINTER_EVENTS,
        leftClick(event) {
          const [lng, lat] = place(event.lng, event.lat)
          Object.assign(event, { lng, lat })
          placed = [...placed, [lng, lat]]
          queueMicrotask(say)
          return true
        },
      },
      styles: { fillColor: accent, fillOpacity: 0.12, outlineColor: accent, outlineWidth: 2.5 },
    }),
  }
  const mode = modes[kind]
  const adapter = new TerraDrawMapLibreGLAdapter({ map, prefixId: 'gw-sketch' })
  // A double click goes a level down in this app; terra-draw would make it zoom.
  adapter.setDoubleClickToZoom = () => {}
  const draw = new TerraDraw({ adapter, modes: [mode] })
  draw.start()
  draw.setMode(mode.mode)

  const feed = (at: LngLat) => {
    exact = at
    const event = {
      lng: at[0],
      lat: at[1],
      containerX: FAR_AWAY,
      containerY: FAR_AWAY,
      button: 'left' as const,
      heldKeys: [],
      isContextMenu: false,
    }
    mode.onMouseMove(event)
    mode.onClick(event)
    exact = undefined
  }
  const say = () => bench.change({ points: placed.length })

  function clear() {
    placed = []
    draw.clear()
    say()
  }

  draw.on('finish', (id) => {
    const drawn = draw.getSnapshotFeature(id)?.geometry
    // terra-draw is still in its click: what it drew may only be removed afterwards.
    queueMicrotask(() => {
      if (!drawn || !draw.enabled) return
      clear()
      onDone(pointsOf(drawn).map(onLattice))
    })
  })
  draw.on('change', () => {
    if (kind === 'rectangle' || kind === 'point') return
    const [drawn] = draw.getSnapshot().filter(({ properties }) => properties.currentlyDrawing)
    const count = drawn?.properties.committedCoordinateCount
    const points = drawn ? pointsOf(drawn.geometry) : []
    // The last one follows the pointer.
    const fixed = typeof count === 'number' ? count : Math.max(0, points.length - 1)
    const next = points.slice(0, fixed).map(onLattice)
    if (next.length === placed.length) return
    placed = next
    queueMicrotask(say)
  })
  const onKey = ({ altKey }: KeyboardEvent) => {
    altHeld = altKey
  }
  document.addEventListener('keydown', onKey)
  document.addEventListener('keyup', onKey)

  return {
    add: feed,
    back() {
      if (placed.length === 0) return false
      const kept = placed.slice(0, -1)
      clear()
      for (const at of kept) feed(at)
      return true
    },
    finish() {
      if (placed.length < LEAST[kind]) return false
      mode.onKeyUp({ key: 'Enter', heldKeys: [], preventDefault() {} })
      return true
    },
    cancel() {
      if (placed.length === 0) return false
      clear()
      return true
    },
    last: () => placed.at(-1),
    stop() {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('keyup', onKey)
      draw.stop()
    },
  }
}

function pointsOf(geometry: { type: string; coordinates: unknown }): LngLat[] {
  if (geometry.type === 'Point') return [geometry.coordinates as LngLat]
  if (geometry.type === 'LineString') return geometry.coordinates as LngLat[]
  return geometry.type === 'Polygon' ? ((geometry.coordinates as LngLat[][])[0] ?? []) : []
}
