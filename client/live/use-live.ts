import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type EventStream, openEvents } from '../api/events.ts'
import type { LiveEvent } from '../api/types.ts'
import { askAnew } from './ask-anew.ts'

const GATHER_MS = 600

export type LiveState = 'connecting' | 'live' | 'lost'

/**
 * Follows the server's events for as long as the page is open: hands each to `onEvent` and, at most every 0.6 s,
 * lets every query ask again; of plans and walks those of patrols alone. Returns the state of the connection and a way to try again at
 * once. `eventId` is the last event that what the page loaded first already knows; the stream starts there once it is
 * known, so that nothing falls in between.
 */
export function useLive(
  eventId: number | undefined,
  onEvent: (event: LiveEvent) => void,
): { state: LiveState; retry(): void } {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const stream = useRef<EventStream | null>(null)
  const latest = useRef(onEvent)
  latest.current = onEvent
  // Later ids are heard on the stream itself, which a newer number must not open again.
  const start = useRef(eventId)
  start.current ??= eventId
  const after = start.current

  useEffect(() => {
    if (after === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let patrols: ReturnType<typeof setTimeout> | undefined
    let wasLost = false
    const askAgain = () => {
      // One question for a burst of events, and no waiting for a stream that never pauses.
      timer ??= setTimeout(() => {
        timer = undefined
        askAnew(queries)
      }, GATHER_MS)
    }
    const askPatrols = () => {
      patrols ??= setTimeout(() => {
        patrols = undefined
        askAnew(queries, {
          queryKey: ['patrols'],
          predicate: ({ queryKey }) => queryKey[1] !== 'street-parts',
        })
      }, GATHER_MS)
    }
    const opened = openEvents(
      after,
      (event) => {
        // The feature and the map are as they were.
        if (event.kind === 'note')
          return void askAnew(queries, { queryKey: ['notes', event.layer, event.featureId] })
        // Nothing on the map but what follows from plans, which asks by itself.
        if (event.kind === 'plan' || event.kind === 'walk') return askPatrols()
        latest.current(event)
        askAgain()
      },
      (next) => {
        setState(next)
        if (next === 'live' && wasLost) askAgain()
        wasLost = next === 'lost'
      },
    )
    stream.current = opened
    // Back from sleep or a tunnel: do not wait for the browser's next try.
    const hurry = () => opened.retry()
    addEventListener('online', hurry)
    return () => {
      removeEventListener('online', hurry)
      clearTimeout(timer)
      clearTimeout(patrols)
      opened.close()
      stream.current = null
    }
  }, [queries, after])
  return { state, retry: useCallback(() => stream.current?.retry(), []) }
}
