import { useSyncExternalStore } from 'react'
import type { ShownPart } from './analysis-view.ts'

/** What of an analysis is on the map: the panel, the list and the map itself look at it. */
export interface Shown {
  /** undefined: all that have a style. */
  parts: readonly ShownPart[] | undefined
  /** Switched off in the legend. */
  hidden: ReadonlySet<string>
  chosen: { part: string; id: number } | undefined
  /** Drawn for the report: in the colours of paper, and nothing is marked. */
  isOnPaper: boolean
}

const NOTHING: Shown = { parts: undefined, hidden: new Set(), chosen: undefined, isOnPaper: false }

let shownId: string | undefined
let shown: Shown = NOTHING
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Of another analysis than the last one nothing is known yet. */
export function changeShown(id: string, change: Partial<Shown>): void {
  shown = { ...(id === shownId ? shown : NOTHING), ...change }
  shownId = id
  for (const listener of listeners) listener()
}

export const useShown = (id: string | undefined): Shown =>
  useSyncExternalStore(subscribe, () => (id !== undefined && id === shownId ? shown : NOTHING))
