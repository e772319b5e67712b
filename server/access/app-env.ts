import type { Identity } from './identity.ts'

/** What each request carries once `identify` has run. */
export interface AppEnv {
  Variables: {
    identity: Identity
    requestId?: string
    /** Of the client, behind proxies that are trusted. */
    clientAddress?: string
  }
}
