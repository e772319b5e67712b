import { type Map as MapLibreMap, Marker } from 'maplibre-gl'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { LngLat } from '../../../geodata/shared/geojson.ts'

interface MapMarkProps {
  map: MapLibreMap
  lngLat: LngLat
  /** What it is, for those who do not see it. */
  label: string
  /** Degrees clockwise from north: it turns with the map. Left out: it stays upright. */
  turn?: number | undefined
  /** Left out: it is no button. */
  onPress?: () => void
  data: Readonly<Record<string, string | undefined>>
  children: ReactNode
}

/** Something of the page at a place on the map. MapLibre owns the element, React what is in it. */
export function MapMark({ map, lngLat, label, turn, onPress, data, children }: MapMarkProps) {
  const isButton = onPress !== undefined
  const [element] = useState(() => document.createElement(isButton ? 'button' : 'div'))
  const marker = useRef<Marker>(undefined)
  const press = useRef(onPress)
  press.current = onPress
  const [lng, lat] = lngLat

  useEffect(() => {
    element.className = 'gw-field-mark'
    element.setAttribute(isButton ? 'type' : 'role', isButton ? 'button' : 'img')
    // Not to the map as well: a press on a stop is no press on what lies beneath.
    const hear = (event: Event) => {
      event.stopPropagation()
      press.current?.()
    }
    if (isButton) element.addEventListener('click', hear)
    const made = new Marker({ element })
    marker.current = made
    return () => {
      element.removeEventListener('click', hear)
      made.remove()
    }
  }, [element, isButton])
  useEffect(() => {
    marker.current
      ?.setLngLat([lng, lat])
      .setRotationAlignment(turn === undefined ? 'viewport' : 'map')
      .setRotation(turn ?? 0)
      .addTo(map)
  }, [map, lng, lat, turn])
  useEffect(() => {
    element.setAttribute('aria-label', label)
    for (const [name, value] of Object.entries(data))
      if (value === undefined) element.removeAttribute(name)
      else element.setAttribute(name, value)
  }, [element, label, data])
  return createPortal(children, element)
}
