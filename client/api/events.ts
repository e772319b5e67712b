import { withQuery } from './request.ts'
import type { LiveEvent } from './types.ts'

export interface EventStream {
  /** Connects at once instead of waiting for the next try; nothing happens while the stream is up. */
  retry(): void
  close(): void
}

/** How long to wait after a refusal (a restart behind a proxy, say), on which the browser itself would give up. */
const AGAIN_MS = 5000

/**
 * Opens the server's event stream, from the event `after` on. A lost stream is opened again where it ended, by the
 * browser or here. `onState` hears whether it is up; `onEvent` hears each change.
 */
export function openEvents(
  after: number,
  onEvent: (event: LiveEvent) => void,
  onState: (state: 'connecting' | 'live' | 'lost') => void,
): EventStream {
  let seen = after
  let timer: ReturnType<typeof setTimeout> | undefined
  let source = open()

  function read(message: MessageEvent<string>) {
    onState('live')
    const data = message.data ? (JSON.parse(message.data) as Partial<LiveEvent>) : {}
    const id = Number(message.lastEventId)
    if (Number.isFinite(id) && id > 0) seen = id
    onEvent({ ...data, kind: message.type as LiveEvent['kind'], id })
  }
  function open(): EventSource {
    const made = new EventSource(withQuery('/api/v1/events', { after: seen }))
    made.onopen = () => onState('live')
    made.onerror = () => {
      onState('lost')
      if (made.readyState !== EventSource.CLOSED) return
      clearTimeout(timer)
      timer = setTimeout(reopen, AGAIN_MS)
    }
    for (const type of ['put', 'delete', 'import', 'note', 'plan', 'walk', 'campaign', 'reset'])
      made.addEventListener(type, read as EventListener)
    return made
  }
  function reopen() {
    clearTimeout(timer)
    source.close()
    source = open()
  }
  return {
    retry: () => {
      if (source.readyState !== EventSource.OPEN) reopen()
    },
    close: () => {
      clearTimeout(timer)
      source.close()
    },
  }
}
