import { type MapMouseEvent, Marker } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { MapHandle } from '../../map/map-handle.ts'

const DIGITS = 6
const rounded = (degrees: number) => Number(degrees.toFixed(DIGITS))

/** Takes the map's clicks as a place and marks it; the mark can be dragged, and another click moves it, too. */
export function usePin(handle: MapHandle, lngLat: LngLat | undefined, onPlace: (at: LngLat) => void): void {
  const latest = useRef(onPlace)
  latest.current = onPlace
  useEffect(() => {
    const { map } = handle
    const release = handle.takeClicks()
    const take = ({ lngLat: { lng, lat } }: MapMouseEvent) => latest.current([rounded(lng), rounded(lat)])
    map.on('click', take)
    map.getCanvas().style.cursor = 'crosshair'
    return () => {
      map.off('click', take)
      map.getCanvas().style.cursor = ''
      release()
    }
  }, [handle])
  const [lng, lat] = lngLat ?? []
  useEffect(() => {
    if (lng === undefined || lat === undefined) return
    const element = document.createElement('div')
    element.className = 'gw-report-pin'
    const pin = new Marker({ element, draggable: true, anchor: 'center' })
      .setLngLat([lng, lat])
      .addTo(handle.map)
    // It says nothing that the form does not say; keys move the map and take its centre.
    element.setAttribute('aria-hidden', 'true')
    element.removeAttribute('tabindex')
    pin.on('dragend', () => {
      const at = pin.getLngLat()
      latest.current([rounded(at.lng), rounded(at.lat)])
    })
    return () => void pin.remove()
  }, [handle, lng, lat])
}
