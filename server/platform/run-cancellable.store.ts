import type { Where } from '../features/feature.filter.ts'
import type { Sql } from './database.ts'

const QUERY_CANCELED = '57014'
/** A request to cancel names a connection, not a query: one that comes late stops the query that runs there by then. */
const TRIES = 3

/**
 * Runs a prepared query that only reads; when the signal aborts, the database is told to stop it and the promise
 * rejects. A query that was stopped in place of another is run again.
 */
export async function runCancellable<Row extends object>(
  sql: Sql,
  text: string,
  parameters: Where['parameters'],
  signal: AbortSignal,
): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    const query = sql.unsafe<Row[]>(text, [...parameters], { prepare: true })
    const cancel = () => query.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      const rows = await query
      signal.throwIfAborted()
      return rows
    } catch (error) {
      const isOurs = (error as { code?: unknown }).code !== QUERY_CANCELED || signal.aborted
      if (isOurs || attempt === TRIES) throw error
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}
