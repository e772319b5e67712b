import { useEffect } from 'react'

/** Keeps the screen from locking itself: a phone that is locked records no way. Where it is refused, nothing changes. */
export function useScreenOn(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let isGone = false
    const ask = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock.request('screen').then(
        (given) => {
          lock = given
          if (isGone) void given.release()
        },
        () => {},
      )
    }
    ask()
    // It is taken away when the page is hidden.
    document.addEventListener('visibilitychange', ask)
    return () => {
      isGone = true
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [isOn])
}
