import { useSyncExternalStore } from 'react'

let shown = false
const listeners = new Set<() => void>()

/** A walk is on the map: what is planned gives way to it. */
export function setRunShown(next: boolean): void {
  shown = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const useRunShown = (): boolean => useSyncExternalStore(subscribe, () => shown)
