import { useEffect, useState } from 'react'

/** What Safari adds: degrees clockwise from magnetic north. */
interface CompassEvent extends DeviceOrientationEvent {
  readonly webkitCompassHeading?: number
}
interface AskingOrientation {
  requestPermission?(): Promise<string>
}

/** Safari asks the user, and only after a press. */
export function askForCompass(): void {
  if (typeof DeviceOrientationEvent === 'undefined') return
  const asking: AskingOrientation = DeviceOrientationEvent as AskingOrientation
  asking.requestPermission?.().catch(() => {})
}

/** Where the top of the phone points: degrees clockwise from north; undefined where there is no compass. */
export function useHeading(isOn: boolean): number | undefined {
  const [heading, setHeading] = useState<number>()
  useEffect(() => {
    if (!isOn) return setHeading(undefined)
    const hear = (event: CompassEvent) => {
      const degrees =
        event.webkitCompassHeading ?? (event.absolute && event.alpha !== null ? 360 - event.alpha : undefined)
      // A step a phone in a hand does not shake below.
      if (degrees !== undefined) setHeading((Math.round(degrees / 5) * 5) % 360)
    }
    addEventListener('deviceorientationabsolute', hear)
    addEventListener('deviceorientation', hear)
    return () => {
      removeEventListener('deviceorientationabsolute', hear)
      removeEventListener('deviceorientation', hear)
    }
  }, [isOn])
  return heading
}
