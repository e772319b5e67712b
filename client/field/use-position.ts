import { useEffect, useRef, useState } from 'react'
import type { Position } from './recorder.ts'

export type Fix =
  | { state: 'off' | 'waiting' }
  | { state: 'found'; position: Position }
  | { state: 'insecure' | 'unsupported' | 'denied' | 'unavailable' }

/** Follows the phone while `isOn`, and only then. Browsers give positions to secure pages alone. */
export function usePosition(isOn: boolean, attempt: number, onPosition: (position: Position) => void): Fix {
  const [fix, setFix] = useState<Fix>({ state: 'off' })
  const hear = useRef(onPosition)
  hear.current = onPosition
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the phone again
  useEffect(() => {
    if (!isOn) return setFix({ state: 'off' })
    if (!window.isSecureContext) return setFix({ state: 'insecure' })
    if (!('geolocation' in navigator)) return setFix({ state: 'unsupported' })
    setFix({ state: 'waiting' })
    const watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        const position: Position = {
          lngLat: [coords.longitude, coords.latitude],
          accuracyMetres: coords.accuracy,
          at: timestamp,
          ...(Number.isFinite(coords.heading) ? { courseDegrees: coords.heading! } : {}),
        }
        setFix({ state: 'found', position })
        hear.current(position)
      },
      // A position that was found stays, with its time, while the phone cannot find another.
      ({ code }) =>
        setFix((before) =>
          before.state === 'found' && code !== 1 ? before : { state: code === 1 ? 'denied' : 'unavailable' },
        ),
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 0 },
    )
    return () => navigator.geolocation.clearWatch(watch)
  }, [isOn, attempt])
  return fix
}
