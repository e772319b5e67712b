import type { LayerId } from '../../geodata/shared/layer.ts'
import { cellKeys } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { CellSet, Reach } from './reach.ts'

/** Takes the ids of cells as a parameter of the statement and gives its placeholder, such as $3. */
export type BindIds = (ids: number[]) => string

const LEVELS = ['communities', 'grids', 'micro-grids'] as const
type Level = (typeof LEVELS)[number]

const keyOf = (level: Level): string => `${tableOf(level)}_id`

/**
 * Which rows of a layer someone reaches, as SQL over an alias of its table, to follow WHERE (in parentheses, may be
 * NULL for a row without cells). Cells: themselves or one that holds them. Buildings and points: one of their cells.
 * Zones, roads and land cover: they meet a cell. One parameter for each level that has ids.
 */
export const reachClause = (layer: LayerId, reach: Reach, bind: BindIds, alias = 't'): string =>
  inEverySet(layer, reach, bind, {
    id: `${alias}.id`,
    key: (column) => `${alias}.${column}`,
    geom: `${alias}.geom`,
  })

/**
 * The same over an alias of feature_version, for versions that are over: by the cells that the row had, or, of layers without
 * cells of their own, by the present shapes of the cells. The caller sees to `layer`.
 */
export const pastReachClause = (layer: LayerId, reach: Reach, bind: BindIds, alias = 'v'): string =>
  inEverySet(layer, reach, bind, {
    id: `${alias}.feature_id`,
    key: (column) => `(${alias}."row"->>'${column}')::bigint`,
    geom: `${alias}.geom`,
  })

interface RowSql {
  id: string
  key(column: string): string
  geom: string
}

function inEverySet(layer: LayerId, reach: Reach, bind: BindIds, row: RowSql): string {
  if (reach === 'everywhere') return 'true'
  if (reach.length === 0) return 'false'
  return `(${reach.map((set) => inSet(layer, set, bind, row)).join(' AND ')})`
}

function inSet(layer: LayerId, set: CellSet, bind: BindIds, { id, key, geom }: RowSql): string {
  const levels = LEVELS.filter((level) => set[level].length > 0)
  const keys = cellKeys(layer)
  const located = keys.length > 0 || layer === 'communities'
  const clauses = levels.flatMap((level) => {
    if (!located)
      return [
        `SELECT cell.geom FROM ${tableOf(level)} cell WHERE cell.id = ANY(${bind([...set[level]])}::bigint[])`,
      ]
    const column = level === layer ? id : keys.includes(keyOf(level)) ? key(keyOf(level)) : undefined
    return column ? [`${column} = ANY(${bind([...set[level]])}::bigint[])`] : []
  })
  if (clauses.length === 0) return 'false'
  if (located) return `(${clauses.join(' OR ')})`
  return `EXISTS (SELECT FROM (${clauses.join(' UNION ALL ')}) cell WHERE ST_Intersects(cell.geom, ${geom}))`
}
