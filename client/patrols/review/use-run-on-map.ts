import { useEffect, useRef, useState } from 'react'
import type { Bbox, LngLat } from '../../../geodata/shared/geojson.ts'
import type { Run } from '../../../geodata/walks/run.schema.ts'
import { boxOf } from '../../map/box-of.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import type { Language } from '../../ui/i18n.ts'
import type { Scheme } from '../../ui/tokens.ts'
import { addRunOverlay, type RunOverlay } from './run-overlay.ts'
import { setRunShown } from './run-shown.ts'

/** A walk on the map for as long as it is looked at, brought into view once. */
export function useRunOnMap(
  map: MapHandle | null,
  run: Run | undefined,
  seconds: number,
  { scheme, lang }: { scheme: Scheme; lang: Language },
): void {
  const [overlay, setOverlay] = useState<RunOverlay>()
  const look = useRef(scheme)
  look.current = scheme
  useEffect(() => {
    if (!map) return
    const made = addRunOverlay(map.map, look.current)
    setOverlay(made)
    setRunShown(true)
    return () => {
      setOverlay(undefined)
      made.remove()
      setRunShown(false)
    }
  }, [map])
  useEffect(() => overlay?.restyle(scheme), [overlay, scheme])
  useEffect(() => {
    if (run) overlay?.showRun(run, lang)
  }, [overlay, run, lang])
  useEffect(() => {
    if (run) overlay?.showUntil(run, seconds)
  }, [overlay, run, seconds])
  const fitted = useRef(false)
  useEffect(() => {
    const box = run && boxOfRun(run)
    if (!map || !box || fitted.current) return
    fitted.current = true
    map.fit(box, 17)
  }, [map, run])
}

function boxOfRun({ plannedPath, stops, positions, matched }: Run): Bbox | undefined {
  const places: LngLat[] = [
    ...plannedPath,
    ...stops.map(({ lngLat }) => lngLat),
    ...[...positions, ...matched.flatMap(({ coordinates }) => coordinates)].map(
      ([lng, lat]): LngLat => [lng, lat],
    ),
  ]
  return places.length > 0 ? boxOf({ type: 'LineString', coordinates: places }) : undefined
}
