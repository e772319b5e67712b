import { useSyncExternalStore } from 'react'
import type { LayerId } from '../../geodata/shared/layer.ts'

/** Most features that can be chosen together; more are for filters, exports and imports. */
export const MULTI_MAX = 5000

/** Features of one layer chosen together, and the row that a pointer or the keyboard is on. Kept in memory only. */
export interface MultiSelection {
  layer: LayerId | undefined
  /** In the order chosen; at most MULTI_MAX. */
  ids: ReadonlySet<number>
  /** Shown on the map as the one that is looked at. */
  focus: { layer: LayerId; id: number } | undefined
}

const NOTHING: MultiSelection = { layer: undefined, ids: new Set(), focus: undefined }
let current = NOTHING
const listeners = new Set<() => void>()

export const getMultiSelection = (): MultiSelection => current

export function subscribeMultiSelection(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function put(next: MultiSelection): void {
  current = next
  for (const listener of listeners) listener()
}

/** Chooses exactly these. Returns false when there were more than MULTI_MAX, of which the first are kept. */
export function setMultiSelection(layer: LayerId, ids: Iterable<number>): boolean {
  const kept = new Set<number>()
  let all = true
  for (const id of ids) {
    if (kept.size === MULTI_MAX && !kept.has(id)) {
      all = false
      break
    }
    kept.add(id)
  }
  if (kept.size === 0) clearMultiSelection()
  else put({ ...current, layer, ids: kept })
  return all
}

export function clearMultiSelection(): void {
  if (current.ids.size > 0) put({ ...NOTHING, focus: current.focus })
}

export function setListFocus(focus: MultiSelection['focus']): void {
  if (current.focus?.id === focus?.id && current.focus?.layer === focus?.layer) return
  put({ ...current, focus })
}

export const useMultiSelection = (): MultiSelection =>
  useSyncExternalStore(subscribeMultiSelection, getMultiSelection)
