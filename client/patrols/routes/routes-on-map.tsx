import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { getRouteTiles } from '../../api/patrols.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import type { Scheme } from '../../ui/tokens.ts'
import { addRouteOverlay, type RouteOverlay } from './route-overlay.ts'

/** The routes that were handed out, on the map for as long as this is mounted. */
export default function RoutesOnMap({ map, scheme }: { map: MapHandle; scheme: Scheme }) {
  const [overlay, setOverlay] = useState<RouteOverlay>()
  const look = useRef(scheme)
  look.current = scheme
  // Asked anew whenever a plan is told to have changed, and with it the tiles.
  const { dataUpdatedAt } = useQuery({ queryKey: ['patrols', 'routes'], queryFn: getRouteTiles })
  useEffect(() => {
    const made = addRouteOverlay(map.map, look.current)
    setOverlay(made)
    return () => {
      setOverlay(undefined)
      made.remove()
    }
  }, [map])
  useEffect(() => overlay?.restyle(scheme), [overlay, scheme])
  const drawnAt = useRef(dataUpdatedAt)
  useEffect(() => {
    if (drawnAt.current !== 0 && drawnAt.current !== dataUpdatedAt) overlay?.refresh()
    drawnAt.current = dataUpdatedAt
  }, [overlay, dataUpdatedAt])
  return null
}
