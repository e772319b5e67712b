import type { Database } from '../platform/database.ts'
import { EVENT_CHANNEL } from './event-lock.store.ts'
import { eventsAfter, lastEventId, type OutboxEvent } from './events.store.ts'

const POLL_MS = 1000

type Listener = (events: OutboxEvent[]) => void

/** Reads the event table in order and hands new events to subscribers, in every server process. */
export interface Outbox {
  /** `closed` is called when the outbox closes. Returns what ends the subscription. */
  subscribe(listener: Listener, closed?: () => void): () => void
  /** Something was just committed here: read now instead of at the next poll. */
  wake(): void
  /** Resolves once what was committed before the last `wake` has been handed out; at once when nothing is pending. */
  settled(): Promise<void> | undefined
  /** The last event handed out, and how many subscribers are readers, who are told when the outbox closes. */
  state(): OutboxState
  close(): void
}

export interface OutboxState {
  lastId: number
  /** When the last event happened, ISO; null: there is none. */
  lastAt: string | null
  readers: number
  /** When the database answered last, milliseconds since 1970. It is asked every second. */
  answeredAtMs: number
  /** The last question to it failed. */
  hasFailed: boolean
}

/**
 * `wake` makes our own writes immediate. Those of other processes come by NOTIFY on PostgreSQL, and by polling, which
 * also covers an engine without NOTIFY and the time in which the listening connection is down.
 */
export async function startOutbox(
  database: Database,
  failed: (error: unknown) => void = console.error,
): Promise<Outbox> {
  const listeners = new Map<Listener, (() => void) | undefined>()
  let last = await lastEventId(database.sql)
  let lastAt = (await eventsAfter(database.sql, last - 1, 1))[0]?.at ?? null
  let answeredAtMs = Date.now()
  let hasFailed = false
  let reading: Promise<void> | undefined
  let again = false
  let woken = false
  let closed = false

  async function read() {
    try {
      while (again && !closed) {
        again = false
        const events = await eventsAfter(database.sql, last)
        answeredAtMs = Date.now()
        hasFailed = false
        if (events.length === 0) continue
        last = events.at(-1)!.id
        lastAt = events.at(-1)!.at
        for (const listener of listeners.keys()) handOut(listener, events, failed)
        again = true
      }
    } catch {
      hasFailed = true
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
    subscribe(listener, onClose) {
      listeners.set(listener, onClose)
      return () => void listeners.delete(listener)
    },
    wake() {
      woken = true
      readSoon()
    },
    settled: () => (woken ? reading : undefined),
    state: () => ({
      lastId: last,
      lastAt,
      answeredAtMs,
      hasFailed,
      readers: [...listeners.values()].filter((onClose) => onClose !== undefined).length,
    }),
    close() {
      closed = true
      clearInterval(timer)
      for (const onClose of listeners.values()) onClose?.()
      listeners.clear()
    },
  }
}

/** One subscriber's failure is not another's. */
function handOut(listener: Listener, events: OutboxEvent[], failed: (error: unknown) => void): void {
  try {
    listener(events)
  } catch (error) {
    failed(error)
  }
}
