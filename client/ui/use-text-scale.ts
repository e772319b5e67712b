import { useSyncExternalStore } from 'react'

const USUAL_PIXELS = 16

/** How much larger the page's text is than usual: on very large screens (shell.css), or because the reader set it so. */
const read = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PIXELS || 1

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

export const useTextScale = (): number => useSyncExternalStore(subscribe, read)
