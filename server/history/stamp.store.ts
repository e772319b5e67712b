import type { VersionEntry } from '../../geodata/history/history.schema.ts'
import type { Actor } from '../access/actor.ts'
import type { TransactionSql } from '../platform/database.ts'

/** How a version came to be. A deletion is no version: it is how the last one ended. */
export type How = Exclude<VersionEntry['how'], 'deleted'>

/**
 * Tells the transaction who writes, for the rows it writes and the versions it ends. Call it once the locks are held: what it writes
 * is in force from the first call on, and a writer that waited did so after the one it waited for.
 */
export async function actAs(tx: TransactionSql, actor: Actor, changeSetId = ''): Promise<void> {
  await tx`
    SELECT set_config('gridward.actor', ${actor.name}, true),
      set_config('gridward.person_id', ${actor.personId === undefined ? '' : String(actor.personId)}, true), set_config('gridward.change_set', ${changeSetId}, true),
      set_config('gridward.at', coalesce(nullif(current_setting('gridward.at', true), ''), clock_timestamp()::text), true)`
}

/** What an UPDATE sets beside the new version. Never earlier than the version before, so that two never overlap in time. */
export const stamp = (alias: string, how: How): string =>
  `updated_at = greatest(gridward_now(), ${alias}.updated_at), updated_by = gridward_actor(),
   change_set_id = gridward_change_set(), how = '${how}'`
