import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** What room an element has, in the smallest type; 0 until it is known. */
export function useRoom<E extends HTMLElement>(
  typePixels: number,
): { at: RefObject<E | null>; width: number; height: number } {
  const at = useRef<E>(null)
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = at.current
    if (!element) return
    const measure = () => {
      const { clientWidth, clientHeight } = element
      setRoom((old) =>
        old.width === clientWidth && old.height === clientHeight
          ? old
          : { width: clientWidth, height: clientHeight },
      )
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return { at, width: room.width / typePixels, height: room.height / typePixels }
}
