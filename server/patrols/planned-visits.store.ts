import { isoOf } from '../../geodata/patrols/opening-windows.ts'
import type { Sql } from '../platform/database.ts'

/** By checkpoint when it is visited last, milliseconds since 1970. */
export type PlannedVisits = ReadonlyMap<number, number>
export const NO_VISITS: PlannedVisits = new Map()

/**
 * What plans that are not closed and not over yet mean to visit before a shift that begins at `from`. A stop is taken to be
 * visited when its place among the stops of its round says, or when it waits until.
 */
export async function readPlannedVisits(sql: Sql, from: number): Promise<PlannedVisits> {
  const rows = await sql<{ id: number; at: Date }[]>`
    SELECT (s.stop->>'checkpointId')::bigint AS id,
      max(greatest((s.stop->>'notBefore')::timestamptz,
        h.starts + (h.ends - h.starts) * (s.place / (jsonb_array_length(r->'stops') + 1.0)))) AS at
    FROM patrol_plan p, jsonb_array_elements(p.body->'rounds') r,
      LATERAL (SELECT coalesce((r->>'from')::timestamptz, p.starts_at) AS starts,
        coalesce((r->>'to')::timestamptz, p.ends_at) AS ends) h,
      jsonb_array_elements(r->'stops') WITH ORDINALITY s(stop, place)
    WHERE p.state <> 'closed' AND p.ends_at > now() AND p.ends_at <= ${isoOf(from)}::text::timestamptz
      AND s.stop->>'checkpointId' IS NOT NULL
    GROUP BY 1`
  return new Map(rows.map(({ id, at }) => [id, at.getTime()]))
}
