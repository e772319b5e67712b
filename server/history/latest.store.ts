import type { LatestEvent } from '../../geodata/history/history.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { OF_FEATURES } from '../live/events.store.ts'
import type { Sql } from '../platform/database.ts'

/** Who changed what in a box lately, newest first: edits, deletions and imports. `before` is the last id of the page before. */
export async function latestEvents(
  sql: Sql,
  { bbox, limit, before }: { bbox: Bbox | undefined; limit: number; before: number | undefined },
): Promise<{ events: LatestEvent[]; next: number | null }> {
  const [west, south, east, north] = bbox ?? [-180, -90, 180, 90]
  const rows = await sql<(Omit<LatestEvent, 'at'> & { at: Date })[]>`
    SELECT id, at, kind, layer, feature_id AS "featureId", version, actor,
      coalesce(after->'properties'->>'name', before->'properties'->>'name', after->'properties'->>'title') AS name,
      CASE WHEN west IS NOT NULL THEN ARRAY[west, south, east, north] END AS bbox
    FROM event e
    WHERE ${sql.unsafe(OF_FEATURES)} AND id < coalesce(${before ?? null}::bigint, 9223372036854775807)
      AND (${bbox === undefined} OR e.south <= ${north} AND e.north >= ${south} AND CASE WHEN ${west}::float8 <= ${east}::float8
        THEN e.west <= ${east} AND e.east >= ${west} ELSE e.west <= ${east} OR e.east >= ${west} END)
    ORDER BY id DESC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  return {
    events: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    next: rows.length > limit ? page.at(-1)!.id : null,
  }
}
