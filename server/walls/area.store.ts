import { CELL_LAYERS, type CellLayer } from '../../geodata/shared/codes.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { MOST_TOUR_STOPS, type WallPicture } from '../../geodata/walls/picture.schema.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import { reachWithin } from '../patrols/reach-of-codes.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

export interface WallCell {
  layer: CellLayer
  id: number
  code: string
  name: string
  bbox: Bbox
}

export interface WallArea {
  /** What the wall shows: of what its token reaches, what lies in its cells. */
  reach: Reach
  area: WallPicture['area']
  tour: WallCell[]
  /** Cells were asked for, and the token reaches none of them. */
  isOutOfReach: boolean
}

const MOST_NAMES = 20

/**
 * What a wall shows and where its tour goes. Codes of cells that are gone or out of reach are passed over: a wall goes on
 * with what is left. No code of a tour: the cells of the area, or those within it when it is a single one.
 */
export async function readWallArea(
  sql: Sql,
  reach: Reach,
  codes: readonly string[],
  tourCodes: readonly string[],
): Promise<WallArea> {
  const named = await readCells(sql, reach, codes)
  const isOutOfReach = codes.length > 0 && named.length === 0
  const own = isOutOfReach ? [] : reachWithin(reach, named.map(toRow))
  const whole = named.length > 0 || isOutOfReach ? named : await readOutermost(sql, own)
  // Whoever reaches a part must not read that it is all.
  const shown = named.length > 0 || own === 'everywhere' ? named : whole
  const tour =
    tourCodes.length > 0
      ? await readCells(sql, own, tourCodes)
      : whole.length === 1
        ? await readWithin(sql, own, whole[0]!)
        : whole
  return {
    reach: own,
    area: {
      names: shown.slice(0, MOST_NAMES).map(({ name }) => name),
      count: shown.length,
      bbox: joinBoxes(whole),
    },
    tour: inOrder(tour, tourCodes).slice(0, MOST_TOUR_STOPS),
    isOutOfReach,
  }
}

const toRow = ({ layer, id }: WallCell): AreaRow => ({ layer, cellId: id })

const CELL = `t.id, t.code, t.name, ARRAY[ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)] AS bbox`

/** The order in which they were named; others by their codes. */
function inOrder(cells: readonly WallCell[], codes: readonly string[]): WallCell[] {
  const place = new Map(codes.map((code, at) => [code, at]))
  return [...cells].sort(
    (a, b) => (place.get(a.code) ?? 0) - (place.get(b.code) ?? 0) || a.code.localeCompare(b.code),
  )
}

/** The cells of codes that there still are, as far as someone reaches. */
export async function readCells(
  sql: Sql | TransactionSql,
  reach: Reach,
  codes: readonly string[],
): Promise<WallCell[]> {
  if (codes.length === 0) return []
  const parameters: (string | string[] | number[])[] = [[...codes]]
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  return sql.unsafe<WallCell[]>(
    CELL_LAYERS.map(
      (layer) =>
        `SELECT '${layer}' AS layer, ${CELL} FROM ${tableOf(layer)} t
         WHERE t.code = ANY($1::text[]) AND ${reachClause(layer, reach, bind)}`,
    ).join(' UNION ALL '),
    parameters,
  )
}

/** Cells of the first level that has any in reach. */
async function readOutermost(sql: Sql, reach: Reach): Promise<WallCell[]> {
  for (const layer of CELL_LAYERS) {
    const cells = await readLevel(sql, reach, layer)
    if (cells.length > 0) return cells
  }
  return []
}

/** The cells that one is made of; itself when it is of the last level or holds none. */
async function readWithin(sql: Sql, reach: Reach, cell: WallCell): Promise<WallCell[]> {
  const next = CELL_LAYERS[CELL_LAYERS.indexOf(cell.layer) + 1]
  if (next === undefined) return [cell]
  const cells = await readLevel(sql, reach, next, cell)
  return cells.length > 0 ? cells : [cell]
}

const KEYS: Record<CellLayer, string> = {
  communities: 'community_id',
  grids: 'grid_id',
  'micro-grids': 'micro_grid_id',
}

async function readLevel(sql: Sql, reach: Reach, layer: CellLayer, parent?: WallCell): Promise<WallCell[]> {
  const parameters: (string | number | number[])[] = []
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const reached = reachClause(layer, reach, bind)
  const within = parent ? `AND t.${KEYS[parent.layer]} = $${parameters.push(parent.id)}` : ''
  return sql.unsafe<WallCell[]>(
    `SELECT '${layer}' AS layer, ${CELL} FROM ${tableOf(layer)} t WHERE ${reached} ${within}
     ORDER BY t.code LIMIT 1000`,
    parameters,
    { prepare: true },
  )
}

const joinBoxes = (cells: readonly WallCell[]): Bbox | null =>
  cells.length === 0
    ? null
    : [
        Math.min(...cells.map(({ bbox }) => bbox[0])),
        Math.min(...cells.map(({ bbox }) => bbox[1])),
        Math.max(...cells.map(({ bbox }) => bbox[2])),
        Math.max(...cells.map(({ bbox }) => bbox[3])),
      ]
