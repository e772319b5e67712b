import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { boxOf } from '../map/box-of.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Selected } from './use-selected.ts'
import type { View } from './use-view.ts'

/**
 * Choosing by other ways than pressing on the map: the camera follows once it is known where the choice lies, and goes
 * back to `whole` when there is none any more. A link's own camera is left alone.
 */
export function useChoice(view: View, map: MapHandle | null, selected: Selected, whole: Bbox | undefined) {
  const { at, change } = view
  const wantsFit = useRef(view.camera ? undefined : at)
  const select = useCallback(
    (next: string | undefined, tab?: string) => {
      wantsFit.current = next
      change(tab === undefined ? { at: next } : { at: next, tab })
      if (next === undefined && whole) map?.fit(whole)
    },
    [change, map, whole],
  )

  const { layer, place, feature } = selected
  const target = useMemo(() => (feature?.geometry ? boxOf(feature.geometry) : place?.bbox), [feature, place])
  useEffect(() => {
    if (!map || !target || wantsFit.current === undefined || wantsFit.current !== at) return
    wantsFit.current = undefined
    map.fit(target, layer === 'buildings' ? 17.5 : 18)
  }, [map, target, at, layer])
  const fit = useCallback(() => {
    if (target) map?.fit(target)
  }, [map, target])
  return { select, fit }
}
