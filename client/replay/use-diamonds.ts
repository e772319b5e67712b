import { useEffect, useMemo, useRef, useState } from 'react'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import type { DiamondsOverlay } from '../map/diamonds-overlay.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { toastFailed } from '../ui/toast.tsx'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { hazardAt, paintDiamonds, placesOf } from './replay-looks.ts'

/** Hazards on the map as they stand at the second; a click on one is told by its index. */
export function useDiamonds(
  map: MapHandle,
  replay: HazardReplay,
  status: Uint8Array,
  second: number,
  scheme: Scheme,
  onPick: (hazard: number) => void,
): void {
  const [overlay, setOverlay] = useState<DiamondsOverlay>()
  const places = useMemo(() => placesOf(replay), [replay])
  useEffect(() => {
    let made: DiamondsOverlay | undefined
    let left = false
    import('../map/diamonds-overlay.ts').then(({ addDiamondsOverlay }) => {
      if (left) return
      made = addDiamondsOverlay(map.map)
      setOverlay(made)
    }, toastFailed)
    return () => {
      left = true
      setOverlay(undefined)
      made?.remove()
    }
  }, [map])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the second tells that the statuses were written anew
  useEffect(() => {
    overlay?.show(paintDiamonds(places, status, TOKENS[scheme]))
  }, [overlay, places, status, second, scheme])

  const pick = useRef(onPick)
  pick.current = onPick
  useEffect(() => {
    const { map: live } = map
    const at = (event: { point: { x: number; y: number } }) =>
      hazardAt(places, status, (lng, lat) => live.project([lng, lat]), event.point)
    const onClick = (event: { point: { x: number; y: number } }) => {
      const hazard = at(event)
      if (hazard !== undefined) pick.current(hazard)
    }
    const giveBack = map.takeClicks()
    live.on('click', onClick)
    return () => {
      live.off('click', onClick)
      giveBack()
    }
  }, [map, places, status])
}
