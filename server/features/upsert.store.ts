import { createHash } from 'node:crypto'
import { LAYERS } from '../../geodata/layers.ts'
import { searchText } from '../../geodata/search/search-text.ts'
import { isCodedLayer, parseCode } from '../../geodata/shared/codes.ts'
import type { IncomingFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import { giveDeadlines, keepLimits } from '../cases/give-deadlines.store.ts'
import { actAs, stamp } from '../history/stamp.store.ts'
import type { NewEvent } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { lockCells } from './cells.store.ts'
import { inputJson } from './feature.sql.ts'
import { inputColumns, tableOf } from './layer.columns.ts'

const CHUNK = 1000

export interface UpsertResult {
  created: number
  updated: number
  unchanged: number
  /** The source changed, and so did we since its last import or export: ours was kept. */
  keptLocal: number
  rejected: { sourceId: string; reason: string }[]
  /** One for each update, with before and after; settleImport writes them. */
  events: NewEvent[]
}

/**
 * Creates or updates features by source id, within the caller's transaction. Geometry must be normalised, properties
 * must satisfy the layer's input schema, source ids must be unique within the call; grids and micro-grids carry
 * their codes, whose prefix names the parent. Rows that PostGIS finds invalid, whose code is taken or malformed, or
 * whose parent is missing are rejected with a reason and nothing else happens to them. Follow with settleImport.
 */
export async function upsertFeatures(
  tx: TransactionSql,
  layer: LayerId,
  features: IncomingFeature[],
  batchId: number,
  actor: Actor,
): Promise<UpsertResult> {
  const total: UpsertResult = { created: 0, updated: 0, unchanged: 0, keptLocal: 0, rejected: [], events: [] }
  const statement = upsertStatement(layer)
  await lockCells(tx, 'exclusive')
  await actAs(tx, actor)
  for (let start = 0; start < features.length; start += CHUNK) {
    const rows = []
    for (const feature of features.slice(start, start + CHUNK)) {
      const row = incomingRow(layer, feature)
      if (typeof row === 'string') total.rejected.push({ sourceId: feature.sourceId, reason: row })
      else rows.push(row)
    }
    const limits = layer === 'hazards' ? await giveDeadlines(tx, rows) : []
    const outcomes = (await tx.unsafe(statement, [JSON.stringify(rows), batchId], {
      prepare: true,
    })) as unknown as Outcome[]
    await keepLimits(tx, limits)
    for (const outcome of outcomes) {
      if (outcome.outcome === 'rejected')
        total.rejected.push({ sourceId: outcome.source_id, reason: outcome.reason! })
      else total[outcome.outcome] += 1
    }
    for (const outcome of outcomes) {
      if (outcome.outcome !== 'updated') continue
      total.events.push({
        kind: 'put',
        layer,
        featureId: outcome.id!,
        version: outcome.version!,
        batchId,
        box: [outcome.west!, outcome.south!, outcome.east!, outcome.north!],
        before: outcome.before,
        after: outcome.after,
      })
    }
  }
  return total
}

interface Outcome {
  source_id: string
  outcome: 'created' | 'updated' | 'unchanged' | 'keptLocal' | 'rejected'
  reason: string | null
  id: number | null
  version: number | null
  before: unknown
  after: unknown
  west: number | null
  south: number | null
  east: number | null
  north: number | null
}

/** A row for the statement, or the reason why there can be none. */
function incomingRow(layer: LayerId, feature: IncomingFeature): Record<string, unknown> | string {
  const row: Record<string, unknown> = {}
  for (const { property, column } of inputColumns(layer)) row[column] = feature.properties[property] ?? null
  if (isCodedLayer(layer) && row.code !== null) {
    const code = parseCode(layer, String(row.code))
    if (!code)
      return `code ${JSON.stringify(row.code)} is not a code of ${LAYERS[layer].title.en.toLowerCase()}`
    row.code = code
  } else if (isCodedLayer(layer) && layer !== 'buildings') {
    return 'has no code'
  }
  const geojson = JSON.stringify(feature.geometry)
  return {
    ...row,
    source_id: feature.sourceId,
    based_on: feature.basedOn ?? null,
    source_hash: createHash('sha256').update(JSON.stringify(row)).update(geojson).digest('base64url'),
    search_text: searchText(layer, feature.properties),
    geojson,
  }
}

const statements = new Map<LayerId, string>()

function upsertStatement(layer: LayerId): string {
  const known = statements.get(layer)
  if (known) return known
  const statement = buildStatement(layer)
  statements.set(layer, statement)
  return statement
}

/**
 * $1 rows as a JSON array, $2 batch id. One output row a feature: source_id, outcome, reason;
 * for updates also id, version, before, after and the box that covers old and new.
 */
function buildStatement(layer: LayerId): string {
  const table = tableOf(layer)
  const columns = inputColumns(layer)
  const names = columns.map(({ column }) => column)
  const parents = PARENTS[layer]
  // A file without building codes leaves the generated ones alone.
  const incoming = (column: string) =>
    layer === 'buildings' && column === 'code' ? 'coalesce(g.code, t.code)' : `g.${column}`
  const extra = ['source_id', 'source_hash', 'search_text', 'geom', ...parents.columns]
  return `
  WITH parsed AS MATERIALIZED (
    SELECT r.*, ST_SetSRID(ST_GeomFromGeoJSON(r.geojson), 4326) AS geom
    FROM jsonb_to_recordset($1::text::jsonb) AS r(source_id text, source_hash text, based_on integer, search_text text, geojson text,
      ${columns.map(({ column, type }) => `${column} ${type}`).join(', ')})
  ), judged AS MATERIALIZED (
    SELECT p.*${parents.select}, CASE
      WHEN NOT ST_IsValid(p.geom) THEN 'shape is not valid: ' || ST_IsValidReason(p.geom)
      ${reasons(layer, table)}
      END AS reason
    FROM parsed p ${parents.join}
  ), g AS MATERIALIZED (
    SELECT * FROM judged WHERE reason IS NULL
  ), m AS MATERIALIZED (
    SELECT g.source_id, t.id, t.version,
      (${names.map((column) => `t.${column}`).join(', ')}, t.geom) IS NOT DISTINCT FROM
      (${names.map(incoming).join(', ')}, g.geom) OR (g.based_on IS NULL AND t.source_hash IS NOT DISTINCT FROM g.source_hash) AS same,
      t.version IS DISTINCT FROM coalesce(g.based_on, t.source_version) AS edited,
      ${inputJson(layer, 't')} AS before, t.geom AS old_geom
    FROM g JOIN ${table} t ON t.source_id = g.source_id
  ), updated AS (
    UPDATE ${table} t SET ${names.map((column) => `${column} = ${incoming(column)}`).join(', ')},
      ${extra.map((column) => `${column} = g.${column}`).join(', ')},
      batch_id = $2::bigint, version = t.version + 1, source_version = t.version + 1,
      ${stamp('t', 'imported')}
    FROM g JOIN m ON m.source_id = g.source_id AND NOT m.same AND NOT m.edited
    -- An edit that was committed since the snapshot was taken shows as another version: it is kept.
    WHERE t.id = m.id AND t.version = m.version
    RETURNING t.source_id, t.id, t.version, m.before, ${inputJson(layer, 't')} AS after, t.geom, m.old_geom
  ), created AS (
    INSERT INTO ${table} (${[...names, ...extra].join(', ')}, batch_id, version, source_version, how)
    SELECT ${[...names, ...extra].map((column) => `g.${column}`).join(', ')}, $2::bigint, 1, 1, 'imported'
    FROM g WHERE NOT EXISTS (SELECT FROM m WHERE m.source_id = g.source_id)
    RETURNING source_id
  )
  SELECT source_id, 'rejected' AS outcome, reason, NULL::bigint AS id, NULL::integer AS version, NULL::jsonb AS before,
    NULL::jsonb AS after, NULL::float8 AS west, NULL::float8 AS south, NULL::float8 AS east, NULL::float8 AS north
  FROM judged WHERE reason IS NOT NULL
  UNION ALL SELECT source_id, 'created', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM created
  UNION ALL SELECT source_id, CASE WHEN same THEN 'unchanged' ELSE 'keptLocal' END, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL FROM m WHERE same OR edited OR id NOT IN (SELECT id FROM updated)
  UNION ALL SELECT source_id, 'updated', NULL, id, version, before, after,
    least(ST_XMin(geom), ST_XMin(old_geom)), least(ST_YMin(geom), ST_YMin(old_geom)),
    greatest(ST_XMax(geom), ST_XMax(old_geom)), greatest(ST_YMax(geom), ST_YMax(old_geom)) FROM updated`
}

interface Parents {
  columns: string[]
  select: string
  join: string
}
const NO_PARENTS: Parents = { columns: [], select: '', join: '' }

/** Cells find their parents by code here; buildings and points find theirs by location in settleImport. */
const PARENTS: Record<LayerId, Parents> = {
  communities: NO_PARENTS,
  grids: {
    columns: ['community_id'],
    select: ', parent.id AS community_id',
    join: 'LEFT JOIN community parent ON parent.code = left(p.code, 12)',
  },
  'micro-grids': {
    columns: ['community_id', 'grid_id'],
    select: ', parent.community_id, parent.id AS grid_id',
    join: 'LEFT JOIN grid parent ON parent.code = left(p.code, 15)',
  },
  buildings: NO_PARENTS,
  zones: NO_PARENTS,
  landcover: NO_PARENTS,
  roads: NO_PARENTS,
  facilities: NO_PARENTS,
  checkpoints: NO_PARENTS,
  hazards: NO_PARENTS,
}

function reasons(layer: LayerId, table: string): string {
  const lines: string[] = []
  if (isCodedLayer(layer)) {
    lines.push(
      `WHEN EXISTS (SELECT FROM ${table} t WHERE t.code = p.code AND t.source_id <> p.source_id)
        THEN 'code ' || p.code || ' already belongs to another feature'`,
      `WHEN p.code IS NOT NULL AND row_number() OVER (PARTITION BY p.code ORDER BY p.source_id) > 1
        THEN 'code ' || p.code || ' stands twice in the file'`,
    )
  }
  if (layer === 'grids')
    lines.push(`WHEN parent.id IS NULL THEN 'no community has the code ' || left(p.code, 12)`)
  if (layer === 'micro-grids')
    lines.push(`WHEN parent.id IS NULL THEN 'no grid has the code ' || left(p.code, 15)`)
  if (layer === 'hazards')
    // One that was moved on here has another version than the source: it is kept, and not refused.
    lines.push(
      `WHEN EXISTS (SELECT FROM hazard t WHERE t.source_id = p.source_id
          AND t.version = coalesce(p.based_on, t.source_version)
          AND (t.state, t.due_at) IS DISTINCT FROM (p.state, p.due_at)
          AND NOT (p.based_on IS NULL AND t.source_hash IS NOT DISTINCT FROM p.source_hash))
        THEN 'its state or deadline is not as it is here: a case moves on by its history, POST /api/v1/cases/{id}/actions'`,
    )
  if (layer === 'zones') {
    lines.push(
      `WHEN NOT EXISTS (SELECT FROM zone_layer z WHERE z.code = p.zone_layer)
        THEN 'no zone layer has the code ' || p.zone_layer`,
      `WHEN EXISTS (SELECT FROM zone t WHERE t.zone_layer = p.zone_layer AND t.code = p.code AND t.source_id <> p.source_id)
        OR p.code IS NOT NULL AND row_number() OVER (PARTITION BY p.zone_layer, p.code ORDER BY p.source_id) > 1
        THEN 'code ' || p.code || ' already belongs to another zone of this layer'`,
    )
  }
  return lines.join('\n      ')
}
