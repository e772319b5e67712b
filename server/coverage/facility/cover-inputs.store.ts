import type { FacilityParams } from '../../../geodata/coverage/facility/facility.schema.ts'
import { ENDED_STATES } from '../../../geodata/hazards/deadline.ts'
import { CELL_LAYERS, type CellLayer } from '../../../geodata/shared/codes.ts'
import type { MultiPolygon } from '../../../geodata/shared/geojson.ts'
import type { Reach } from '../../access/reach.ts'
import { reachClause } from '../../access/scope.sql.ts'
import { tableOf } from '../../features/layer.columns.ts'
import type { Sql } from '../../platform/database.ts'
import { runCancellable } from '../../platform/run-cancellable.store.ts'

type Parameter = string | number | string[] | number[]

export interface BuildingRow {
  id: number
  code: string | null
  name: string | null
  lng: number
  lat: number
  households: number | null
  population: number | null
  communities: number | null
  grids: number | null
  'micro-grids': number | null
}

const PAGE_ROWS = 20_000

/** Buildings in reach, by the point on their surface that their cell is found by. */
export async function readBuildings(sql: Sql, reach: Reach, signal: AbortSignal): Promise<BuildingRow[]> {
  const found: BuildingRow[] = []
  for (let after = 0; ; ) {
    const parameters: Parameter[] = [after]
    const where = reachClause('buildings', reach, (ids) => `$${parameters.push(ids)}`)
    const rows = await runCancellable<BuildingRow>(
      sql,
      `SELECT t.id, t.code, t.name, ST_X(t.anchor) AS lng, ST_Y(t.anchor) AS lat, t.households, t.population,
         t.community_id AS communities, t.grid_id AS grids, t.micro_grid_id AS "micro-grids"
       FROM building t WHERE t.id > $1 AND ${where} ORDER BY t.id LIMIT ${PAGE_ROWS}`,
      parameters,
      signal,
    )
    for (const row of rows) found.push(row)
    if (rows.length < PAGE_ROWS) return found
    after = rows.at(-1)!.id
  }
}

export interface FacilityRow {
  id: number
  kind: string
  name: string | null
  lng: number
  lat: number
  capacity: number | null
  /** Counts only because its works will be over. */
  isPlanned: boolean
}

/**
 * Facilities that count: of the kinds, and of the statuses or with works that are over by the day that is asked for. Works
 * without an end are over when they begin.
 */
export function readFacilities(
  sql: Sql,
  { kinds, statuses, asOf }: Pick<FacilityParams, 'kinds' | 'statuses' | 'asOf'>,
  reach: Reach,
  signal: AbortSignal,
): Promise<FacilityRow[]> {
  const parameters: Parameter[] = [kinds, statuses, asOf ?? '']
  const where = reachClause('facilities', reach, (ids) => `$${parameters.push(ids)}`)
  return runCancellable(
    sql,
    `SELECT t.id, t.kind, t.name, ST_X(t.geom) AS lng, ST_Y(t.geom) AS lat, t.capacity,
       NOT (t.status = ANY($2::text[])) AS "isPlanned"
     FROM facility t
     WHERE t.kind = ANY($1::text[]) AND ${where} AND (t.status = ANY($2::text[])
       OR $3::text <> '' AND t.status <> 'unknown' AND jsonb_typeof(t.works) = 'object'
         AND coalesce(t.works->>'endsOn', t.works->>'startsOn') <= $3::text)
     ORDER BY t.id`,
    parameters,
    signal,
  )
}

export interface CellShape {
  level: CellLayer
  id: number
  code: string
  name: string
  shape: MultiPolygon
}

const CELL_PAGE_ROWS = 500

/** Cells in reach of every level, with their shapes, one by one. */
export async function* readCellShapes(
  sql: Sql,
  reach: Reach,
  signal: AbortSignal,
): AsyncGenerator<CellShape> {
  for (const level of CELL_LAYERS)
    for (let after = 0; ; ) {
      const parameters: Parameter[] = [after]
      const where = reachClause(level, reach, (ids) => `$${parameters.push(ids)}`)
      const rows = await runCancellable<Omit<CellShape, 'level' | 'shape'> & { shape: string }>(
        sql,
        `SELECT t.id, t.code, t.name, ST_AsGeoJSON(t.geom, 7) AS shape FROM ${tableOf(level)} t
         WHERE t.id > $1 AND ${where} ORDER BY t.id LIMIT ${CELL_PAGE_ROWS}`,
        parameters,
        signal,
      )
      for (const row of rows) yield { ...row, level, shape: JSON.parse(row.shape) as MultiPolygon }
      if (rows.length < CELL_PAGE_ROWS) break
      after = rows.at(-1)!.id
    }
}

/** The same without shapes, all at once. */
export function readCells(sql: Sql, reach: Reach, signal: AbortSignal): Promise<Omit<CellShape, 'shape'>[]> {
  const parameters: Parameter[] = []
  return runCancellable(
    sql,
    CELL_LAYERS.map(
      (level) =>
        `SELECT '${level}' AS level, t.id, t.code, t.name FROM ${tableOf(level)} t
         WHERE ${reachClause(level, reach, (ids) => `$${parameters.push(ids)}`)}`,
    ).join(' UNION ALL '),
    parameters,
    signal,
  )
}

/** Where hazards are that are not done with. */
export function readOpenHazards(
  sql: Sql,
  reach: Reach,
  signal: AbortSignal,
): Promise<{ lng: number; lat: number }[]> {
  const parameters: Parameter[] = [[...ENDED_STATES]]
  const where = reachClause('hazards', reach, (ids) => `$${parameters.push(ids)}`)
  return runCancellable(
    sql,
    `SELECT ST_X(t.geom) AS lng, ST_Y(t.geom) AS lat FROM hazard t
     WHERE NOT (t.state = ANY($1::text[])) AND ${where}`,
    parameters,
    signal,
  )
}
