import { useEffect } from 'react'
import type { MapHandle } from '../map/map-handle.ts'

/**
 * In halves each side shows another place than the map below it at the same pixel. A wheel would zoom about that other
 * place; it is handed on as if it had turned over what is seen. `cut` is where the halves meet, `left` and `right` are their shifts; CSS
 * pixels.
 */
export function useShiftedWheel(
  { map }: MapHandle,
  on: boolean,
  cut: number,
  left: number,
  right: number,
): void {
  useEffect(() => {
    if (!on) return
    const container = map.getContainer()
    const handed = new WeakSet<Event>()
    function onWheel(event: WheelEvent) {
      if (handed.has(event)) return
      event.stopImmediatePropagation()
      event.preventDefault()
      const edge = container.getBoundingClientRect().left
      const { deltaX, deltaY, deltaMode, clientY, ctrlKey, shiftKey, altKey, metaKey } = event
      const clientX = event.clientX + (event.clientX - edge < cut ? left : right)
      const next = new WheelEvent('wheel', {
        ...{ deltaX, deltaY, deltaMode, clientX, clientY, ctrlKey, shiftKey, altKey, metaKey },
        bubbles: true,
        cancelable: true,
      })
      handed.add(next)
      map.getCanvas().dispatchEvent(next)
    }
    container.addEventListener('wheel', onWheel, { capture: true, passive: false })
    return () => container.removeEventListener('wheel', onWheel, { capture: true })
  }, [map, on, cut, left, right])
}
