import type { LatestEvent } from '../../geodata/history/history.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import {
  EVENT_COLUMNS,
  type EventRow,
  type FeatureEvent,
  OF_FEATURES,
  outboxEvent,
} from '../live/events.store.ts'
import { reachableEvents, type SeenEvent } from '../live/reachable-events.store.ts'
import type { Sql } from '../platform/database.ts'

/** Looked through at once for someone who does not reach everything. */
const CHUNK_EVENTS = 500
/** A page ends after this many chunks, however little was found in them. */
const MOST_CHUNKS = 20

export interface LatestQuery {
  bbox: Bbox | undefined
  limit: number
  /** The last id of the page before. */
  before: number | undefined
}

type Row = FeatureEvent & { nameAfter: string | null; nameBefore: string | null }

/**
 * Who changed what in a box and in reach lately, newest first: edits, deletions and imports. A page may hold fewer than
 * `limit`, or none, and have a next one.
 */
export async function latestEvents(
  sql: Sql,
  reach: Reach,
  { bbox, limit, before }: LatestQuery,
): Promise<{ events: LatestEvent[]; next: number | null }> {
  const found: LatestEvent[] = []
  let last = before
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const wanted = reach === 'everywhere' ? limit + 1 : CHUNK_EVENTS
    const rows = await readEvents(sql, { bbox, limit: wanted, before: last })
    const seen = await reachableEvents(sql, rows, reach)
    found.push(...seen.filter((event) => !bbox || (event.box && meet(event.box, bbox))).map(entry))
    if (found.length > limit) return { events: found.slice(0, limit), next: found[limit - 1]!.id }
    if (rows.length < wanted) return { events: found, next: null }
    last = rows.at(-1)!.id
  }
  return { events: found, next: last ?? null }
}

async function readEvents(sql: Sql, { bbox, limit, before }: LatestQuery): Promise<Row[]> {
  const [west, south, east, north] = bbox ?? [-180, -90, 180, 90]
  const rows = await sql<(EventRow & { name_after: string | null; name_before: string | null })[]>`
    SELECT ${sql.unsafe(EVENT_COLUMNS)},
      coalesce(after->'properties'->>'name', after->'properties'->>'title') AS name_after,
      coalesce(before->'properties'->>'name', before->'properties'->>'title') AS name_before
    FROM event e
    WHERE ${sql.unsafe(OF_FEATURES)} AND id < coalesce(${before ?? null}::bigint, 9223372036854775807)
      AND (${bbox === undefined} OR e.south <= ${north} AND e.north >= ${south} AND CASE WHEN ${west}::float8 <= ${east}::float8
        THEN e.west <= ${east} AND e.east >= ${west} ELSE e.west <= ${east} OR e.east >= ${west} END)
    ORDER BY id DESC LIMIT ${limit}`
  return rows.map((row) => ({
    ...outboxEvent(row),
    nameAfter: row.name_after,
    nameBefore: row.name_before,
  }))
}

function entry({ id, at, kind, layer, featureId, version, actor, box, ...row }: SeenEvent<Row>): LatestEvent {
  const name = { both: row.nameAfter ?? row.nameBefore, after: row.nameAfter, before: row.nameBefore }
  return {
    id,
    at,
    kind,
    layer,
    featureId: featureId ?? null,
    version: version ?? null,
    actor,
    name: name[row.seen],
    bbox: box ?? null,
  }
}

/** The second may cross the antimeridian (west > east). */
const meet = (a: Bbox, [west, south, east, north]: Bbox): boolean =>
  a[1] <= north &&
  a[3] >= south &&
  (west <= east ? a[0] <= east && a[2] >= west : a[0] <= east || a[2] >= west)
