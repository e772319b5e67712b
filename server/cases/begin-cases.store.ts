import type { TransactionSql } from '../platform/database.ts'

/** What a transaction knows of the cases that begin in it, beyond their hazards (migration 0028 reads it). */
export interface Beginning {
  /** officer, desk, hotline, whistle, campaign, … */
  source?: string
  role?: string | undefined
  note?: string
  externalRef?: string
  requestId?: string
  requestHash?: string
  detail?: Record<string, unknown>
  /** When entry 1 is of; ISO. */
  at?: string
  /** That its deadline came of; null: it came with its deadline. */
  limit?: { kind: string; amount: number | null } | null
}

/** More of each of the hazards that the next statement inserts, in the order of their ids. */
interface BeginningOfEach {
  each: readonly Beginning[]
}

/** Adds to what is known, for hazards that this transaction inserts from now on. */
export async function beginAs(tx: TransactionSql, beginning: Beginning | BeginningOfEach): Promise<void> {
  await tx`
    SELECT set_config('gridward.case', (coalesce(nullif(current_setting('gridward.case', true), ''), '{}')::jsonb
      || ${JSON.stringify(beginning)}::text::jsonb)::text, true)`
}

/** The hazards that this transaction inserts from now on bring their whole history: it writes their entries itself. */
export async function bringHistories(tx: TransactionSql): Promise<void> {
  await tx`SELECT set_config('gridward.case', 'given', true)`
}

/** Ends what was said for hazards that this transaction inserts. */
export async function beginAsUsual(tx: TransactionSql): Promise<void> {
  await tx`SELECT set_config('gridward.case', '', true)`
}
