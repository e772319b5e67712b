import { useEffect, useRef, useState } from 'react'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { drawArea } from './draw-area.ts'
import type { MapHandle } from './map-handle.ts'

export interface AreaDrawing extends ReturnType<typeof drawArea> {
  /** Corners so far. */
  count: number
}

/** An area that is being drawn on the map, given up when whoever asked for it goes; `onRing` is told its corners once. */
export function useDrawArea(map: MapHandle | null, scheme: Scheme, onRing: (ring: LngLat[]) => void) {
  const [drawing, setDrawing] = useState<AreaDrawing>()
  const latest = useRef(onRing)
  latest.current = onRing
  const cancel = useRef<() => void>(undefined)
  cancel.current = drawing?.cancel
  useEffect(() => () => cancel.current?.(), [])
  function draw() {
    if (!map) return
    const begun = drawArea(map, TOKENS[scheme], {
      onCount: (count) => setDrawing((now) => now && { ...now, count }),
      onEnd(ring) {
        setDrawing(undefined)
        if (ring) latest.current(ring)
      },
    })
    setDrawing({ count: 0, ...begun })
    map.focus()
  }
  return { drawing, draw }
}
