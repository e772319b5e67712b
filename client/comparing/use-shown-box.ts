import { useEffect, useState } from 'react'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { MapHandle } from '../map/map-handle.ts'

const SETTLE_MS = 250
/** Of each side: a short move asks for nothing new. */
const MARGIN = 0.15

export interface Shown {
  box: Bbox
  zoom: number
}

/** The box that the map shows, a little widened, once it stands still. */
export function useShownBox({ map }: MapHandle): Shown {
  const [shown, setShown] = useState(() => read(map))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const onMove = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setShown((before) => (covers(before, map) ? before : read(map))), SETTLE_MS)
    }
    map.on('moveend', onMove)
    map.on('resize', onMove)
    return () => {
      clearTimeout(timer)
      map.off('moveend', onMove)
      map.off('resize', onMove)
    }
  }, [map])
  return shown
}

function read(map: MapHandle['map']): Shown {
  const bounds = map.getBounds()
  const [west, south, east, north] = [
    bounds.getWest(),
    bounds.getSouth(),
    bounds.getEast(),
    bounds.getNorth(),
  ]
  const [wide, high] = [(east - west) * MARGIN, (north - south) * MARGIN]
  const box: Bbox = [
    Math.max(-180, west - wide),
    Math.max(-90, south - high),
    Math.min(180, east + wide),
    Math.min(90, north + high),
  ]
  return { box, zoom: map.getZoom() }
}

/** Still inside, and neither so close that less would do nor on the other side of a level. */
function covers({ box, zoom }: Shown, map: MapHandle['map']): boolean {
  if (Math.floor(zoom) !== Math.floor(map.getZoom())) return false
  const bounds = map.getBounds()
  return (
    bounds.getWest() >= box[0] &&
    bounds.getEast() <= box[2] &&
    bounds.getSouth() >= box[1] &&
    bounds.getNorth() <= box[3]
  )
}
