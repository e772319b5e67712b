import type { IncomingMessage } from 'node:http'
import type { Turns } from '../platform/turns.ts'
import type { Identity } from './identity.ts'

/** What each request carries once `identify` has run. */
export interface AppEnv {
  /** Empty in tests, which call the app without a socket. */
  Bindings: { incoming?: IncomingMessage }
  Variables: {
    identity: Identity
    /** Whether the same request would be answered to the same person now: for answers that last. */
    isStillGood?: () => Promise<boolean>
    requestId?: string
    /** Of the client, behind proxies that are trusted. */
    clientAddress?: string
    /** How long a route without a limit of its own may take. */
    requestSeconds?: number
    /** Aborted when that is over; made when a handler asks for it (signalOf). */
    deadline?: AbortController
    turns?: Turns
  }
}
