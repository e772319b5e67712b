import { useEffect, useRef } from 'react'
import { minuteOfDay } from './format.ts'
import { reloadPage } from './reload-page.ts'

/** After this long without a touch nobody is at work on the wall. */
const IDLE_MS = 60_000
/** Walls of one building do not all ask at once. */
const SPREAD_MS = 20_000
/** Weeks of one page are weeks of the browser's leaks: it begins anew in the small hours. */
const OLD_MS = 20 * 3_600_000
const NIGHTLY_MINUTE = 4 * 60

interface RenewalState {
  /** The server lives and the picture is true: only then is it safe to load anew. */
  isHealthy: boolean
  isNewBuild: boolean
  nowMs: number | undefined
}

/** Loads the page anew for another build on the server, and once a night; while nobody is at work and all is well. */
export function useRenewal({ isHealthy, isNewBuild, nowMs }: RenewalState): void {
  const touchedMs = useRef(Number.NEGATIVE_INFINITY)
  const spreadMs = useRef(Math.random() * SPREAD_MS)
  const wantedMs = useRef<number>(undefined)
  useEffect(() => {
    const touch = () => {
      touchedMs.current = performance.now()
    }
    addEventListener('keydown', touch)
    addEventListener('pointerdown', touch)
    return () => {
      removeEventListener('keydown', touch)
      removeEventListener('pointerdown', touch)
    }
  }, [])
  const running = performance.now()
  const isSmallHours = nowMs !== undefined && minuteOfDay(nowMs) === NIGHTLY_MINUTE
  const isWanted = isNewBuild || (running > OLD_MS && isSmallHours)
  useEffect(() => {
    if (!isWanted) {
      wantedMs.current = undefined
      return
    }
    wantedMs.current ??= running
    const isIdle = running - touchedMs.current > IDLE_MS
    if (isHealthy && isIdle && running - wantedMs.current >= spreadMs.current) {
      wantedMs.current = running
      void reloadPage()
    }
  }, [isWanted, isHealthy, running])
}
