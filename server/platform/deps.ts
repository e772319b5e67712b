import type { Outbox } from '../live/outbox.ts'
import type { PhotoStore } from '../photos/photo-store.ts'
import type { Database } from './database.ts'
import type { Env } from './env.ts'
import type { Log } from './log.ts'

/** Everything a module may use; made once in main.ts, and by tests. */
export interface Deps {
  database: Database
  outbox: Outbox
  env: Env
  photos: PhotoStore
  /** undefined: one to standard error, as the environment says */
  log?: Log
  /** When it is, where tests decide that; undefined: as the database’s clock says */
  now?: () => Date
}
