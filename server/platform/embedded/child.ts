// The process in which PGlite runs: it blocks while a statement runs, and may be killed without harm to the server.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { beginCreation, endCreation, inspectFolder, pgdataOf } from './folder.ts'
import { acquireLock, type Lock } from './lock.ts'
import type { ChildMessage, EmbeddedRole } from './open.ts'
import { startRelay } from './relay.ts'

const [folder, role, socketPath, parentPid] = process.argv.slice(2) as [string, EmbeddedRole, string, string]
const send = (message: ChildMessage) => process.connected && process.send?.(message)

// Stopping is the parent's to say: a terminal and a service manager signal the whole group, and answers that are
// being made still need the database. The channel ends however the parent ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

// The default handler would print the line of PGlite that threw: half a megabyte.
process.on('uncaughtException', (error) => {
  console.error(`The embedded database failed: ${error?.stack?.slice(0, 2000) ?? error}`)
  process.exit(70)
})

async function main() {
  inspectFolder(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = await acquireLock(folder, { role, socketPath, parentPid: Number(parentPid) })
  if ('pid' in lock) {
    send({ held: lock })
    process.disconnect()
    return
  }
  // Looked at again: another process may have finished creating it since.
  const isNew = inspectFolder(folder) !== 'complete'
  if (isNew) {
    send({ progress: 'Creating the embedded database (once, about ten seconds)' })
    beginCreation(folder)
  } else send({ progress: 'Opening the embedded database' })
  const db = await openPglite()
  if (isNew) {
    send({ progress: 'Adding PostGIS to it' })
    await db.exec('CREATE EXTENSION IF NOT EXISTS postgis')
    const [row] = (
      await db.query<Record<string, string>>(
        "SELECT current_setting('server_version') AS postgres, postgis_lib_version() AS postgis",
      )
    ).rows
    endCreation(folder, row!)
  }
  await lend(db, lock)
}

const openPglite = () => PGlite.create({ dataDir: pgdataOf(folder), extensions: { postgis } })

async function lend(db: PGlite, lock: Lock) {
  const relay = await startRelay((request) => {
    const answer: Buffer[] = []
    // Runs to its end before it returns; a rejection is a crash of the engine and reaches the handler above.
    void db.execProtocolRawStream(request, {
      syncToFs: false,
      onRawData: (bytes) => void answer.push(Buffer.from(bytes)),
    })
    return answer.length === 1 ? answer[0]! : Buffer.concat(answer)
  }, socketPath)

  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    await relay.close()
    await db.close()
    rmSync(dirname(socketPath), { recursive: true, force: true })
    lock.release()
    process.exit(0)
  }
  process.on('disconnect', close)
  if (!process.connected) return close()
  lock.markReady()
  send({ ready: true })
}

main().catch((error: Error) => {
  send({ failed: error.message })
  process.exitCode = 1
  if (process.connected) process.disconnect()
  setTimeout(() => process.exit(1), 100)
})
