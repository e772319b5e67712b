import { useEffect, useRef } from 'react'
import type { MapHandle } from '../../map/map-handle.ts'
import { findStop, moveStop } from './plan-edits.ts'
import { planStore } from './plan-store.ts'

interface Actions {
  addCentre(): void
  remove(): void
  reverse(): void
  toggleFree(): void
  close(): void
}

const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'

/** The keys of drawing, taken before the page’s own: Enter at the cross, Delete, Alt and arrows, F, R, Esc. */
export function useDrawingKeys(map: MapHandle, actions: Actions): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const canvas = map.map.getCanvas()
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return
      const target = event.target as Element
      if (target.closest?.(TYPING) || document.querySelector('[role=dialog], [role=menu]')) return
      if (!answer(event, target === canvas, latest.current)) return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [map])
}

function answer(event: KeyboardEvent, onMap: boolean, actions: Actions): boolean {
  const { plan, roundId, stopId } = planStore.getSnapshot()
  const found = plan && stopId !== undefined ? findStop(plan, stopId) : undefined
  if (event.altKey) {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    // In the list the row answers itself, and keeps the focus.
    if (by === 0 || !onMap || !found) return false
    const to = found.at + by
    if (to >= 0 && to < found.round.stops.length)
      planStore.edit('order', (now) => moveStop(now, found.stop.id, found.round.id, to))
    return true
  }
  if (event.key === 'Escape') {
    if (stopId !== undefined) planStore.choose(roundId)
    else actions.close()
    return true
  }
  if (event.key === 'Enter' && onMap) actions.addCentre()
  else if ((event.key === 'Delete' || event.key === 'Backspace') && onMap) actions.remove()
  else if (event.key === 'r') actions.reverse()
  else if (event.key === 'f') actions.toggleFree()
  else return false
  return true
}
