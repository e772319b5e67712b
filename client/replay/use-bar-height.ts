import { type RefObject, useLayoutEffect } from 'react'

const NAME = '--gw-replay-height'

/** Tells the page how high the bar is, so that what stands at the edge of the map stands above it. */
export function useBarHeight(bar: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement
    const tell = () => style.setProperty(NAME, `${bar.current?.offsetHeight ?? 0}px`)
    const watch = new ResizeObserver(tell)
    if (bar.current) watch.observe(bar.current)
    tell()
    return () => {
      watch.disconnect()
      style.removeProperty(NAME)
    }
  }, [bar])
}
