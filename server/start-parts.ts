import { sweepSessionsHourly } from './access/session.store.ts'
import { createApp } from './app.ts'
import { sweepCasesRegularly } from './cases/sweep-cases.ts'
import { sweepWhistlesRegularly } from './dispatch/sweep-whistles.ts'
import { startOutbox } from './live/outbox.ts'
import { createNetwork } from './network/network.ts'
import { openPhotoStore } from './photos/open-photo-store.ts'
import { sweepPhotosHourly } from './photos/sweep-photos.ts'
import type { Database } from './platform/database.ts'
import type { Env } from './platform/env.ts'
import { createLog } from './platform/log.ts'
import { staticFiles } from './platform/static.ts'
import { sweepPositionsHourly } from './walks/sweep-positions.ts'

/** Wires what a server does over a database that is open and migrated. `end`: nothing of it begins anything new. */
export async function startParts(database: Database, env: Env) {
  const log = createLog(env.logLevel)
  const { sql } = database
  const again = (what: string) => (err: unknown) => log.warn({ err }, `${what} are swept again later`)
  const outbox = await startOutbox(database, (err) => log.error({ err }, 'an event was not passed on'))
  const photos = openPhotoStore(env)
  const deps = { database, outbox, env, photos, log }
  const network = createNetwork(deps)
  const app = createApp(deps, undefined, undefined, network)
  app.route('/', await staticFiles(undefined, env))
  const ends = [
    () => outbox.close(),
    sweepPhotosHourly(sql, photos, again('photos')),
    sweepSessionsHourly(sql),
    sweepCasesRegularly({ sql, outbox }, again('cases')),
    sweepWhistlesRegularly({ database, outbox }, again('whistles')),
    sweepPositionsHourly(sql, network, env, again('positions')),
  ]
  return {
    app,
    end() {
      for (const end of ends) end()
    },
  }
}
