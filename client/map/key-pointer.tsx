import './key-pointer.css'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import type { Insets } from './camera.ts'
import type { Picked } from './interactions.ts'
import type { LayerModule } from './layer-module.ts'
import { type NearFeature, nearFeatures, type Pixel } from './near-features.ts'
import { texts } from './texts.ts'

addTexts(texts)

const STEP = 12
const LONG_STEP = 60
const NEAR_PIXELS = 120
const EDGE_PIXELS = 30
const TYPING = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]'
const MOVES: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

interface KeyPointerProps {
  map: MapLibreMap
  modules: readonly LayerModule[]
  insets: Insets
  /** A tool has the clicks: Enter is a click for it, never a selection. */
  isTaken(): boolean
  onPick(picked: Picked): void
  onClose(): void
}

/**
 * The mouse by keyboard: a cross-hair that arrows move and Enter clicks with, for selecting and for every tool alike;
 * `[` and `]` go through the features near it and say their names.
 */
export default function KeyPointer(props: KeyPointerProps) {
  const { map } = props
  const { t, lang } = useTexts()
  const latest = useRef(props)
  latest.current = props
  const [at, setAt] = useState<Pixel>(() => middle(map, props.insets))
  const [said, setSaid] = useState(() => t('pointer.on'))
  const place = useRef(at)
  const near = useRef<{ list: NearFeature[]; index: number }>(undefined)

  useEffect(() => {
    function move(to: Pixel) {
      place.current = to
      setAt(to)
      fire(map, 'mousemove', to)
    }
    function step([x, y]: [number, number], pixels: number) {
      near.current = undefined
      const { insets } = latest.current
      const { clientWidth, clientHeight } = map.getContainer()
      const to = { x: place.current.x + x * pixels, y: place.current.y + y * pixels }
      const room = {
        x: clamp(to.x, insets.left + EDGE_PIXELS, clientWidth - insets.right - EDGE_PIXELS),
        y: clamp(to.y, insets.top + EDGE_PIXELS, clientHeight - insets.bottom - EDGE_PIXELS),
      }
      // At the edge of what the panels leave free the map moves instead.
      if (room.x !== to.x || room.y !== to.y) map.panBy([to.x - room.x, to.y - room.y], { animate: false })
      move(room)
    }
    function cycle(by: 1 | -1) {
      near.current ??= {
        list: nearFeatures(map, latest.current.modules, place.current, NEAR_PIXELS),
        index: -1,
      }
      const { list } = near.current
      if (list.length === 0) {
        near.current = undefined
        return setSaid(t('pointer.none'))
      }
      const before = near.current.index
      const index = before < 0 ? (by > 0 ? 0 : list.length - 1) : (before + by + list.length) % list.length
      near.current.index = index
      const { layer, name, at: where } = list[index]!
      move(where)
      setSaid(t('pointer.near', { layer: LAYERS[layer].noun[lang], name, n: index + 1, m: list.length }))
    }
    function press(double: boolean) {
      const chosen = near.current?.list[near.current.index]
      if (chosen && !double && !latest.current.isTaken()) return latest.current.onPick(chosen)
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'] as const)
        fire(map, type, place.current)
      if (double) fire(map, 'dblclick', place.current)
    }
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const target = event.target as Element
      if (target.closest?.(TYPING) || document.querySelector('[role=dialog], [role=menu]')) return
      const onButton = target.closest?.('button, a, [role=separator], [role=tab], [role=radio]')
      const towards = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined
      if (towards && !onButton) step(towards, event.shiftKey ? LONG_STEP : STEP)
      else if (event.key === 'Enter' && !onButton) press(event.shiftKey)
      else if (event.key === '[') cycle(-1)
      else if (event.key === ']') cycle(1)
      else if (event.key === 'Escape' && !latest.current.isTaken()) latest.current.onClose()
      else return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    const forget = () => {
      near.current = undefined
    }
    window.addEventListener('keydown', onKey, true)
    map.on('movestart', forget)
    map.getCanvas().focus()
    return () => {
      window.removeEventListener('keydown', onKey, true)
      map.off('movestart', forget)
    }
  }, [map, t, lang])

  return (
    <>
      <div
        className="gw-pointer"
        style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
        data-testid="key-pointer"
      >
        <svg width="44" height="44" viewBox="-22 -22 44 44" aria-hidden="true">
          <path d="M-20 0H-5M5 0H20M0 -20V-5M0 5V20" className="gw-pointer-casing" />
          <path d="M-20 0H-5M5 0H20M0 -20V-5M0 5V20" className="gw-pointer-line" />
          <circle r="1.5" className="gw-pointer-dot" />
        </svg>
        <span className="gw-pointer-hint">{t('pointer.hint')}</span>
      </div>
      <output className="gw-pointer-said" aria-live="assertive" data-testid="key-pointer-said">
        {said}
      </output>
    </>
  )
}

const clamp = (value: number, least: number, most: number) =>
  Math.max(least, Math.min(Math.max(least, most), value))

function middle(map: MapLibreMap, insets: Insets): Pixel {
  const { clientWidth, clientHeight } = map.getContainer()
  return {
    x: Math.round((insets.left + clientWidth - insets.right) / 2),
    y: Math.round((insets.top + clientHeight - insets.bottom) / 2),
  }
}

/** An event as the mouse would cause it there, so that the map and every tool on it hear of it in their own way. */
function fire(map: MapLibreMap, type: string, { x, y }: Pixel): void {
  const canvas = map.getCanvas()
  const { left, top } = canvas.getBoundingClientRect()
  const init = {
    bubbles: true,
    cancelable: true,
    clientX: left + x,
    clientY: top + y,
    button: type.endsWith('move') ? -1 : 0,
    buttons: type.endsWith('down') ? 1 : 0,
    view: window,
  }
  canvas.dispatchEvent(
    type.startsWith('pointer')
      ? new PointerEvent(type, { ...init, pointerId: 1, pointerType: 'mouse', isPrimary: true })
      : new MouseEvent(type, { ...init, button: 0 }),
  )
}
