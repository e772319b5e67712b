import { useSyncExternalStore } from 'react'
import { findCrs } from '../../geodata/crs/crs-list.ts'

const KEY = 'gridward.crs'
const CHANGED = 'gridward-crs'

function subscribe(onChange: () => void): () => void {
  window.addEventListener('storage', onChange)
  window.addEventListener(CHANGED, onChange)
  return () => {
    window.removeEventListener('storage', onChange)
    window.removeEventListener(CHANGED, onChange)
  }
}

/** Storage may be refused (private windows, embedded pages); the choice then lasts as long as the page. */
let unsaved: string | undefined
function chosen(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? unsaved
  } catch {
    return unsaved
  }
}

function choose(crsId: string): void {
  unsaved = crsId
  try {
    localStorage.setItem(KEY, crsId)
  } catch {
    // Kept in `unsaved`.
  }
  window.dispatchEvent(new Event(CHANGED))
}

/** The coordinate system that this user reads and types coordinates in, kept in this browser; else the default. */
export function useCrsChoice(defaultId = 'EPSG:4490'): [crsId: string, choose: (crsId: string) => void] {
  const known = [useSyncExternalStore(subscribe, chosen), defaultId, 'EPSG:4490'].find(
    (id) => id !== undefined && findCrs(id),
  )
  return [known!, choose]
}
