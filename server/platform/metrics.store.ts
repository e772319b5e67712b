import { TOLD } from '../live/events.store.ts'
import type { Database } from './database.ts'

export interface DatabaseState {
  /** Connections of this application, by what they do. */
  connections: { state: string; count: number }[]
  /** Events written after the one named, and the age of the first of them. */
  waitingEvents: number
  waitingSeconds: number
}

/** What /metrics tells of the database. */
export async function readDatabaseState({ sql }: Database, lastEventId: number): Promise<DatabaseState> {
  const connections = await sql<DatabaseState['connections']>`
    SELECT coalesce(state, 'unknown') AS state, count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND (application_name = 'gridward' OR pid = pg_backend_pid()) GROUP BY 1`
  const [waiting] = await sql<[{ count: number; seconds: number }]>`
    SELECT count(*)::int AS count, coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::float8 AS seconds
    FROM event WHERE id > ${lastEventId} AND ${sql.unsafe(TOLD)}`
  return { connections: [...connections], waitingEvents: waiting.count, waitingSeconds: waiting.seconds }
}
