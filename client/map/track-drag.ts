import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'

export interface DragPlace {
  at: LngLat
  /** Pixels in the map's container. */
  point: { x: number; y: number }
  event: PointerEvent
}

export interface DragHandlers<T> {
  /** What lies under the pointer and can be dragged; undefined lets the map have the gesture. */
  grab(place: DragPlace): T | undefined
  /** At most once a frame. */
  drag(grabbed: T, place: DragPlace): void
  /** `moved`: more than a click's tremble. */
  drop(grabbed: T, place: DragPlace, moved: boolean): void
  /** The gesture broke off: a second finger, Esc, the browser. */
  abandon(grabbed: T): void
  hover?(place: DragPlace): void
}

const TREMBLE_PIXELS = 3

/** Mouse, pen and finger alike. While something is dragged the map neither pans nor answers a click. */
export function trackDrag<T>(map: MapLibreMap, handlers: DragHandlers<T>): { abandon(): void; stop(): void } {
  const canvas = map.getCanvas()
  const container = map.getCanvasContainer()
  let held: { what: T; pointer: number; from: DragPlace; moved: boolean; pan: boolean } | undefined
  let frame = 0
  let latest: DragPlace | undefined

  const placeOf = (event: PointerEvent): DragPlace => {
    const { left, top } = canvas.getBoundingClientRect()
    const point = { x: event.clientX - left, y: event.clientY - top }
    const { lng, lat } = map.unproject([point.x, point.y])
    return { at: [lng, lat], point, event }
  }

  function onDown(event: PointerEvent) {
    if (held) return abandon()
    if (event.button !== 0 || !event.isPrimary) return
    const from = placeOf(event)
    const what = handlers.grab(from)
    if (what === undefined) return
    held = { what, pointer: event.pointerId, from, moved: false, pan: map.dragPan.isEnabled() }
    map.dragPan.disable()
    canvas.setPointerCapture(event.pointerId)
  }
  function onMove(event: PointerEvent) {
    latest = placeOf(event)
    if (held && held.pointer === event.pointerId)
      held.moved ||= pixelsBetween(latest.point, held.from.point) > TREMBLE_PIXELS
    frame ||= requestAnimationFrame(() => {
      frame = 0
      if (!latest) return
      if (held?.moved) handlers.drag(held.what, latest)
      else if (!held) handlers.hover?.(latest)
    })
  }
  function onUp(event: PointerEvent) {
    if (!held || held.pointer !== event.pointerId) return
    const { what, moved } = held
    release()
    handlers.drop(what, placeOf(event), moved)
  }
  function release() {
    if (!held) return
    if (canvas.hasPointerCapture(held.pointer)) canvas.releasePointerCapture(held.pointer)
    if (held.pan) map.dragPan.enable()
    held = undefined
    latest = undefined
    cancelAnimationFrame(frame)
    frame = 0
  }
  function abandon() {
    if (!held) return
    const { what } = held
    release()
    handlers.abandon(what)
  }
  container.addEventListener('pointerdown', onDown, true)
  canvas.addEventListener('pointermove', onMove)
  canvas.addEventListener('pointerup', onUp)
  canvas.addEventListener('pointercancel', abandon)
  return {
    abandon,
    stop() {
      abandon()
      cancelAnimationFrame(frame)
      container.removeEventListener('pointerdown', onDown, true)
      canvas.removeEventListener('pointermove', onMove)
      canvas.removeEventListener('pointerup', onUp)
      canvas.removeEventListener('pointercancel', abandon)
    },
  }
}

export const pixelsBetween = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.hypot(a.x - b.x, a.y - b.y)
