import type { Database } from '../platform/database.ts'
import { EVENT_CHANNEL, eventsAfter, type OutboxEvent } from './events.store.ts'

const POLL_MS = 1000

/** Reads the event table in order and hands new events to subscribers, in every server process. */
export interface Outbox {
  subscribe(listener: (events: OutboxEvent[]) => void): () => void
  /** Something was just committed here: read now instead of at the next poll. */
  wake(): void
  /** Resolves once what was committed before the last `wake` has been handed out; at once when nothing is pending. */
  settled(): Promise<void> | undefined
  close(): void
}

/**
 * `wake` makes our own writes immediate. Those of other processes come by NOTIFY on PostgreSQL, and by polling, which
 * also covers an engine without NOTIFY and the time in which the listening connection is down.
 */
export async function startOutbox(database: Database): Promise<Outbox> {
  const listeners = new Set<(events: OutboxEvent[]) => void>()
  const [row] = await database.sql`SELECT coalesce(max(id), 0)::bigint AS last FROM event`
  let last = row!.last as number
  let reading: Promise<void> | undefined
  let again = false
  let woken = false
  let closed = false

  async function read() {
    try {
      while (again && !closed) {
        again = false
        const events = await eventsAfter(database.sql, last)
        if (events.length === 0) continue
        last = events.at(-1)!.id
        for (const listener of listeners) handOut(listener, events)
        again = true
      }
    } catch {
      // `last` stays where it was; the next poll reads again.
    } finally {
      reading = undefined
      woken = false
    }
  }
  function readSoon() {
    again = true
    if (!closed) reading ??= read()
  }
  const timer = setInterval(readSoon, POLL_MS)
  timer.unref()
  if (database.engine === 'postgres') {
    database.sql.listen(EVENT_CHANNEL, readSoon, readSoon).catch(() => {
      // Polling goes on.
    })
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    wake() {
      woken = true
      readSoon()
    },
    settled: () => (woken ? reading : undefined),
    close() {
      closed = true
      clearInterval(timer)
    },
  }
}

/** One subscriber's failure is not another's. */
function handOut(listener: (events: OutboxEvent[]) => void, events: OutboxEvent[]): void {
  try {
    listener(events)
  } catch (error) {
    console.error(error)
  }
}
