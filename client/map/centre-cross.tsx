import { IconFocus2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { MapHandle } from './map-handle.ts'

/** Marks the middle of what the panels leave free: the place that Enter takes where there is no pointer. */
export function CentreCross({ map }: { map: MapHandle }) {
  const [pixel, setPixel] = useState(() => map.map.project(map.visibleCentre()))
  useEffect(() => {
    const place = () => setPixel(map.map.project(map.visibleCentre()))
    place()
    map.map.on('move', place)
    map.map.on('resize', place)
    return () => {
      map.map.off('move', place)
      map.map.off('resize', place)
    }
  }, [map])
  return <IconFocus2 className="gw-cross" style={{ left: pixel.x, top: pixel.y }} aria-hidden="true" />
}
