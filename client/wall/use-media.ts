import { useSyncExternalStore } from 'react'

/** Three screens side by side, say: more columns and a second map, instead of one that is stretched. */
export const WIDE = '(min-aspect-ratio: 3/1)'
/** In somebody's hand: it is read from near and scrolled, so that nothing is left out. As css/windows.css has it. */
export const HANDHELD = '(max-width: 600px)'

/** Whether the window is of a kind, also when it is turned or made larger. */
export function useMedia(kind: typeof WIDE | typeof HANDHELD): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(kind)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => matchMedia(kind).matches,
  )
}
