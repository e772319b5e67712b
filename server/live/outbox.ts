import type { Database } from '../platform/database.ts'
import { eventsAfter, type OutboxEvent } from './events.store.ts'

const POLL_MS = 1000

/** Reads the event table in order and hands new events to subscribers, in every server process. */
export interface Outbox {
  subscribe(listener: (events: OutboxEvent[]) => void): () => void
  /** Something was just committed here: read now instead of at the next poll. */
  wake(): void
  close(): void
}

/** Polling covers writes by other processes on both engines; `wake` makes our own immediate. */
export async function startOutbox(database: Database): Promise<Outbox> {
  const listeners = new Set<(events: OutboxEvent[]) => void>()
  const [row] = await database.sql`SELECT coalesce(max(id), 0)::bigint AS last FROM event`
  let last = row!.last as number
  let reading = false
  let again = false
  let closed = false

  async function read() {
    reading = true
    try {
      while (again && !closed) {
        again = false
        const events = await eventsAfter(database.sql, last)
        if (events.length === 0) continue
        last = events.at(-1)!.id
        for (const listener of listeners) listener(events)
        again = true
      }
    } catch {
      // `last` stays where it was; the next poll reads again.
    } finally {
      reading = false
    }
  }
  function wake() {
    again = true
    if (!closed && !reading) void read()
  }
  const timer = setInterval(wake, POLL_MS)
  timer.unref()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    wake,
    close() {
      closed = true
      clearInterval(timer)
    },
  }
}
