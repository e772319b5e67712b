import type { MapMouseEvent } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import { distanceMetres } from '../../geodata/editing/measure.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Language } from '../ui/i18n.ts'
import type { Tokens } from '../ui/tokens.ts'
import { formatArea, formatLength } from './format.ts'
import { addMeasureOverlay, type MeasureOverlay } from './measure-overlay.ts'
import type { MeasureState } from './measure-state.ts'
import { takeMeasure } from './take-measure.ts'

interface Actions {
  add(point: LngLat): void
  undo(): void
  finish(): void
  leave(): void
}

const TYPING = 'input, textarea, select, [contenteditable], [role=listbox]'

/**
 * Draws the state on the map and turns clicks and keys there into actions. While `open`, the next side follows the
 * pointer, with its figure beside it; that is done outside React, at the pace of the pointer.
 */
export function useMeasuring(
  map: MapHandle,
  state: MeasureState,
  open: boolean,
  tokens: Tokens,
  lang: Language,
  actions: Actions,
): void {
  const latest = useRef({ state, open, lang, actions })
  latest.current = { state, open, lang, actions }
  const overlay = useRef<MeasureOverlay>(undefined)
  const draw = useRef((_cursor?: LngLat) => {})
  draw.current = (cursor) => {
    const { sides } = takeMeasure(state)
    overlay.current?.show(
      state,
      sides.map((metres) => formatLength(metres, lang)),
      cursor,
    )
  }

  useEffect(() => {
    const made = addMeasureOverlay(map.map, tokens)
    overlay.current = made
    draw.current()
    return () => {
      overlay.current = undefined
      made.remove()
    }
  }, [map, tokens])

  // biome-ignore lint/correctness/useExhaustiveDependencies: draw reads what is listed
  useEffect(() => draw.current(), [state, open, lang])

  useEffect(() => {
    const giveBack = map.takeClicks()
    const canvas = map.map.getCanvas()
    canvas.style.cursor = 'crosshair'
    const label = document.createElement('div')
    label.className = 'gw-measure-label'
    label.setAttribute('aria-hidden', 'true')
    label.hidden = true
    map.map.getContainer().append(label)

    const at = ({ lngLat }: MapMouseEvent): LngLat => [lngLat.lng, lngLat.lat]
    function onClick(event: MapMouseEvent) {
      latest.current.actions.add(at(event))
    }
    function onDouble(event: MapMouseEvent) {
      event.preventDefault()
      latest.current.actions.finish()
      label.hidden = true
    }
    function onMove(event: MapMouseEvent) {
      const { state: now, open: drawing, lang: language } = latest.current
      const last = now.points.at(-1)
      label.hidden = !drawing || !last
      if (!drawing || !last) return
      const cursor = at(event)
      draw.current(cursor)
      label.textContent = sayNext(now, last, cursor, language)
      label.style.transform = `translate(${event.point.x + 14}px, ${event.point.y + 14}px)`
    }
    function onOut() {
      label.hidden = true
      draw.current()
    }
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if ((event.target as Element).closest?.(TYPING) || document.querySelector('[role=dialog], [role=menu]'))
        return
      const { actions: act, state: now, open: drawing } = latest.current
      if (event.key === 'Enter' && event.target === canvas) act.add(map.visibleCentre())
      else if (event.key === 'Backspace') act.undo()
      else if (event.key === 'Escape') drawing && now.points.length > 0 ? act.finish() : act.leave()
      else return
      event.preventDefault()
      event.stopPropagation()
      onOut()
    }
    map.map.on('click', onClick)
    map.map.on('dblclick', onDouble)
    map.map.on('mousemove', onMove)
    map.map.on('mouseout', onOut)
    document.addEventListener('keydown', onKey, true)
    return () => {
      map.map.off('click', onClick)
      map.map.off('dblclick', onDouble)
      map.map.off('mousemove', onMove)
      map.map.off('mouseout', onOut)
      document.removeEventListener('keydown', onKey, true)
      label.remove()
      canvas.style.cursor = ''
      giveBack()
    }
  }, [map])
}

/** What the figures would be with the point under the pointer. */
function sayNext(state: MeasureState, last: LngLat, cursor: LngLat, lang: Language): string {
  const side = formatLength(distanceMetres(last, cursor), lang)
  if (state.points.length < 2) return side
  const { totalMetres, area } = takeMeasure({ ...state, points: [...state.points, cursor] })
  if (state.measure === 'line') return `${side} · ${formatLength(totalMetres, lang)}`
  return area && 'squareMetres' in area ? `${side} · ${formatArea(area.squareMetres, lang)}` : side
}
