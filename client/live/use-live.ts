import { type Query, type QueryFilters, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type EventStream, openEvents } from '../api/events.ts'
import type { LiveEvent } from '../api/types.ts'
import { askAnew } from './ask-anew.ts'
import { askInTurn } from './ask-in-turn.ts'

const GATHER_MS = 600
/** What else stands otherwise once these have changed. */
const FOLLOWS: Record<string, readonly string[]> = {
  'safety-norms': ['premises', 'fire-watch', 'smoke-alarms'],
}
/** What no change of a place touches. */
const APART = new Set<unknown>(['session', 'settings', 'views', 'workflow', 'calendar'])
/** What tells of a case or of the cell that it is in. */
const OF_CASES: readonly LayerId[] = ['hazards', ...CELL_LAYERS]
const isOfCases = ({ kind, layer }: LiveEvent) =>
  kind === 'reset' || (layer !== undefined && OF_CASES.includes(layer))

export type LiveState = 'connecting' | 'live' | 'lost'

/**
 * Follows the server's events for as long as the page is open: hands each to `onEvent` and, at most every 0.6 s,
 * lets every query ask again that it may touch; of plans and walks those of patrols alone, of a register those of that register, and of cases
 * alone those that ask in turn. Returns the state of the connection and a way to try again at once. `eventId` is the last event that what the page loaded first already knows; the stream starts there once it is
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
    const timers = new Map<string, ReturnType<typeof setTimeout>>()
    let wasLost = false
    // One question for a burst of events, and no waiting for a stream that never pauses.
    const gather = (about: string, filters: QueryFilters = {}) => {
      if (timers.has(about)) return
      const ask = () => {
        timers.delete(about)
        askAnew(queries, filters)
      }
      timers.set(about, setTimeout(ask, GATHER_MS))
    }
    const askAgain = () => gather('everything')
    const askPlaces = () => gather('places', { predicate: ({ queryKey: [about] }) => !APART.has(about) })
    const askPatrols = () =>
      gather('patrols', {
        queryKey: ['patrols'],
        predicate: ({ queryKey }) => queryKey[1] !== 'street-parts',
      })
    const askRegister = ({ register = '', campaignId }: LiveEvent) => {
      const isMeant = ({ queryKey: [, id] }: Query) =>
        campaignId === undefined || typeof id !== 'number' || id === campaignId
      for (const key of [register, ...(FOLLOWS[register] ?? [])])
        gather(`${key} ${campaignId ?? ''}`, { queryKey: [key], predicate: isMeant })
    }
    const opened = openEvents(
      after,
      (event) => {
        if (isOfCases(event)) askInTurn(queries)
        // The feature and the map are as they were.
        if (event.kind === 'note') {
          if (event.layer === 'hazards') askAnew(queries, { queryKey: ['cases', 'one', event.featureId] })
          return void askAnew(queries, { queryKey: ['notes', event.layer, event.featureId] })
        }
        // Nothing on the map but what follows from plans, which asks by itself.
        if (event.kind === 'plan' || event.kind === 'walk') return askPatrols()
        if (event.kind === 'campaign') return askRegister(event)
        latest.current(event)
        if (event.kind === 'put' || event.kind === 'delete') askPlaces()
        else askAgain()
      },
      (next) => {
        setState(next)
        if (next === 'live' && wasLost) {
          askAgain()
          askInTurn(queries)
        }
        wasLost = next === 'lost'
      },
    )
    stream.current = opened
    // Back from sleep or a tunnel: do not wait for the browser's next try.
    const hurry = () => opened.retry()
    addEventListener('online', hurry)
    return () => {
      removeEventListener('online', hurry)
      for (const timer of timers.values()) clearTimeout(timer)
      opened.close()
      stream.current = null
    }
  }, [queries, after])
  return { state, retry: useCallback(() => stream.current?.retry(), []) }
}
