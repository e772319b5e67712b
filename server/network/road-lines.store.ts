import type { RoadLine } from '../../geodata/network/walk-graph.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { OF_FEATURES } from '../live/events.store.ts'
import type { Sql } from '../platform/database.ts'

/** Rows that are read, and worked into the network, without a pause. */
const PAGE_ROWS = 2000

export type RoadRow = RoadLine & { version: number }

const COLUMNS = 't.id, t.version, t.walkable, ST_AsGeoJSON(t.geom, 7) AS shape'

function roadOf(row: { id: number; version: number; walkable: boolean; shape: string }): RoadRow {
  const { coordinates } = JSON.parse(row.shape) as { coordinates: LngLat[] }
  return { id: row.id, version: row.version, walkable: row.walkable, coordinates }
}

/** All roads by id, in pages. */
export async function* readRoads(sql: Sql): AsyncGenerator<RoadRow[]> {
  for (let after = 0; ; ) {
    const rows = await sql<{ id: number; version: number; walkable: boolean; shape: string }[]>`
      SELECT ${sql.unsafe(COLUMNS)} FROM road t WHERE t.id > ${after} ORDER BY t.id LIMIT ${PAGE_ROWS}`
    if (rows.length > 0) yield rows.map(roadOf)
    if (rows.length < PAGE_ROWS) return
    after = rows.at(-1)!.id
  }
}

/** Those of the ids that are there, in pages. */
export async function* readRoadsById(sql: Sql, ids: readonly number[]): AsyncGenerator<RoadRow[]> {
  for (let from = 0; from < ids.length; from += PAGE_ROWS) {
    const page = ids.slice(from, from + PAGE_ROWS)
    const rows = await sql<{ id: number; version: number; walkable: boolean; shape: string }[]>`
      SELECT ${sql.unsafe(COLUMNS)} FROM road t WHERE t.id = ANY(${page}::bigint[]) ORDER BY t.id`
    yield rows.map(roadOf)
  }
}

/** Version of every road by its id: what is compared after an import, which tells of no single row. */
export async function readRoadVersions(sql: Sql): Promise<Map<number, number>> {
  const rows = await sql<{ id: number; version: number }[]>`SELECT id, version FROM road`
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** The last event of roads; 0 when there is none. */
export async function lastRoadEvent(sql: Sql): Promise<number> {
  const [row] = await sql<{ last: number }[]>`
    SELECT coalesce(max(id), 0)::bigint AS last FROM event
    WHERE layer = 'roads' AND ${sql.unsafe(OF_FEATURES)}`
  return row!.last
}

/** Which roads events after one tell of; `all` when an import is among them. */
export async function changedRoads(sql: Sql, after: number): Promise<{ ids: number[]; all: boolean }> {
  const rows = await sql<{ kind: string; id: number | null }[]>`
    SELECT DISTINCT kind, feature_id AS id FROM event
    WHERE layer = 'roads' AND kind IN ('put', 'delete', 'import') AND id > ${after}`
  return {
    ids: [...new Set(rows.flatMap(({ id }) => id ?? []))],
    all: rows.some(({ id }) => id === null),
  }
}

/** Ids of the roads in reach; undefined: all. */
export async function reachedRoads(sql: Sql, reach: Reach): Promise<ReadonlySet<number> | undefined> {
  if (reach === 'everywhere') return undefined
  const parameters: (number[] | string)[] = []
  const where = reachClause('roads', reach, (ids) => `$${parameters.push(ids)}`)
  const rows = await sql.unsafe<{ id: number }[]>(`SELECT t.id FROM road t WHERE ${where}`, parameters, {
    prepare: true,
  })
  return new Set(rows.map(({ id }) => id))
}
