import { useEffect, useState } from 'react'

/** Whether this page has the phone's record to itself: two would record the same way twice. Waits for its turn. */
export function useOnlyPage(person: number): boolean {
  const [isOnly, setOnly] = useState(!navigator.locks)
  useEffect(() => {
    // Over plain HTTP there are no locks; there, two tabs are the user's to keep apart.
    if (!navigator.locks) return
    const gone = new AbortController()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    navigator.locks
      .request(`gridward-field-${person}`, { signal: gone.signal }, () => {
        if (gone.signal.aborted) return
        setOnly(true)
        return held
      })
      .catch(() => {})
    return () => {
      gone.abort()
      release()
      setOnly(false)
    }
  }, [person])
  return isOnly
}
