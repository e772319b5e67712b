import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { openEvents } from '../api/events.ts'
import type { LiveEvent } from '../api/types.ts'

const QUIET_MS = 800

export type LiveState = 'connecting' | 'live' | 'lost'

/**
 * Follows the server's events for as long as the page is open: hands each to `onEvent` and, once a burst is over,
 * lets every query ask again. Returns the state of the connection.
 */
export function useLive(onEvent: (event: LiveEvent) => void): LiveState {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const latest = useRef(onEvent)
  latest.current = onEvent

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wasLost = false
    const askAgain = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void queries.invalidateQueries(), QUIET_MS)
    }
    const stream = openEvents(
      (event) => {
        latest.current(event)
        askAgain()
      },
      (next) => {
        setState(next)
        if (next === 'live' && wasLost) askAgain()
        wasLost = next === 'lost'
      },
    )
    return () => {
      clearTimeout(timer)
      stream.close()
    }
  }, [queries])
  return state
}
