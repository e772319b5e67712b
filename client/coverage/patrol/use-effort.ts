import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import type { EffortOverlay } from '../../map/effort-overlay.ts'

/** The overlay for as long as something is shown on it; deck.gl is loaded the first time. */
export function useEffort(map: MapLibreMap | undefined, isOn: boolean): EffortOverlay | undefined {
  const [overlay, setOverlay] = useState<EffortOverlay>()
  useEffect(() => {
    if (!map || !isOn) return
    let left = false
    let made: EffortOverlay | undefined
    void import('../../map/effort-overlay.ts').then(({ addEffortOverlay }) => {
      if (left) return
      made = addEffortOverlay(map)
      setOverlay(made)
    })
    return () => {
      left = true
      setOverlay(undefined)
      made?.remove()
    }
  }, [map, isOn])
  return overlay
}
