// Mends postgres.js 3.4.9 where a connection that is lost in mid-transaction takes the process or its pool along:
// a write that was pending throws outside every try, or stops the next connection's first write; and what the lost
// transaction still sends runs in the session that its connection has by then, among another request's statements.
// Restarting PostgreSQL is enough to meet it. Applied after each install; lost-connection.test.ts fails without it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './installed.js'

const CONNECTION = 'src/connection.js'
const INDEX = 'src/index.js'

/** File, the line after which or instead of which, what. Each is found exactly once. */
const CHANGES = [
  // A write that was still to be sent when the socket went away.
  [
    CONNECTION,
    '    const x = socket.write(chunk, fn)\n',
    '    if (socket === null)\n      return chunk = nextWriteTimer = null, true\n    const x = socket.write(chunk, fn)\n',
  ],
  // What is cleared must also be forgotten. A connection's lives are counted, so that a transaction knows its own.
  [
    CONNECTION,
    '    incomings = null\n    clearImmediate(nextWriteTimer)\n',
    '    incomings = null\n    connection.life = (connection.life || 0) + 1\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n',
  ],
  // The error that ended the last session is not the answer to the first query of the next.
  [
    CONNECTION,
    '    if (initial)\n      return reconnect()\n',
    '    if (initial)\n      return query = results = errorResponse = null, reconnect()\n',
  ],
  [
    CONNECTION,
    '    closedTime = performance.now()\n',
    '    query = results = errorResponse = null\n    closedTime = performance.now()\n',
  ],
  // True: the pool keeps the connection among the closed ones.
  [
    CONNECTION,
    "    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
    "    if (socket === null)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
  ],
  // The first query of a connection is nobody's to catch; the connection is made again for the query that waits.
  [CONNECTION, '        return fetchArrayTypes()\n', '        return fetchArrayTypes().catch(() => {})\n'],
  [
    INDEX,
    '      , connection\n      , prepare = null\n',
    '      , connection\n      , life\n      , prepare = null\n',
  ],
  [INDEX, '      connection = c\n', '      connection = c\n      life = c.life\n'],
  [
    INDEX,
    '        q.catch(e => uncaughtError || (uncaughtError = e))\n',
    "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (c.life !== life)\n          return q.reject(Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' }))\n",
  ],
]

/** Changes node_modules/postgres in place; does nothing when that was done. Throws when the text is not as expected. */
export function patchPostgres() {
  // npm runs prepare for a lock file alone, too.
  if (!existsSync(join(root, 'node_modules', 'postgres'))) return
  for (const [name, from, to] of CHANGES) {
    const file = join(root, 'node_modules', 'postgres', name)
    const text = readFileSync(file, 'utf8')
    if (text.includes(to)) continue
    if (text.split(from).length !== 2) {
      throw new Error(
        `postgres is not the 3.4.9 that patch-postgres.js knows (${name}): see whether it is still needed.`,
      )
    }
    writeFileSync(
      file,
      text.replace(from, () => to),
    )
  }
}
