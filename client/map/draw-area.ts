import type { MapMouseEvent } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Tokens } from '../ui/tokens.ts'
import { areaOutline } from './area-outline.ts'
import type { MapHandle } from './map-handle.ts'

const CLOSE_PIXELS = 10
const MOST_POINTS = 200

interface Drawing {
  onCount(count: number): void
  /** undefined: given up. Called once. */
  onEnd(ring: LngLat[] | undefined): void
}

/**
 * Takes the map's clicks as the corners of an area. A double click, a click on the first corner or Enter finishes,
 * Backspace takes the last corner back, Escape gives up.
 */
export function drawArea({ map, takeClicks }: MapHandle, tokens: Tokens, { onCount, onEnd }: Drawing) {
  const release = takeClicks()
  const shown = areaOutline(map, 'drawn-area', tokens)
  const points: LngLat[] = []
  let ended = false
  map.getCanvas().style.cursor = 'crosshair'

  const show = (pointer?: LngLat) => shown.put([pointer ? [...points, pointer] : points], points)
  function end(ring: LngLat[] | undefined) {
    if (ended) return
    ended = true
    map.off('click', onClick)
    map.off('dblclick', onDouble)
    map.off('mousemove', onMove)
    document.removeEventListener('keydown', onKey, true)
    map.getCanvas().style.cursor = ''
    shown.remove()
    // The double click that ends the area must not also choose what lies beneath.
    setTimeout(release, 400)
    onEnd(ring)
  }
  const finish = () => {
    if (points.length >= 3) end(points)
  }
  function undo() {
    points.pop()
    show()
    onCount(points.length)
  }
  function onClick({ lngLat, point }: MapMouseEvent) {
    const first = points[0] && map.project(points[0])
    if (first && points.length >= 3 && first.dist(point) <= CLOSE_PIXELS) return finish()
    const last = points.at(-1) && map.project(points.at(-1)!)
    // The second click of a double click falls on the first.
    if ((last && last.dist(point) < 3) || points.length >= MOST_POINTS) return
    points.push([Number(lngLat.lng.toFixed(6)), Number(lngLat.lat.toFixed(6))])
    show()
    onCount(points.length)
  }
  function onDouble(event: MapMouseEvent) {
    event.preventDefault()
    finish()
  }
  const onMove = ({ lngLat }: MapMouseEvent) => show([lngLat.lng, lngLat.lat])
  function onKey(event: KeyboardEvent) {
    const typing = (event.target as Element).closest?.('input, textarea, select, button, [role=dialog]')
    if (event.key === 'Escape') end(undefined)
    else if (event.key === 'Enter' && !typing && !event.defaultPrevented) finish()
    else if (event.key === 'Backspace' && !typing) undo()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  map.on('click', onClick)
  map.on('dblclick', onDouble)
  map.on('mousemove', onMove)
  document.addEventListener('keydown', onKey, true)
  return { finish, undo, cancel: () => end(undefined) }
}
