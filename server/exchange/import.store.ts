import type { ImportBatch, ImportReport } from '../../geodata/exchange/import-report.schema.ts'
import type { KnownCommunities } from '../../geodata/exchange/number-communities.ts'
import { CODE_LENGTH, type CodedLayer } from '../../geodata/shared/codes.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { inputJson } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { NewEvent } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

export type NewBatch = Pick<
  ImportReport,
  'kind' | 'fileName' | 'fileSha256' | 'source' | 'attribution' | 'licence'
>

/** Waits for another import, or the making of the demo area, to end: two at once would create the same features. */
export async function lockImports(tx: TransactionSql): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtext('gridward_import'))`
}

export async function createBatch(tx: TransactionSql, batch: NewBatch): Promise<number> {
  await lockImports(tx)
  const [row] = await tx<[{ id: number }]>`
    INSERT INTO import_batch (kind, file_name, file_sha256, source, attribution, licence)
    VALUES (${batch.kind}, ${batch.fileName}, ${batch.fileSha256}, ${batch.source}, ${batch.attribution}, ${batch.licence})
    RETURNING id`
  return row.id
}

/** Stores the report, and what is known after the last feature: the rights, and whether all of it is demo data. */
export async function finishBatch(
  tx: TransactionSql,
  id: number,
  report: ImportReport,
  demo: boolean,
): Promise<void> {
  await tx`
    UPDATE import_batch SET report = ${tx.json(report as never)}, attribution = ${report.attribution},
      licence = ${report.licence}, kind = ${demo ? 'demo' : report.kind}
    WHERE id = ${id}`
}

/** The newest 200. */
export async function listBatches(sql: Sql): Promise<ImportBatch[]> {
  const rows = await sql`
    SELECT id, created_at, kind, file_name, source, attribution, licence FROM import_batch ORDER BY id DESC LIMIT 200`
  return rows.map(listed)
}

/** Throws not-found. The report of a demo batch is the demo's own. */
export async function getBatch(sql: Sql, id: number): Promise<ImportBatch & { report: unknown }> {
  const [row] = await sql`SELECT * FROM import_batch WHERE id = ${id}`
  if (!row) throw new Problem('not-found', `There is no import ${id}.`)
  return { ...listed(row), report: row.report }
}

const listed = (row: Record<string, unknown>): ImportBatch => ({
  id: row.id as number,
  createdAt: (row.created_at as Date).toISOString(),
  kind: row.kind as string,
  fileName: row.file_name as string | null,
  source: row.source as string,
  attribution: row.attribution as string | null,
  licence: row.licence as string | null,
})

/** Source ids of the rows that have these codes. */
export async function sourceIdsOfCodes(
  tx: TransactionSql,
  layer: CodedLayer,
  codes: string[],
): Promise<Map<string, string>> {
  const rows = await tx<{ code: string; source_id: string }[]>`
    SELECT code, source_id FROM ${tx(tableOf(layer))} WHERE code = ANY(${codes}::text[])`
  return new Map(rows.map((row) => [row.code, row.source_id]))
}

/** Which of these source ids a layer has. */
export async function knownSourceIds(
  tx: TransactionSql,
  layer: CodedLayer,
  sourceIds: string[],
): Promise<Set<string>> {
  const rows = await tx<{ source_id: string }[]>`
    SELECT source_id FROM ${tx(tableOf(layer))} WHERE source_id = ANY(${sourceIds}::text[])`
  return new Set(rows.map((row) => row.source_id))
}

/** Codes of buildings by source id. */
export async function codesOfBuildings(
  tx: TransactionSql,
  sourceIds: string[],
): Promise<Map<string, string | null>> {
  const rows = await tx<{ source_id: string; code: string | null }[]>`
    SELECT source_id, code FROM building WHERE source_id = ANY(${sourceIds}::text[])`
  return new Map(rows.map((row) => [row.source_id, row.code]))
}

/** Communities that were imported before, and the codes taken under a prefix of nine digits. */
export async function knownCommunities(
  tx: TransactionSql,
  sourceIds: string[],
  prefix: string | undefined,
): Promise<KnownCommunities> {
  const known = await tx<{ source_id: string; code: string }[]>`
    SELECT source_id, code FROM community WHERE source_id = ANY(${sourceIds}::text[])`
  const length = CODE_LENGTH.communities
  const taken = prefix
    ? await tx<{ code: string }[]>`
        SELECT code FROM community WHERE code BETWEEN ${prefix.padEnd(length, '0')} AND ${prefix.padEnd(length, '9')}`
    : []
  return {
    codes: new Map(known.map((row) => [row.source_id, row.code])),
    taken: new Set(taken.map((row) => row.code)),
  }
}

/**
 * Removes segments of ways that the file has but cuts otherwise, or no longer as a road, and returns their events. Segments
 * that were edited here are kept. `current` are the segments of the file.
 */
export async function removeStaleSegments(
  tx: TransactionSql,
  wayIds: Float64Array,
  current: string[],
  batchId: number,
): Promise<NewEvent[]> {
  // Compared here, not in SQL: the planner takes long lists of texts for a few and loops over them.
  const ways = new Set(Array.from(wayIds, (id) => `osm:way/${id}`))
  const kept = new Set(current)
  const known = await tx<{ id: number; source_id: string }[]>`
    SELECT id, source_id FROM road WHERE source_id LIKE 'osm:way/%#%' AND version = source_version`
  const stale = known
    .filter(({ source_id }) => ways.has(source_id.slice(0, source_id.indexOf('#'))) && !kept.has(source_id))
    .map(({ id }) => id)
  if (stale.length === 0) return []
  const removed = await tx<{ id: number; version: number; box: Bbox; before: unknown }[]>`
    -- Compared again: a segment may have been edited since it was read.
    DELETE FROM road t WHERE t.id = ANY(${stale}::bigint[]) AND t.version = t.source_version
    RETURNING t.id, t.version, ARRAY[ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)] AS box,
      ${tx.unsafe(inputJson('roads', 't'))} AS before`
  return removed.map((row) => ({
    kind: 'delete',
    layer: 'roads',
    featureId: row.id,
    version: row.version,
    batchId,
    box: row.box,
    before: row.before,
  }))
}

/** How many OSM rows of a layer lie in the box of the file's features without being in the file. */
export async function countNotInFile(
  tx: TransactionSql,
  layer: LayerId,
  sourceIds: string[],
  [west, south, east, north]: Bbox,
): Promise<number> {
  const rows = await tx<{ source_id: string }[]>`
    SELECT source_id FROM ${tx(tableOf(layer))} t
    WHERE t.source_id LIKE 'osm:%' AND t.geom && ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326)`
  const given = new Set(sourceIds)
  return rows.filter((row) => !given.has(row.source_id)).length
}

/** Pairs of communities, of which one at least is of this batch, that share more than a square metre. */
export async function overlappingCommunities(
  tx: TransactionSql,
  batchId: number,
): Promise<ImportReport['overlappingCommunities']> {
  return tx<ImportReport['overlappingCommunities']>`
    SELECT * FROM (
      SELECT a.code || ' ' || a.name AS first, b.code || ' ' || b.name AS second,
        round(ST_Area(ST_Intersection(a.geom, b.geom, 1e-9)::geography)::numeric, 1)::float8 AS "squareMetres"
      FROM community a JOIN community b ON a.code < b.code AND ST_Intersects(a.geom, b.geom)
      WHERE ${batchId} IN (a.batch_id, b.batch_id)
    ) pair WHERE "squareMetres" > 1 ORDER BY "squareMetres" DESC LIMIT 100`
}

export async function unassignedBuildings(tx: TransactionSql): Promise<string[]> {
  const rows = await tx<{ source_id: string }[]>`
    SELECT source_id FROM building WHERE community_id IS NULL ORDER BY id LIMIT 100`
  return rows.map((row) => row.source_id)
}
