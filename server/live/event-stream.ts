import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { eventMessage, passingMessage } from './event-message.ts'
import { eventsAfter, lastEventId, type OutboxEvent } from './events.store.ts'
import type { Outbox } from './outbox.ts'
import { replayAfter } from './replay-after.ts'
import type { SelectEvents } from './scoped-events.ts'
import { isPushFor } from './wall-events.store.ts'

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
  /** The reader is a wall: it hears what is sent to it, and a beat. */
  wall?: WallReader | undefined
  /** Aborted when the reader goes away. */
  signal: AbortSignal
  /** Asked with each heartbeat: whoever may not read any more, or not the same, is cut off. */
  isStillGood?: (() => Promise<boolean>) | undefined
  heartbeatMs?: number
  bufferBytes?: number
}

export interface WallReader {
  name: string
  beatMs: number
  /** What it is told with each beat; asks nobody. */
  beat(): object
  /** Its first events, which it hears whether or not they came before `after`. */
  inForce: readonly OutboxEvent[]
}

/** What a wall whose token or session is good no longer is told before its stream ends. */
const REFUSED = { code: 'not-signed-in', detail: 'The token or session of this screen is good no longer.' }

/**
 * Server-Sent Events from the outbox: first what was missed, read from the table, then what comes, each once and in
 * order. Ends when the reader goes away, falls too far behind or may not read any more, or the outbox closes. A wall's
 * goes on while the database does not answer: its beats say so.
 */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const {
    sql,
    outbox,
    reach,
    select,
    hearsWalks = false,
    wall,
    signal,
    isStillGood = async () => true,
    heartbeatMs = HEARTBEAT_MS,
    bufferBytes = BUFFER_BYTES,
  } = options
  const encoder = new TextEncoder()
  const isHeard = (event: OutboxEvent) => {
    if (event.kind === 'wall') return wall !== undefined && isPushFor(event, wall.name, Date.now())
    return hearsWalks || event.kind !== 'walk'
  }
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
          const text = selected.filter((event) => event.id > sent).map(eventMessage)
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
        const handedOut = outbox.state().lastId
        // Events that come while the missed ones are read wait until those are written.
        let waiting: (readonly OutboxEvent[])[] | undefined = []
        const unsubscribe = outbox.subscribe((events) => {
          if (waiting) waiting.push(events)
          else writeEvents(events)
        }, end)
        let isAsking = false
        const askWhetherGood = () => {
          if (isAsking) return
          isAsking = true
          isStillGood()
            .then(
              (good) => {
                if (good) return
                if (wall) write(passingMessage('refused', REFUSED))
                end()
              },
              () => wall ?? end(),
            )
            .finally(() => {
              isAsking = false
            })
        }
        const beat = () => wall && write(passingMessage('beat', wall.beat()))
        const heartbeat = setInterval(
          () => {
            if (wall) beat()
            else write(': still here\n\n')
            askWhetherGood()
          },
          wall ? wall.beatMs : heartbeatMs,
        )
        leave = () => {
          unsubscribe()
          clearInterval(heartbeat)
          signal.removeEventListener('abort', end)
        }
        signal.addEventListener('abort', end, { once: true })
        if (signal.aborted) return end()
        write(`retry: ${RETRY_MS}\n\n`)
        beat()
        try {
          let missed = await replayAfter(sql, sent, REPLAY_EVENTS + 1)
          // The answer to somebody who asked earlier: what came between was handed out before this reader listened.
          if (missed.length <= REPLAY_EVENTS && (missed.at(-1)?.id ?? sent) < handedOut)
            missed = await eventsAfter(sql, sent, REPLAY_EVENTS + 1)
          const last = missed.at(-1)?.id ?? (await lastEventId(sql))
          const early = wall?.inForce.filter(({ id }) => id <= sent) ?? []
          if (early.length > 0) write(early.map(withoutId).join(''))
          if (missed.length <= REPLAY_EVENTS && sent <= last) {
            // One that is cut off before its first event comes back for what it missed, too.
            if (missed.length === 0) write(`id: ${sent}\n\n`)
            writeEvents(missed)
          } else {
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

/** What happened before the reader's first event must not become the one that it goes on from. */
const withoutId = (event: OutboxEvent): string => eventMessage(event).replace(/^id: \d+\n/, '')
