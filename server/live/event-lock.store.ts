import type { TransactionSql } from '../platform/database.ts'

/** Notified, without a payload, when a transaction that wrote events commits. */
export const EVENT_CHANNEL = 'gridward_event'

/**
 * Writes events that live readers are told. The advisory lock is held until commit, so ids follow commit order and a
 * reader that asks for "id > last seen" misses none: last in the transaction.
 */
export async function inEventOrder(tx: TransactionSql, write: () => Promise<unknown>): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtext('gridward_event'))`
  await write()
  await tx`SELECT pg_notify(${EVENT_CHANNEL}, '')`
}
