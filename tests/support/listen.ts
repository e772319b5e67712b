import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '../../server/app.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import type { Deps } from '../../server/platform/deps.ts'
import { ADMINISTRATOR, askedBy } from './administrator.ts'

export interface Listening {
  port: number
  url: string
  /** Cuts every connection, as a process does that is killed. */
  kill(): Promise<void>
}

/** A server with an outbox of its own on a database, asked by an administrator. Port 0: a free one. */
export async function listen(deps: Deps, port = 0): Promise<Listening> {
  const outbox = await startOutbox(deps.database)
  const app = createApp({ ...deps, outbox }, askedBy(ADMINISTRATOR))
  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: given } = server.address() as AddressInfo
  return {
    port: given,
    url: `http://127.0.0.1:${given}`,
    async kill() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      outbox.close()
      await closed
    },
  }
}
