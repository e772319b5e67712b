import { useLayoutEffect, useRef, useState } from 'react'

const scrolled = new Map<string, number>()

/** Makes a hook for state that whoever comes back to a list from one of its rows finds as it was; a reload forgets it. */
export function keeping<T>(initial: T): () => [T, (next: T) => void] {
  let kept = initial
  return () => {
    const [value, setValue] = useState(kept)
    const keep = (next: T) => {
      kept = next
      setValue(next)
    }
    return [value, keep]
  }
}

/**
 * How far down a page of the panel was read, for whoever comes back to it from one of its rows; one that is seen for the first time
 * begins at its top. Returns what the page is drawn in.
 */
export function useKeptScroll(page: string) {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const body = root.current?.closest('.gw-panel-body')
    if (!body) return undefined
    body.scrollTop = scrolled.get(page) ?? 0
    const keep = () => scrolled.set(page, body.scrollTop)
    body.addEventListener('scroll', keep, { passive: true })
    return () => body.removeEventListener('scroll', keep)
  }, [page])
  return root
}
