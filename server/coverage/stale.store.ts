import { TOLD } from '../live/events.store.ts'
import type { Sql } from '../platform/database.ts'

/**
 * Notes since when analyses are stale: the first event that they had not read, of what they read, at or near the place
 * that they are about. An event without a place, or across
 * the antimeridian, counts everywhere. Looks only at events that came since it looked last.
 * `id`: of one alone.
 */
export async function markStale(sql: Sql, id?: string): Promise<void> {
  await sql`
    UPDATE analysis a SET read_event = latest.id, stale_since = (
      SELECT e.at FROM event e
      WHERE e.id > a.read_event AND e.id <= latest.id AND ${sql.unsafe(TOLD)}
        AND CASE e.kind
          WHEN 'walk' THEN 'walks' = ANY(a.reads)
          WHEN 'plan' THEN 'plans' = ANY(a.reads)
          WHEN 'note' THEN false
          ELSE e.layer = ANY(a.reads) AND (a.west IS NULL OR e.west IS NULL OR e.west > e.east
            OR e.west <= a.east AND e.east >= a.west AND e.south <= a.north AND e.north >= a.south) END
      ORDER BY e.id LIMIT 1)
    FROM (SELECT coalesce(max(id), 0) AS id FROM event WHERE ${sql.unsafe(TOLD)}) AS latest
    WHERE a.state = 'done' AND a.stale_since IS NULL AND a.read_event < latest.id
      AND ${id === undefined ? sql`true` : sql`a.id = ${id}`}`
}
