import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import type { LngLat } from '../../../geodata/shared/geojson.ts'

interface CameraWishes {
  /** Where the middle of the map is to stay; undefined: where the hand left it. */
  follow: LngLat | undefined
  /** What is to be up, degrees clockwise from north. */
  bearing: number
  /** A hand moved the map. */
  onDrag(): void
}

const NEAR_ZOOM = 17
/** MapLibre leaves it out where motion is to be reduced. */
const EASE_MS = 200

/** Keeps the camera as wished, and lets go as soon as somebody drags the map. */
export function useCamera(map: MapLibreMap | undefined, { follow, bearing, onDrag }: CameraWishes): void {
  const drag = useRef(onDrag)
  drag.current = onDrag
  const [lng, lat] = follow ?? []
  useEffect(() => {
    if (!map) return
    const hear = () => drag.current()
    map.on('dragstart', hear)
    return () => {
      map.off('dragstart', hear)
    }
  }, [map])
  useEffect(() => {
    if (!map) return
    if (lng === undefined || lat === undefined) {
      if (Math.abs(map.getBearing() - bearing) % 360 > 1) map.easeTo({ bearing, duration: EASE_MS })
      return
    }
    map.easeTo({ center: [lng, lat], zoom: Math.max(map.getZoom(), NEAR_ZOOM), bearing, duration: EASE_MS })
  }, [map, lng, lat, bearing])
}
