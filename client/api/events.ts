import { withQuery } from './request.ts'
import type { LiveEvent } from './types.ts'

export interface EventStream {
  close(): void
}

/**
 * Opens the server's event stream, from the event `after` on. The browser reconnects by itself and resumes with
 * Last-Event-ID. `onState` hears whether the stream is up; `onEvent` hears each change.
 */
export function openEvents(
  after: number,
  onEvent: (event: LiveEvent) => void,
  onState: (state: 'connecting' | 'live' | 'lost') => void,
): EventStream {
  const source = new EventSource(withQuery('/api/v1/events', { after }))
  source.onopen = () => onState('live')
  source.onerror = () => onState('lost')
  const read = (message: MessageEvent<string>) => {
    onState('live')
    const data = message.data ? (JSON.parse(message.data) as Partial<LiveEvent>) : {}
    onEvent({ ...data, kind: message.type as LiveEvent['kind'], id: Number(message.lastEventId) })
  }
  for (const type of ['put', 'delete', 'import', 'note', 'reset'])
    source.addEventListener(type, read as EventListener)
  return { close: () => source.close() }
}
