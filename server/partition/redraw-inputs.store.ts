import type { RedrawCellRef, RedrawWeight } from '../../geodata/partition/redraw.schema.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { LngLat, MultiPolygon } from '../../geodata/shared/geojson.ts'
import type { AreaRow } from '../access/area.store.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'

export interface CellRow extends RedrawCellRef {
  geometry: MultiPolygon
}
export interface BuildingRow {
  id: number
  version: number
  code: string | null
  name: string | null
  households: number | null
  population: number | null
  /** Square metres of all floors; a building whose floors nobody knows counts as one of one floor. */
  floorArea: number
  hasFloors: boolean
  /** The micro-grid that holds it. */
  microGrid: number | null
  geometry: MultiPolygon
}
export interface LineRow {
  kind: 'street' | 'wall'
  isWalkable: boolean
  points: LngLat[]
}

const REF = (layer: CellLayer) => `'${layer}' AS layer, t.id, t.code, t.name, t.version`
const SHAPE = 'ST_AsGeoJSON(t.geom, 7)::jsonb AS geometry'

/** undefined: it was deleted. */
export async function readTarget(
  sql: Sql | TransactionSql,
  { layer, cellId }: AreaRow,
): Promise<CellRow | undefined> {
  const [row] = await sql.unsafe<CellRow[]>(
    `SELECT ${REF(layer)}, ${SHAPE} FROM ${tableOf(layer)} t WHERE t.id = $1`,
    [cellId],
  )
  return row
}

/** The grids of a community, by code. */
export const readGrids = (sql: Sql | TransactionSql, community: number): Promise<CellRow[]> =>
  sql.unsafe<CellRow[]>(
    `SELECT ${REF('grids')}, ${SHAPE} FROM grid t WHERE t.community_id = $1 ORDER BY t.code`,
    [community],
  )

/** The micro-grids within a cell, by code; a micro-grid is its own. */
export const readMicroGrids = (
  sql: Sql | TransactionSql,
  { layer, id }: Pick<RedrawCellRef, 'layer' | 'id'>,
): Promise<CellRow[]> =>
  sql.unsafe<CellRow[]>(
    `SELECT ${REF('micro-grids')}, ${SHAPE} FROM micro_grid t WHERE t.${keyIn(layer, 'micro-grids')} = $1 ORDER BY t.code`,
    [id],
  )

const keyIn = (layer: CellLayer, of: CellLayer | 'buildings'): string =>
  layer === of ? 'id' : `${tableOf(layer)}_id`

/** Buildings that a cell holds, at most `limit` and one. */
export const readBuildings = (
  sql: Sql,
  { layer, id }: Pick<RedrawCellRef, 'layer' | 'id'>,
  limit: number,
  signal: AbortSignal,
): Promise<BuildingRow[]> =>
  runCancellable(
    sql,
    `SELECT t.id, t.version, t.code, coalesce(t.name, t.address) AS name, t.households, t.population,
       t.micro_grid_id AS "microGrid", t.floors IS NOT NULL AS "hasFloors",
       (ST_Area(t.geom::geography) * greatest(1, coalesce(t.floors, 1)))::float8 AS "floorArea", ${SHAPE}
     FROM building t WHERE t.${keyIn(layer, 'buildings')} = $1 ORDER BY t.id LIMIT ${limit + 1}`,
    [id],
    signal,
  )

/** Streets that meet a cell's box, and the edges of walled ground and water there. */
export const readLines = (
  sql: Sql,
  { layer, id }: Pick<RedrawCellRef, 'layer' | 'id'>,
  signal: AbortSignal,
): Promise<LineRow[]> =>
  runCancellable(
    sql,
    `WITH cell AS (SELECT geom FROM ${tableOf(layer)} WHERE id = $1)
     SELECT 'street' AS kind, r.walkable AS "isWalkable", (ST_AsGeoJSON(r.geom, 7)::jsonb)->'coordinates' AS points
     FROM road r JOIN cell ON r.geom && cell.geom
     UNION ALL
     SELECT 'wall', false, (ST_AsGeoJSON(ST_ExteriorRing(piece.geom), 7)::jsonb)->'coordinates'
     FROM landcover l JOIN cell ON l.geom && cell.geom, ST_Dump(l.geom) AS piece
     WHERE l.kind IN ('estate', 'campus', 'industrial', 'water')`,
    [id],
    signal,
  )

/** Changes when a cell or building that was looked at does, comes or goes. */
export async function stampOf(
  sql: Sql | TransactionSql,
  target: Pick<RedrawCellRef, 'layer' | 'id'>,
): Promise<string> {
  const rows = (of: CellLayer | 'buildings') =>
    `SELECT '${of}:' || t.id || ':' || t.version AS part FROM ${tableOf(of)} t WHERE t.${keyIn(target.layer, of)} = $1`
  const parts = [
    rows(target.layer),
    ...(target.layer === 'communities' ? [rows('grids')] : []),
    ...(target.layer === 'micro-grids' ? [] : [rows('micro-grids')]),
    rows('buildings'),
  ]
  const [row] = await sql.unsafe<{ stamp: string }[]>(
    `SELECT md5(coalesce(string_agg(part, ' ' ORDER BY part), '')) AS stamp FROM (${parts.join(' UNION ALL ')}) AS rows`,
    [target.id],
  )
  return row!.stamp
}

export const weightOf = (building: BuildingRow, weight: RedrawWeight): number | null =>
  weight === 'buildings' ? 1 : weight === 'floorArea' ? Math.round(building.floorArea) : building[weight]
