import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '../../server/app.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { openPhotoStore } from '../../server/photos/open-photo-store.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { readEnv } from '../../server/platform/env.ts'
import { createTileService } from '../../server/tiles/tile-service.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'

/** The server in a process of its own, as in production. Arguments: bytes of the tile cache; 0 for none. */
const env = readEnv()
const database = await openDatabase(env, 'server')
const outbox = await startOutbox(database)
const deps = { database, outbox, env, photos: openPhotoStore(env) }
const service = createTileService(deps, Number(process.argv[2]))
const app = createApp(deps, askedBy(ADMINISTRATOR), service)
const server = createAdaptorServer({ fetch: app.fetch })
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send!({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.on('message', async (message) => {
  if (message !== 'stats') return
  await outbox.settled()
  process.send!(service.cache.stats())
})
process.on('disconnect', () => process.exit(0))
