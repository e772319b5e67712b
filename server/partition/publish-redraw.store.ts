import type { ChangeSet, Put } from '../../geodata/editing/change-set.ts'
import type { StoredInput } from '../../geodata/editing/draft.ts'
import { insertNear } from '../../geodata/editing/insert-near.ts'
import { edgesOf, keyOf, type LatticePoint, toMultiPolygon, toShape } from '../../geodata/editing/lattice.ts'
import {
  type RedrawCellRef,
  type RedrawResult,
  redrawResultSchema,
} from '../../geodata/partition/redraw.schema.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { MultiPolygon } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { getAnalysis } from '../coverage/analysis.store.ts'
import type { Reader } from '../coverage/reader.ts'
import { inputJson } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { freshCodes } from './fresh-codes.store.ts'
import { stampOf } from './redraw-inputs.store.ts'

interface DrawnCell {
  number: number
  unit: string
  from: string | null
  isUnchanged: boolean
  geometry: MultiPolygon
}
interface KnownCell {
  layer: CellLayer
  id: number
  version: number
  input: { geometry: MultiPolygon; properties: Record<string, unknown> }
}

export interface Publication {
  changes: ChangeSet
  /** Of the analysis. */
  title: string
  /** What a row that is changed or goes was. */
  before(layer: LayerId, id: number): StoredInput | undefined
}

/**
 * The change set that puts an alternative in force: its cells come with codes that nobody ever had, west to east, the cells
 * that they replace go, a cell that holds the same buildings as before keeps its code, and neighbours get the vertices at which
 * new borders meet theirs. Throws not-found, wrong-state, version-conflict when cells or buildings have changed
 * since the analysis read them, code-conflict when a grid has no codes left.
 */
export async function publishChanges(
  sql: Sql,
  id: string,
  alternative: number,
  reader: Reader,
): Promise<Publication> {
  const analysis = await getAnalysis(sql, id, reader, true)
  const read = redrawResultSchema.safeParse(analysis.result)
  if (analysis.kind !== 'redraw' || analysis.state !== 'done' || !read.success)
    throw new Problem('wrong-state', 'This analysis has no cells to publish. Run one that redraws cells.')
  const result = read.data
  const chosen = result.alternatives.find(({ number }) => number === alternative)
  if (!chosen)
    throw new Problem(
      'not-found',
      `The analysis has no alternative ${alternative}; it has ${result.alternatives.length}.`,
    )
  if (chosen.disconnected > 0)
    throw new Problem(
      'wrong-state',
      'One of these cells is not connected. Move buildings until each is, then publish.',
    )
  if ((await stampOf(sql, result.target)) !== result.stamp)
    throw new Problem(
      'version-conflict',
      `Cells or buildings of ${result.target.name} have changed since this was computed; nothing was published. Run it again.`,
    )
  const drawn = await readDrawn(sql, id, alternative)
  const puts: Put[] = []
  const deletes: ChangeSet['deletes'] = []
  const fresh: MultiPolygon[] = []
  const before = new Map<string, StoredInput>()
  const keep = ({ layer, id: row, version, input }: KnownCell) =>
    before.set(`${layer}/${row}`, { version, ...input })
  for (const unit of result.units) {
    const cells = drawn.filter((cell) => cell.unit === unit.code)
    if (cells.length === 0) continue
    const old = await readKnown(sql, unit, result, reader.reach)
    old.forEach(keep)
    const kept = new Set<number>()
    const create: DrawnCell[] = []
    for (const cell of cells) {
      const same = cell.isUnchanged ? old.find(({ input }) => input.properties.code === cell.from) : undefined
      if (!same) {
        create.push(cell)
        continue
      }
      kept.add(same.id)
      if (sharesCorners(same.input.geometry, cell.geometry)) continue
      puts.push({ ...same, geometry: cell.geometry, properties: same.input.properties })
      fresh.push(cell.geometry)
    }
    const gone = old.filter(({ id: known }) => !kept.has(known))
    deletes.push(...gone.map(({ layer, id: row, version }) => ({ layer, id: row, version })))
    const parent = await parentFor(sql, unit, puts, -1_000_000 - puts.length)
    const codes = await freshCodes(sql, 'micro-grids', parent.code, create.length)
    create.forEach((cell, i) => {
      const name = nameFor(parent.name, codes[i]!.slice(-2))
      puts.push({
        layer: 'micro-grids',
        id: -cell.number,
        version: null,
        geometry: cell.geometry,
        properties: { code: codes[i]!, name },
      })
      fresh.push(cell.geometry)
    })
  }
  if (puts.length === 0 && deletes.length === 0)
    throw new Problem('wrong-state', 'These are the cells that there are: nothing is to be published.')
  for (const { row, geometry } of await meetNeighbours(sql, fresh, { puts, deletes }, reader.reach)) {
    keep(row)
    puts.push({ ...row, geometry, properties: row.input.properties })
  }
  // The put of a standing row carries what is stored beside its shape alone.
  return {
    changes: {
      puts: puts.map(({ layer, id: row, version, geometry, properties }) => ({
        layer,
        id: row,
        version,
        geometry,
        properties,
      })),
      deletes,
    },
    title: analysis.title,
    before: (layer, row) => before.get(`${layer}/${row}`),
  }
}

const readDrawn = (sql: Sql, id: string, alternative: number): Promise<DrawnCell[]> =>
  sql<DrawnCell[]>`
    SELECT (properties->>'number')::int AS number, properties->>'unit' AS unit, properties->>'from' AS "from",
      (properties->>'isUnchanged')::boolean AS "isUnchanged", ST_AsGeoJSON(geom, 7)::jsonb AS geometry
    FROM analysis_feature WHERE analysis_id = ${id} AND part = 'cell'
      AND (properties->>'alternative')::int = ${alternative} ORDER BY seq` as unknown as Promise<DrawnCell[]>

const KNOWN = (layer: CellLayer) =>
  `SELECT '${layer}' AS layer, t.id, t.version, ${inputJson(layer, 't')} AS input FROM ${tableOf(layer)} t`

/** Micro-grids of a unit that are replaced, as they are now. */
async function readKnown(
  sql: Sql,
  { layer, id }: RedrawCellRef,
  { replaces }: RedrawResult,
  reach: Reach,
): Promise<KnownCell[]> {
  const parameters: (string | number | number[])[] = [replaces.map((cell) => cell.id), id]
  const reached = reachClause('micro-grids', reach, (ids) => `$${parameters.push(ids)}`)
  const own = layer === 'micro-grids' ? 'id' : `${tableOf(layer)}_id`
  return sql.unsafe<KnownCell[]>(
    `${KNOWN('micro-grids')} WHERE t.id = ANY($1::bigint[]) AND t.${own} = $2 AND ${reached} ORDER BY t.code`,
    parameters,
  )
}

/** The grid that new cells lie in. A community without grids gets one that is as large as itself. */
async function parentFor(
  sql: Sql,
  unit: RedrawCellRef,
  puts: Put[],
  newId: number,
): Promise<{ code: string; name: string }> {
  if (unit.layer === 'grids') return unit
  if (unit.layer === 'micro-grids') {
    const [grid] = await sql<{ code: string; name: string }[]>`
      SELECT g.code, g.name FROM grid g JOIN micro_grid m ON m.grid_id = g.id WHERE m.id = ${unit.id}`
    return grid ?? unit
  }
  const [row] = await sql<{ geometry: MultiPolygon }[]>`
    SELECT ST_AsGeoJSON(geom, 7)::jsonb AS geometry FROM community WHERE id = ${unit.id}`
  const [code] = await freshCodes(sql, 'grids', unit.code, 1)
  puts.push({
    layer: 'grids',
    id: newId,
    version: null,
    geometry: row!.geometry,
    properties: { code, name: unit.name, kind: 'general' },
  })
  return { code: code!, name: unit.name }
}

const nameFor = (parent: string, number: string): string =>
  /\p{Script=Han}/u.test(parent)
    ? `${parent.slice(0, 100).replace(/网格$/u, '')}${number}微网格`
    : `${parent.slice(0, 100)} ${number}`

const cornersOf = (geometry: MultiPolygon): Set<string> =>
  new Set([...edgesOf(toShape(geometry))].map(([from]) => keyOf(from)))

/** Whether the new shape has every corner of the old one: it is the same, but for corners where others meet it. */
function sharesCorners(old: MultiPolygon, made: MultiPolygon): boolean {
  const corners = cornersOf(made)
  return [...cornersOf(old)].every((corner) => corners.has(corner))
}

/** Cells in reach that stay, with the corners of new ones that lie on their borders. */
async function meetNeighbours(
  sql: Sql,
  fresh: readonly MultiPolygon[],
  { puts, deletes }: ChangeSet,
  reach: Reach,
): Promise<{ row: KnownCell; geometry: MultiPolygon }[]> {
  const shapes = fresh.map((geometry) => JSON.stringify(geometry))
  if (shapes.length === 0) return []
  const touched = new Set([...puts, ...deletes].map(({ layer, id }) => `${layer}/${id}`))
  const corners: LatticePoint[] = fresh.flatMap((geometry) => toShape(geometry).flat(2))
  const made: { row: KnownCell; geometry: MultiPolygon }[] = []
  for (const layer of ['communities', 'grids', 'micro-grids'] as const) {
    const parameters: (string | string[] | number[])[] = [shapes]
    const reached = reachClause(layer, reach, (ids) => `$${parameters.push(ids)}`)
    const rows = await sql.unsafe<KnownCell[]>(
      `${KNOWN(layer)} WHERE ${reached} AND EXISTS (
         SELECT FROM unnest($1::text[]) AS shape (text) WHERE t.geom && ST_SetSRID(ST_GeomFromGeoJSON(text), 4326))
       ORDER BY t.id`,
      parameters,
    )
    for (const row of rows) {
      if (touched.has(`${layer}/${row.id}`)) continue
      const shape = insertNear(toShape(row.input.geometry), corners)
      if (shape) made.push({ row, geometry: toMultiPolygon(shape) })
    }
  }
  return made
}
