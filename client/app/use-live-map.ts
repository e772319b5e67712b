import { useCallback } from 'react'
import type { LiveEvent } from '../api/types.ts'
import { useLive } from '../live/use-live.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { MODULES } from './registry.ts'

/** Hears of changes from `eventId` on and draws anew what they touch; undefined: not yet, or nothing is told. */
export function useLiveMap(eventId: Parameters<typeof useLive>[0], map: MapHandle | null) {
  return useLive(
    eventId,
    useCallback(
      (event: LiveEvent) => {
        for (const { layer } of MODULES)
          if (!event.layer || event.layer === layer)
            map?.refresh(layer, event.kind === 'put' || event.kind === 'delete' ? event.box : undefined)
      },
      [map],
    ),
  )
}
