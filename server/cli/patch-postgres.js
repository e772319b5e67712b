// Mends four lines of postgres.js 3.4.9 where a connection that is lost in mid-transaction takes the process along:
// the pending write of a closed connection is neither dropped nor made safe, so it throws outside every try, or is
// kept and stops the next connection's first write. Restarting PostgreSQL is enough to meet it. Applied after each
// install; tests/integration/lost-connection.test.ts fails without it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './installed.js'

const FILE = join(root, 'node_modules', 'postgres', 'src', 'connection.js')

const CHANGES = [
  // A write that was still to be sent when the socket went away.
  [
    '    const x = socket.write(chunk, fn)\n',
    '    if (socket === null)\n      return chunk = nextWriteTimer = null, true\n    const x = socket.write(chunk, fn)\n',
  ],
  // The first query of a connection is nobody's to catch; the connection is made again for the query that waits.
  ['        return fetchArrayTypes()\n', '        return fetchArrayTypes().catch(() => {})\n'],
  // What was cleared must also be forgotten, or the next write waits for it.
  [
    "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer.cancel()",
    "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer.cancel()",
  ],
  // The rollback of a transaction whose connection is gone. True: the pool keeps it among the closed ones.
  [
    "    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
    "    if (socket === null)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
  ],
]

/** Changes node_modules/postgres in place; does nothing when that was done. Throws when the text is not as expected. */
export function patchPostgres() {
  const before = readFileSync(FILE, 'utf8')
  let text = before
  for (const [from, to] of CHANGES) {
    if (text.includes(to)) continue
    if (!text.includes(from)) {
      throw new Error(
        'postgres is not the version that patch-postgres.js knows (3.4.9): see whether it is still needed.',
      )
    }
    text = text.replace(from, () => to)
  }
  if (text !== before) writeFileSync(FILE, text)
}
