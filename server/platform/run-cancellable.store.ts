import type { Where } from '../features/feature.filter.ts'
import type { Sql } from './database.ts'

declare module 'postgres' {
  interface UnsafeQueryOptions {
    /** No other query is sent behind it on its connection (patch-postgres.js): to cancel it stops nothing else. */
    alone?: boolean
  }
}

/** Runs a prepared query that only reads; when the signal aborts, the database is told to stop it and the promise rejects. */
export async function runCancellable<Row extends object>(
  sql: Sql,
  text: string,
  parameters: Where['parameters'],
  signal?: AbortSignal,
): Promise<Row[]> {
  signal?.throwIfAborted()
  const query = sql.unsafe<Row[]>(text, [...parameters], { prepare: true, alone: true })
  const cancel = () => query.cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    const rows = await query
    signal?.throwIfAborted()
    return rows
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}
