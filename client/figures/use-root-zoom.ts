import { useSyncExternalStore } from 'react'

const USUAL_PIXELS = 16

/** How much larger than usual the page’s type is: on very large screens, or as the browser is set. */
export const useRootZoom = (): number => useSyncExternalStore(onResize, rootZoom)

const rootZoom = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PIXELS

function onResize(tell: () => void): () => void {
  addEventListener('resize', tell)
  return () => removeEventListener('resize', tell)
}
