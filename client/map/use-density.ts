import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import type { Tokens } from '../ui/tokens.ts'
import type { DensityOverlay, DensityPoint } from './density-overlay.ts'
import { firstOwnLabel } from './own-layers.ts'

/** Adds the density overlay while `on`, loading deck.gl the first time. */
export function useDensity(
  map: MapLibreMap | null,
  on: boolean,
  points: DensityPoint[],
  tokens: Tokens,
): void {
  const [overlay, setOverlay] = useState<DensityOverlay | null>(null)

  useEffect(() => {
    if (!map || !on) return
    let left = false
    let made: DensityOverlay | undefined
    void import('./density-overlay.ts').then(({ addDensityOverlay }) => {
      if (left) return
      made = addDensityOverlay(map, firstOwnLabel(map))
      setOverlay(made)
    })
    return () => {
      left = true
      made?.remove()
      setOverlay(null)
    }
  }, [map, on])

  useEffect(() => overlay?.update(points, tokens), [overlay, points, tokens])
}
