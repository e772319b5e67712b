import type { Sql } from '../platform/database.ts'

/** Runs a prepared query; when the signal aborts, the database is told to stop it and the promise rejects. */
export async function runCancellable<Row extends object>(
  sql: Sql,
  text: string,
  parameters: readonly number[],
  signal: AbortSignal,
): Promise<Row[]> {
  signal.throwIfAborted()
  const query = sql.unsafe<Row[]>(text, [...parameters], { prepare: true })
  const cancel = () => query.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await query
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
