import { useCallback, useRef } from 'react'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { getCellsAt } from '../api/places.ts'
import type { Picked } from '../map/interactions.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { View } from './use-view.ts'

const DOUBLE_CLICK_MS = 700

/**
 * A click chooses what lies there; a double click goes one level down at that place, or closer where no level is
 * left. The two clicks of a double click choose something on their way, so it starts from what was chosen before them.
 */
export function useDrill(view: View, map: MapHandle | null, select: (at: string) => void) {
  const { at, change } = view
  const beforeClicks = useRef<{ at: string | undefined; when: number }>({ at: undefined, when: 0 })
  const drill = useCallback(
    async (lngLat: LngLat) => {
      const { at: before, when } = beforeClicks.current
      const from = performance.now() - when < DOUBLE_CLICK_MS ? before : at
      const { community, grid, microGrid } = await getCellsAt(lngLat)
      const next = [community, grid, microGrid].find((cell) => cell && !from?.startsWith(cell.code))
      if (next) select(next.code)
      else map?.zoomBy(1)
    },
    [map, at, select],
  )
  const pick = useCallback(
    (picked: Picked | null) => {
      const now = performance.now()
      if (now - beforeClicks.current.when > DOUBLE_CLICK_MS) beforeClicks.current = { at, when: now }
      const next = picked ? (picked.code ?? `${picked.layer}/${picked.id}`) : undefined
      if (next !== at) change({ at: next })
    },
    [change, at],
  )
  return { drill, pick }
}
