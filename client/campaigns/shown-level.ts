import { useSyncExternalStore } from 'react'
import type { CellLayer } from '../../geodata/shared/codes.ts'

/** Which cells the table and the map tell of, alike. */
let level: CellLayer = 'grids'
const listeners = new Set<() => void>()

export function changeLevel(next: CellLayer): void {
  level = next
  for (const listen of listeners) listen()
}

export const useLevel = (): CellLayer =>
  useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => level,
  )
