import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import type { ChildMessage } from './open.ts'

const send = (message: ChildMessage) => process.send?.(message)
const folder = process.argv[2]!

const db = await PGlite.create({ dataDir: join(folder, 'pgdata'), extensions: { postgis } })
// The folder is readable by its owner alone, and its path stays under the 107 bytes a socket path may have.
const socketFolder = mkdtempSync(join(tmpdir(), 'gridward-'))
const socketPath = join(socketFolder, '.s.PGSQL.5432')
const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections: 100 })
await server.start()

let closing = false
async function close() {
  if (closing) return
  closing = true
  await server.stop()
  await db.close()
  await rm(socketFolder, { recursive: true, force: true })
  process.exit(0)
}
process.on('disconnect', close)
process.on('SIGTERM', close)
process.on('SIGINT', () => {})
send({ ready: socketPath })
