import { useEffect, useState } from 'react'
import type { LngLat } from '../../geodata/shared/geojson.ts'

export type Location =
  | { state: 'waiting' }
  | { state: 'found'; lngLat: LngLat; accuracyMetres: number; at: Date }
  | { state: 'insecure' | 'unsupported' | 'denied' | 'unavailable' | 'timeout' }

const REASONS = ['unavailable', 'denied', 'unavailable', 'timeout'] as const

/** Follows the device's position until it unmounts. Browsers give positions to secure pages only. */
export function useLocation(attempt: number): Location {
  const [location, setLocation] = useState<Location>({ state: 'waiting' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the device again
  useEffect(() => {
    if (!window.isSecureContext) return setLocation({ state: 'insecure' })
    if (!('geolocation' in navigator)) return setLocation({ state: 'unsupported' })
    setLocation({ state: 'waiting' })
    const watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) =>
        setLocation({
          state: 'found',
          lngLat: [coords.longitude, coords.latitude],
          accuracyMetres: coords.accuracy,
          at: new Date(timestamp),
        }),
      // A position that was found stays, with its time, while the device cannot find another.
      ({ code }) =>
        setLocation((before) =>
          before.state === 'found' && code !== 1 ? before : { state: REASONS[code] ?? 'unavailable' },
        ),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 },
    )
    return () => navigator.geolocation.clearWatch(watch)
  }, [attempt])
  return location
}
