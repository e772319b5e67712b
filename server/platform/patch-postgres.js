// Mends postgres.js 3.4.9 where a connection that is lost in mid-transaction takes the process or its pool along:
// a write that was pending throws outside every try, or stops the next connection's first write; and what the lost
// transaction still sends runs in the session that its connection has by then, among another request's statements.
// Restarting PostgreSQL is enough to meet it. And where a cancelled query gives the queries sent after it on the same
// connection each other's answers, as does one with a parameter that cannot be written (undefined, no date), or where a
// request to cancel that comes late stops the query that its connection has by then.
// lost-connection.test.ts, database-cancel.test.ts and database.test.ts fail without it.
// Plain Node, because it is applied before and after anything is installed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../../node_modules/postgres/', import.meta.url))

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
  // What was sent between the socket's error and its end would take the answers of the next session's first queries.
  [CONNECTION, '    !hadError && (query || sent.length) && error(', '    ;(query || sent.length) && error('],
  // True: the pool keeps the connection among the closed ones.
  [
    CONNECTION,
    "    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
    "    if (socket === null)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
  ],
  // The first query of a connection is nobody's to catch; the connection is made again for the query that waits.
  [CONNECTION, '        return fetchArrayTypes()\n', '        return fetchArrayTypes().catch(() => {})\n'],
  // A query that was sent is answered, cancelled or not: dropping it would shift every later answer by one.
  [
    CONNECTION,
    '    while (sent.length && (query = sent.shift()) && (query.active = true, query.cancelled))\n      Connection(options)',
    '    if (sent.length && (query = sent.shift()) && (query.active = true, query.cancelled))\n      Connection(options)',
  ],
  // Cancelled while the connection was made for it: the connection is free, not waiting for its answer for ever.
  [
    CONNECTION,
    '      initial && !initial.reserve && execute(initial)\n      options.shared.retries = retries = 0\n      initial = null\n      return\n',
    '      const cancelled = initial && initial.cancelled\n      initial && !initial.reserve && execute(initial)\n      options.shared.retries = retries = 0\n      initial = null\n      if (!cancelled)\n        return\n',
  ],
  // A parameter that cannot be written is its own query's failure: nothing of it was sent, so no answer is kept for it.
  [
    CONNECTION,
    '    } catch (error) {\n      sent.length === 0 && write(Sync)\n      errored(error)\n      return true\n',
    '    } catch (error) {\n      if (query !== q)\n        return sent.remove(q), queryError(q, error), true\n      write(Sync)\n      errored(error)\n      return true\n',
  ],
  [CONNECTION, '    if (q.cancelled)\n      return\n', '    if (q.cancelled)\n      return true\n'],
  // Cancelling is a wish: nobody waits for its outcome, so a failure would end the process as an unhandled rejection.
  [
    CONNECTION,
    "      socket.once('error', reject)\n      socket.once('close', resolve)\n    } catch (error) {\n      reject(error)\n",
    "      socket.once('error', resolve)\n      socket.once('close', resolve)\n    } catch (error) {\n      resolve()\n",
  ],
  // A request to cancel names a connection, not a query, and takes its time: until it is over the connection is given
  // nothing else to do, or another's statement would be stopped. A query that is `alone` has none sent behind it.
  [
    CONNECTION,
    '  async function cancel({ pid, secret }, resolve, reject) {\n',
    '  async function cancel(state, resolved, reject) {\n    const { pid, secret } = state\n    let resolve\n    state.cancelling = new Promise(over => resolve = x => (over(), resolved(x)))\n',
  ],
  [CONNECTION, '        && !q.cursorFn\n', '        && !q.cursorFn\n        && !q.options.alone\n'],
  [
    CONNECTION,
    '      return // Consider opening if able and sent.length < 50\n',
    '      return // Consider opening if able and sent.length < 50\n\n    const { cancelling } = backend\n    if (cancelling) {\n      const { life } = connection\n      return cancelling.then(() => {\n        if (backend.cancelling === cancelling)\n          backend.cancelling = null\n        !terminated && connection.life === life && ReadyForQuery(x)\n      })\n    }\n',
  ],
  [
    CONNECTION,
    '    hadError && options.shared.retries++\n',
    '    backend.cancelling = null\n    hadError && options.shared.retries++\n',
  ],
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

const read = (name) => readFileSync(PACKAGE + name, 'utf8')

/** Changes node_modules/postgres in place; does nothing when that was done. Throws when the text is not as expected. */
export function patchPostgres() {
  // npm runs prepare for a lock file alone, too.
  if (!existsSync(PACKAGE)) return
  for (const [name, from, to] of CHANGES) {
    const text = read(name)
    if (text.includes(to)) continue
    if (text.split(from).length !== 2) {
      throw new Error(
        `postgres is not the 3.4.9 that patch-postgres.js knows (${name}): see whether it is still needed.`,
      )
    }
    writeFileSync(
      PACKAGE + name,
      text.replace(from, () => to),
    )
  }
}

/** Whether every change is there; reads two small files. */
export function isPostgresPatched() {
  const texts = { [CONNECTION]: read(CONNECTION), [INDEX]: read(INDEX) }
  return CHANGES.every(([name, , to]) => texts[name].includes(to))
}
