import { useCallback, useEffect, useRef, useState } from 'react'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { type Camera, formatCamera, type Insets } from '../map/camera.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { View } from './use-view.ts'

const WRITE_MS = 200

/** Keeps the map's camera and the URL the same, both ways. Also gives the box that can be seen between the panels. */
export function useCameraLink(view: View, map: MapHandle | null, insets: Insets) {
  const { camera, change } = view
  const [box, setBox] = useState<Bbox>()

  // Back and forward bring an older camera; our own writes are already where the map is.
  const written = useRef(camera)
  useEffect(() => {
    if (camera && camera !== written.current) map?.goTo(camera)
    written.current = camera
  }, [map, camera])

  const writing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const onCamera = useCallback(
    (moved: Camera) => {
      clearTimeout(writing.current)
      writing.current = setTimeout(() => {
        written.current = formatCamera(moved)
        change({ map: written.current }, 'replace')
      }, WRITE_MS)
    },
    [change],
  )
  useEffect(() => () => clearTimeout(writing.current), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera and the panels decide what is in view
  useEffect(() => {
    if (map) setBox(map.visibleBox())
  }, [map, camera, insets.left, insets.right, insets.bottom])

  return { box, onCamera }
}
