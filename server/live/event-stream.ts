import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { eventsAfter, type FeatureEvent, lastEventId, type OutboxEvent } from './events.store.ts'
import type { Outbox } from './outbox.ts'
import type { PatrolEvent } from './patrol-events.store.ts'
import type { SelectEvents } from './scoped-events.ts'

const HEARTBEAT_MS = 15_000
const RETRY_MS = 3000
/** A reader that is this many bytes behind is cut off; it comes back with its last id and reads from the table. */
const BUFFER_BYTES = 256 * 1024
/** A reader that missed more than this is told to load again instead. As many fit into the buffer. */
const REPLAY_EVENTS = 1000

export interface EventStreamOptions {
  sql: Sql
  outbox: Outbox
  /** Only events with a larger id are sent. Beyond the last id: the reader knows another database, and gets a reset. */
  after: number
  /** Only what concerns it is told. */
  reach: Reach
  select: SelectEvents
  /** Where people walk is for those who may see it. */
  hearsWalks?: boolean
  /** Aborted when the reader goes away. */
  signal: AbortSignal
  /** Asked with each heartbeat: whoever may not read any more, or not the same, is cut off. */
  isStillGood?: (() => Promise<boolean>) | undefined
  heartbeatMs?: number
  bufferBytes?: number
}

/**
 * Server-Sent Events from the outbox: first what was missed, read from the table, then what comes, each once and in
 * order. Ends when the reader goes away, falls too far behind or may not read any more, or the outbox closes.
 */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const {
    sql,
    outbox,
    reach,
    select,
    hearsWalks = false,
    signal,
    isStillGood = async () => true,
    heartbeatMs = HEARTBEAT_MS,
    bufferBytes = BUFFER_BYTES,
  } = options
  const encoder = new TextEncoder()
  const isHeard = ({ kind }: OutboxEvent) => hearsWalks || kind !== 'walk'
  let sent = options.after
  let ended = false
  let leave = () => {}
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const end = () => {
          if (ended) return
          ended = true
          leave()
          controller.close()
        }
        const write = (text: string) => {
          if (ended) return
          const bytes = encoder.encode(text)
          if ((controller.desiredSize ?? 0) < bytes.length) return end()
          controller.enqueue(bytes)
        }
        const writeSelected = (events: readonly OutboxEvent[], selected: readonly OutboxEvent[]) => {
          const last = events.at(-1)?.id
          if (last === undefined || last <= sent) return
          const text = selected.filter((event) => event.id > sent).map(message)
          // An id alone is no event to a reader, but where it goes on from when it comes back.
          if (selected.at(-1)?.id !== last) text.push(`id: ${last}\n\n`)
          sent = last
          write(text.join(''))
        }
        let turn = Promise.resolve()
        const writeEvents = (events: readonly OutboxEvent[]) => {
          if (reach === 'everywhere') return writeSelected(events, events.filter(isHeard))
          turn = turn
            .then(async () => writeSelected(events, (await select(events, reach)).filter(isHeard)))
            .catch(end)
        }
        // Events that come while the missed ones are read wait until those are written.
        let waiting: (readonly OutboxEvent[])[] | undefined = []
        const unsubscribe = outbox.subscribe((events) => {
          if (waiting) waiting.push(events)
          else writeEvents(events)
        }, end)
        const heartbeat = setInterval(() => {
          write(': still here\n\n')
          isStillGood().then((good) => good || end(), end)
        }, heartbeatMs)
        leave = () => {
          unsubscribe()
          clearInterval(heartbeat)
          signal.removeEventListener('abort', end)
        }
        signal.addEventListener('abort', end, { once: true })
        if (signal.aborted) return end()
        write(`retry: ${RETRY_MS}\n\n`)
        try {
          const missed = await eventsAfter(sql, sent, REPLAY_EVENTS + 1)
          const last = missed.at(-1)?.id ?? (await lastEventId(sql))
          if (missed.length <= REPLAY_EVENTS && sent <= last) writeEvents(missed)
          else {
            sent = await lastEventId(sql)
            write(`id: ${sent}\nevent: reset\ndata: {}\n\n`)
          }
          const late = waiting
          waiting = undefined
          for (const events of late) writeEvents(events)
        } catch {
          end()
        }
      },
      cancel() {
        ended = true
        leave()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bufferBytes }),
  )
}

/** One event on the wire. JSON has no line breaks, which would end the data. */
function message(event: OutboxEvent): string {
  const data = 'told' in event ? patrolData(event) : featureData(event)
  return `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(data)}\n\n`
}

const featureData = ({ layer, featureId, version, box }: FeatureEvent) => ({
  layer,
  featureId,
  version,
  box,
})
const patrolData = ({ version, told: { planId, runId, change } }: PatrolEvent) => ({
  planId,
  runId,
  version,
  change,
})
