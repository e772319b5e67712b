import type { LayerId } from '../../geodata/shared/layer.ts'
import { cellKeys } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { CellSet, Reach } from './reach.ts'

/** Takes ids of cells, a list or the text of an int8multirange or varbit, as a parameter of the statement and gives its placeholder, such as $3. */
export type BindIds = (ids: number[] | string) => string

const LEVELS = ['communities', 'grids', 'micro-grids'] as const
type Level = (typeof LEVELS)[number]

const keyOf = (level: Level): string => `${tableOf(level)}_id`

/** Up to so many ids are looked for one by one, by an index where there is one; more are sent packed. */
const FEW_IDS = 20
/** Up to so many shapes are each compared with a row; of more, those near the row are found by the index. */
const FEW_SHAPES = 32

/**
 * Which rows of a layer someone reaches, as SQL over an alias of its table, to follow WHERE (in parentheses, may be
 * NULL for a row without cells). Cells: themselves or one that holds them. Buildings and points: one of their cells.
 * Zones, roads and land cover: they meet a cell. One parameter for each level that has ids.
 */
export const reachClause = (layer: LayerId, reach: Reach, bind: BindIds, alias = 't'): string =>
  inEverySet(layer, reach, bind, {
    id: `${alias}.id`,
    key: (column) => `${alias}.${column}`,
    meets: (level, ids) => meetsOneOf(`${alias}.${keyOf(level)}s`, ids, bind),
  })

/**
 * The same over an alias of feature_version, for versions that are over: by the cells that the row had, or, of layers without
 * cells of their own, by the present shapes of the cells. The caller sees to `layer`.
 */
export const pastReachClause = (layer: LayerId, reach: Reach, bind: BindIds, alias = 'v'): string =>
  inEverySet(layer, reach, bind, {
    id: `${alias}.feature_id`,
    key: (column) => `(${alias}."row"->>'${column}')::bigint`,
    meets: (level, ids) => shapeMeetsOneOf(`${alias}.geom`, level, ids, bind),
  })

interface RowSql {
  id: string
  key(column: string): string
  meets(level: Level, ids: readonly number[]): string
}

function inEverySet(layer: LayerId, reach: Reach, bind: BindIds, row: RowSql): string {
  if (reach === 'everywhere') return 'true'
  if (reach.length === 0) return 'false'
  return `(${reach.map((set) => inSet(layer, set, bind, row)).join(' AND ')})`
}

function inSet(layer: LayerId, set: CellSet, bind: BindIds, row: RowSql): string {
  const keys = cellKeys(layer)
  const located = keys.length > 0 || layer === 'communities'
  const clauses = LEVELS.filter((level) => set[level].length > 0).flatMap((level) => {
    if (!located) return [row.meets(level, set[level])]
    const column = level === layer ? row.id : keys.includes(keyOf(level)) ? row.key(keyOf(level)) : undefined
    return column ? [isAmong(column, set[level], bind)] : []
  })
  return clauses.length === 0 ? 'false' : `(${clauses.join(' OR ')})`
}

const isAmong = (column: string, ids: readonly number[], bind: BindIds): string =>
  ids.length <= FEW_IDS ? `${column} = ANY(${bind([...ids])}::bigint[])` : isPacked(column, ids, bind)

/**
 * The cells that a row of a layer without cells of its own meets stand in a column (migration 0007). Most rows meet one
 * cell only: of many ids the first is looked for by itself, which costs half of what taking the list apart does.
 */
function meetsOneOf(column: string, ids: readonly number[], bind: BindIds): string {
  if (ids.length <= FEW_IDS) return `${column} && ${bind([...ids])}::bigint[]`
  const once = memoised(bind)
  return `(${isPacked(`${column}[1]`, ids, once)} OR cardinality(${column}) > 1 AND EXISTS (
    SELECT FROM unnest(${column}) AS met (id) WHERE ${isPacked('met.id', ids, once)}))`
}

/** Gives the same placeholder for what was bound before. */
function memoised(bind: BindIds): BindIds {
  let placeholder: string | undefined
  return (ids) => (placeholder ??= bind(ids))
}

function isPacked(id: string, ids: readonly number[], bind: BindIds): string {
  const { type, text } = packed(ids)
  const set = `${bind(text)}::${type}`
  return type === 'int8multirange'
    ? `${id} <@ ${set}`
    : `CASE WHEN ${id} < length(${set}) THEN get_bit(${set}, ${id}::int) = 1 ELSE false END`
}

interface PackedIds {
  type: 'int8multirange' | 'varbit'
  text: string
}

const packedOf = new WeakMap<readonly number[], PackedIds>()

/**
 * Cells that came together are numbered one after the other, so thousands of them are few ranges, which are sent and
 * looked into at a fraction of a list's cost. Ids without neighbours are shorter as one bit for each from 0 on. Kept
 * while the list is: a reach serves several requests.
 */
function packed(ids: readonly number[]): PackedIds {
  let kept = packedOf.get(ids)
  if (kept === undefined) {
    const sorted = [...ids].sort((a, b) => a - b)
    const ranges = writeRanges(sorted)
    kept =
      ranges.length <= sorted.at(-1)!
        ? { type: 'int8multirange', text: ranges }
        : { type: 'varbit', text: writeBits(sorted) }
    packedOf.set(ids, kept)
  }
  return kept
}

/** `sorted` may hold an id twice. */
function writeRanges(sorted: readonly number[]): string {
  const ranges: string[] = []
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at]!
    let last = first
    while (++at < sorted.length && sorted[at]! <= last + 1) last = sorted[at]!
    ranges.push(`[${first},${last}]`)
  }
  return `{${ranges.join(',')}}`
}

function writeBits(sorted: readonly number[]): string {
  const bits = new Uint8Array(sorted.at(-1)! + 1).fill(0x30)
  for (const id of sorted) bits[id] = 0x31
  return new TextDecoder().decode(bits)
}

/**
 * The shapes of a few cells are read once for the whole question. Adding 0 keeps the planner from looking up each of
 * many cells by its id for each row, instead of those at its place.
 */
function shapeMeetsOneOf(geom: string, level: Level, ids: readonly number[], bind: BindIds): string {
  const table = tableOf(level)
  const list = `${bind([...ids])}::bigint[]`
  return ids.length <= FEW_SHAPES
    ? `(EXISTS (SELECT FROM unnest(ARRAY(SELECT cell.geom FROM ${table} cell WHERE cell.id = ANY(${list}))) AS shape (geom)
        WHERE ST_Intersects(shape.geom, ${geom}))) IS TRUE`
    : `(EXISTS (SELECT FROM ${table} cell
        WHERE ST_Intersects(cell.geom, ${geom}) AND cell.id + 0 = ANY(${list}))) IS TRUE`
}
