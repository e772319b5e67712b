import type { IncomingMessage } from 'node:http'
import type { Identity } from './identity.ts'

/** What each request carries once `identify` has run. */
export interface AppEnv {
  /** Empty in tests, which call the app without a socket. */
  Bindings: { incoming?: IncomingMessage }
  Variables: {
    identity: Identity
    requestId?: string
    /** Of the client, behind proxies that are trusted. */
    clientAddress?: string
  }
}
