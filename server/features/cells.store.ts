import type { Bbox } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import { type NewEvent, recordEvents } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { anchorOf, LOCATED_LAYERS, tableOf } from './layer.columns.ts'

export interface Unassigned {
  buildings: number
  facilities: number
  checkpoints: number
  hazards: number
}

/**
 * Which cell holds or meets what depends on rows that others may be writing. Taken before any row lock: cells and buildings
 * are written one transaction at a time, the rest side by side.
 */
export async function lockCells(tx: TransactionSql, mode: 'exclusive' | 'shared'): Promise<void> {
  if (mode === 'exclusive') await tx`SELECT pg_advisory_xact_lock(hashtext('gridward_cells'))`
  else await tx`SELECT pg_advisory_xact_lock_shared(hashtext('gridward_cells'))`
}

/**
 * Ends an import: every building and point of the batch, and those that lie in cells of the batch, gets its cells by
 * location; buildings get their codes; the outbox gets the events of the import's updates and deletions (`events`) and
 * one for each layer, with what is `told` of it. It gets them last, for their lock keeps other writers waiting. Returns what lies outside every community,
 * counted over the whole database.
 */
export async function settleImport(
  tx: TransactionSql,
  batchId: number,
  actor: Actor,
  events: NewEvent[],
  told: Partial<Record<LayerId, object>> = {},
): Promise<{ unassigned: Unassigned }> {
  for (const layer of LOCATED_LAYERS) await locate(tx, layer, ofBatch(layer), [batchId])
  await placeHazards(tx, 'true', [])
  const followed = await nameBuildings(tx, { batchId })
  const named = followed.map(({ event }) => event)
  await recordEvents(tx, actor, [...named, ...events, ...(await batchEvents(tx, batchId, told))])
  const [row] = await tx<[Unassigned]>`
    SELECT (SELECT count(*) FROM building WHERE community_id IS NULL) AS buildings,
      (SELECT count(*) FROM facility WHERE community_id IS NULL) AS facilities,
      (SELECT count(*) FROM checkpoint WHERE community_id IS NULL) AS checkpoints,
      (SELECT count(*) FROM hazard WHERE community_id IS NULL) AS hazards`
  return { unassigned: row }
}

/** A cell or building that got another code because of an edit of something else. */
export interface Followed {
  layer: LayerId
  id: number
  version: number
  codeBefore: string | null
  codeAfter: string | null
  event: NewEvent
}

/** A building or point that is now held by other cells than before, by the ids of the cells. */
export interface Moved {
  layer: LayerId
  id: number
  from: CellIds
  to: CellIds
}
export type CellIds = [community: number | null, grid: number | null, microGrid: number | null]

export interface SettleOptions {
  /** Buildings that the edit itself wrote: another code is no further version of them. */
  own?: number[]
  /** Cells that are about to be deleted hold only what no other cell covers. */
  gone?: Gone
  /** Filled with what moved, if given. */
  moved?: Moved[] | undefined
}
export type Gone = Partial<Record<LayerId, number[]>>

/**
 * After an edit in some boxes (degrees): everything located in them finds its cells again. Returns the buildings whose
 * code followed; the caller records their events.
 */
export async function settleBoxes(
  tx: TransactionSql,
  boxes: Bbox[],
  { own = [], gone = {}, moved }: SettleOptions = {},
): Promise<Followed[]> {
  if (boxes.length === 0) return []
  const sides = boxSides(boxes)
  for (const layer of LOCATED_LAYERS) await locate(tx, layer, inBoxes(layer), sides, gone, moved)
  await placeHazards(tx, inBoxes('hazards'), sides)
  return nameBuildings(tx, { own, boxes })
}

/** Four lists, west to north, for the parameters $1 to $4 of inBoxes. */
export const boxSides = (boxes: Bbox[]): number[][] =>
  [0, 1, 2, 3].map((side) => boxes.map((box) => box[side as 0 | 1 | 2 | 3]))

/** Whether the anchor of a row t lies in one of the boxes. Each box looks into the index for itself. */
export const inBoxes = (layer: LayerId): string => `t.id IN (
  SELECT inside.id FROM unnest($1::float8[], $2::float8[], $3::float8[], $4::float8[]) AS box (west, south, east, north)
  JOIN ${tableOf(layer)} inside ON inside.${anchorOf(layer)} && ST_MakeEnvelope(west, south, east, north, 4326))`

const ofBatch = (layer: LayerId) => `(t.batch_id = $1::bigint OR EXISTS (
  SELECT FROM (SELECT geom FROM community WHERE batch_id = $1::bigint UNION ALL
    SELECT geom FROM grid WHERE batch_id = $1::bigint UNION ALL
    SELECT geom FROM micro_grid WHERE batch_id = $1::bigint) cell WHERE cell.geom && t.${anchorOf(layer)}))`

/**
 * The cell of a point is the smallest one that covers its anchor; a point on a shared border belongs to the cell with
 * the lower id, so that it never belongs to two. The larger cells are that cell's parents.
 */
async function locate(
  tx: TransactionSql,
  layer: LayerId,
  where: string,
  parameters: (number | number[])[],
  gone: Gone = {},
  moved?: Moved[],
): Promise<void> {
  const table = tableOf(layer)
  const values = [...parameters]
  const goneLast = (cell: LayerId) => {
    const ids = gone[cell] ?? []
    return ids.length > 0 ? `c.id = ANY ($${values.push(ids)}::bigint[]), ` : ''
  }
  const covering = (cell: LayerId, columns: string, unless = 'true') =>
    `LEFT JOIN LATERAL (SELECT ${columns} FROM ${tableOf(cell)} c
       WHERE ST_Covers(c.geom, t.${anchorOf(layer)}) AND ${unless}
       ORDER BY ${goneLast(cell)}c.id LIMIT 1) ${tableOf(cell)} ON true`
  const rows = await tx.unsafe<{ id: number; from: CellIds; to: CellIds }[]>(
    `UPDATE ${table} target
     SET community_id = found.community_id, grid_id = found.grid_id, micro_grid_id = found.micro_grid_id
     FROM (
       SELECT t.id, micro_grid.id AS micro_grid_id, coalesce(micro_grid.grid_id, grid.id) AS grid_id,
         coalesce(micro_grid.community_id, grid.community_id, community.id) AS community_id,
         ARRAY[t.community_id, t.grid_id, t.micro_grid_id] AS before
       FROM ${table} t
       ${covering('micro-grids', 'c.id, c.grid_id, c.community_id')}
       ${covering('grids', 'c.id, c.community_id', 'micro_grid.id IS NULL')}
       ${covering('communities', 'c.id', 'micro_grid.id IS NULL AND grid.id IS NULL')}
       WHERE ${where}
     ) found
     WHERE target.id = found.id AND (target.community_id, target.grid_id, target.micro_grid_id)
       IS DISTINCT FROM (found.community_id, found.grid_id, found.micro_grid_id)
     ${moved ? 'RETURNING target.id, before AS "from", ARRAY[target.community_id, target.grid_id, target.micro_grid_id] AS "to"' : ''}`,
    values as never[],
  )
  for (const row of rows) moved?.push({ layer, ...row })
}

interface Renamed {
  id: number
  version: number
  old_code: string | null
  new_code: string | null
  box: Bbox
}

/**
 * Buildings in a micro-grid without a code, or whose code names another micro-grid, get the next free ones, west to
 * east; buildings outside every micro-grid have none. A code that changes counts as a new version, unless the row
 * was just written itself (`own`, or by the batch).
 */
async function nameBuildings(
  tx: TransactionSql,
  { batchId = null, own = [], boxes }: { batchId?: number | null; own?: number[]; boxes?: Bbox[] },
): Promise<Followed[]> {
  const [west, south, east, north] = boxSides(boxes ?? [])
  const inside = boxes
    ? tx`b.id IN (SELECT t.id
        FROM unnest(${west!}::float8[], ${south!}::float8[], ${east!}::float8[], ${north!}::float8[]) AS box (west, south, east, north)
        JOIN building t ON t.anchor && ST_MakeEnvelope(west, south, east, north, 4326))`
    : tx`true`
  const renamed = await tx<Renamed[]>`
    WITH misnamed AS (
      SELECT b.id, b.code, m.code AS prefix,
        b.id = ANY (${own}::bigint[]) OR coalesce(b.batch_id = ${batchId}::bigint, false) AS fresh,
        row_number() OVER (PARTITION BY m.id ORDER BY ST_X(b.anchor), ST_Y(b.anchor) DESC, b.id) AS place
      FROM building b LEFT JOIN micro_grid m ON m.id = b.micro_grid_id
      WHERE left(b.code, 17) IS DISTINCT FROM m.code AND ${inside}
    ), last AS (
      SELECT prefix, (SELECT coalesce(max(right(code, 5)::integer), 0) FROM building
        WHERE code BETWEEN prefix || '00000' AND prefix || '99999') AS number
      FROM (SELECT DISTINCT prefix FROM misnamed WHERE prefix IS NOT NULL) prefixes
    ), renamed AS (
      UPDATE building b SET
        -- Beyond the last number there is no code: lpad would cut it to one that is taken.
        code = CASE WHEN last.number + misnamed.place <= 99999
          THEN prefix || lpad((last.number + misnamed.place)::text, 5, '0') END,
        version = b.version + CASE WHEN misnamed.fresh THEN 0 ELSE 1 END,
        updated_at = CASE WHEN misnamed.fresh THEN b.updated_at ELSE greatest(gridward_now(), b.updated_at) END,
        updated_by = CASE WHEN misnamed.fresh THEN b.updated_by ELSE gridward_actor() END,
        change_set_id = CASE WHEN misnamed.fresh THEN b.change_set_id ELSE gridward_change_set() END,
        how = CASE WHEN misnamed.fresh THEN b.how ELSE 'followed' END,
        source_version = CASE WHEN b.version = b.source_version AND NOT misnamed.fresh
          THEN b.source_version + 1 ELSE b.source_version END
      FROM misnamed LEFT JOIN last USING (prefix) WHERE b.id = misnamed.id
      RETURNING b.id, b.version, misnamed.fresh, misnamed.code AS old_code, b.code AS new_code,
        ARRAY[ST_XMin(b.geom), ST_YMin(b.geom), ST_XMax(b.geom), ST_YMax(b.geom)] AS box
    )
    SELECT * FROM renamed WHERE NOT fresh ORDER BY id`
  return renamed.map((building) => ({
    layer: 'buildings',
    id: building.id,
    version: building.version,
    codeBefore: building.old_code,
    codeAfter: building.new_code,
    event: {
      kind: 'put',
      layer: 'buildings',
      featureId: building.id,
      version: building.version,
      box: building.box,
      before: { properties: { code: building.old_code } },
      after: { properties: { code: building.new_code } },
    },
  }))
}

/** A hazard belongs to the building that covers it, if one does. */
async function placeHazards(tx: TransactionSql, where: string, parameters: number[][]): Promise<void> {
  await tx.unsafe(
    `UPDATE hazard target SET building_id = found.building_id
     FROM (SELECT t.id, b.id AS building_id FROM hazard t
       LEFT JOIN LATERAL (SELECT id FROM building WHERE ST_Covers(geom, t.geom) ORDER BY id LIMIT 1) b ON true
       WHERE ${where}) found
     WHERE target.id = found.id AND target.building_id IS DISTINCT FROM found.building_id`,
    parameters,
  )
}

async function batchEvents(
  tx: TransactionSql,
  batchId: number,
  told: Partial<Record<LayerId, object>>,
): Promise<NewEvent[]> {
  const events: NewEvent[] = []
  for (const layer of LAYER_IDS) {
    const [row] = await tx.unsafe<{ box: Bbox | null }[]>(
      `SELECT CASE WHEN count(*) > 0 THEN ARRAY[min(ST_XMin(geom)), min(ST_YMin(geom)), max(ST_XMax(geom)), max(ST_YMax(geom))] END AS box
       FROM ${tableOf(layer)} WHERE batch_id = $1`,
      [batchId],
    )
    if (row?.box)
      events.push({
        kind: 'import',
        layer,
        batchId,
        box: row.box,
        ...(told[layer] ? { detail: told[layer] } : {}),
      })
  }
  return events
}
