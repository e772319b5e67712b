import { useEffect, useRef, useState } from 'react'
import { boxOf } from '../../map/box-of.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import type { TripsOverlay } from '../../map/trips-overlay.ts'
import { type Scheme, TOKENS } from '../../ui/tokens.ts'
import { headsAt, type Played } from './play-walks.ts'
import { setRunShown } from './run-shown.ts'

/** Walks on the map up to a moment, for as long as they are looked at; brought into view once. */
export function useTrips(map: MapHandle | null, played: Played, second: number, scheme: Scheme): void {
  const [overlay, setOverlay] = useState<TripsOverlay>()
  const look = useRef(scheme)
  look.current = scheme
  useEffect(() => {
    if (!map) return
    let left = false
    let made: TripsOverlay | undefined
    setRunShown(true)
    void import('../../map/trips-overlay.ts').then(({ addTripsOverlay }) => {
      if (left) return
      made = addTripsOverlay(map.map, TOKENS[look.current])
      setOverlay(made)
    })
    return () => {
      left = true
      setOverlay(undefined)
      made?.remove()
      setRunShown(false)
    }
  }, [map])
  useEffect(() => overlay?.restyle(TOKENS[scheme]), [overlay, scheme])
  useEffect(() => overlay?.show(played.trips), [overlay, played])
  useEffect(() => overlay?.showAt(second, headsAt(played, second)), [overlay, played, second])
  const fitted = useRef(false)
  useEffect(() => {
    const coordinates = played.trips.flatMap(({ path }) =>
      path.map(([lng, lat]): [number, number] => [lng, lat]),
    )
    if (!map || coordinates.length === 0 || fitted.current) return
    fitted.current = true
    map.fit(boxOf({ type: 'LineString', coordinates }), 17)
  }, [map, played])
}
