import { useState } from 'react'

/** How someone last had the map on this phone. */
export interface MapChoices {
  isOpen: boolean
  /** The top of the map is where the phone points; else north. */
  isHeadingUp: boolean
}

const KEY = 'gridward-field-map'

function readKept(): MapChoices {
  const none = { isOpen: false, isHeadingUp: false }
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const has = (name: string) =>
      typeof kept === 'object' && kept !== null && Reflect.get(kept, name) === true
    return { isOpen: has('isOpen'), isHeadingUp: has('isHeadingUp') }
  } catch {
    return none
  }
}

export function useMapChoices(): [MapChoices, (patch: Partial<MapChoices>) => void] {
  const [choices, setChoices] = useState(readKept)
  const change = (patch: Partial<MapChoices>) => {
    const next = { ...choices, ...patch }
    setChoices(next)
    try {
      localStorage.setItem(KEY, JSON.stringify(next))
    } catch {
      // Not kept for next time.
    }
  }
  return [choices, change]
}
