import { searchText } from '../../geodata/search/search-text.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, Geometry } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { stamp } from '../history/stamp.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { featureJson, inputJson } from './feature.sql.ts'
import { inputColumns, tableOf } from './layer.columns.ts'

/** What an edit puts: a normalised geometry and properties that satisfy the layer's input schema. */
export interface FeatureInput {
  geometry: Geometry
  properties: Record<string, unknown>
}

export interface WrittenRow {
  id: number
  version: number
  input: FeatureInput
  /** Degrees. */
  box: Bbox
}

const written = (layer: LayerId) => `t.id, t.version, ${inputJson(layer, 't')} AS input,
  ARRAY[ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)] AS box`

/** Locks the rows in reach, in id order; a writer that comes second waits here and then finds another version. */
export async function lockRows(
  tx: TransactionSql,
  layer: LayerId,
  ids: number[],
  reach: Reach,
): Promise<Map<number, WrittenRow>> {
  const parameters: (string | number[])[] = [ids]
  const reached = reachClause(layer, reach, (more) => `$${parameters.push(more)}`)
  const rows = await tx.unsafe<WrittenRow[]>(
    `SELECT ${written(layer)} FROM ${tableOf(layer)} t WHERE t.id = ANY($1::bigint[]) AND ${reached}
     ORDER BY t.id FOR NO KEY UPDATE OF t`,
    parameters,
    { prepare: true },
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Stores a new row; `codes` are its code and parents. `fixed` are columns that a feature brought back from its history
 * keeps, its id among them.
 */
export async function insertRow(
  tx: TransactionSql,
  layer: LayerId,
  input: FeatureInput,
  codes: Record<string, unknown>,
  fixed: Record<string, unknown> = {},
): Promise<WrittenRow> {
  const columns = { ...columnValues((value) => tx.json(value as never), layer, input, codes), ...fixed }
  const names = Object.keys(columns)
  const [row] = await tx.unsafe<WrittenRow[]>(
    `INSERT INTO ${tableOf(layer)} AS t (${names.join(', ')}, geom)
     VALUES (${names.map((name, index) => placeholder(layer, name, index + 1)).join(', ')}, ${geometryValue(names.length + 1)})
     RETURNING ${written(layer)}`,
    [...Object.values(columns), JSON.stringify(input.geometry)] as never[],
    { prepare: true },
  )
  return row!
}

/** Stores new rows of a layer without codes at once. Their ids rise in the order of the inputs, which is that of the answer. */
export async function insertRows(
  tx: TransactionSql,
  layer: LayerId,
  inputs: readonly FeatureInput[],
): Promise<WrittenRow[]> {
  const rows = inputs.map((input, place) => ({
    ...columnValues((value) => value, layer, input, {}),
    shape: JSON.stringify(input.geometry),
    place,
  }))
  const columns = [...inputColumns(layer), { column: 'search_text', type: 'text' }]
  const names = columns.map(({ column }) => column).join(', ')
  const stored = await tx.unsafe<WrittenRow[]>(
    `INSERT INTO ${tableOf(layer)} AS t (${names}, geom)
     SELECT ${names}, ST_SetSRID(ST_GeomFromGeoJSON(shape), 4326)
     FROM jsonb_to_recordset($1::text::jsonb) AS row (${columns.map(({ column, type }) => `${column} ${type}`).join(', ')},
       shape text, place integer) ORDER BY place
     RETURNING ${written(layer)}`,
    [JSON.stringify(rows)],
    { prepare: true },
  )
  return stored.sort((a, b) => a.id - b.id)
}

/** Replaces a row that the caller has locked; its version becomes the next one. */
export async function updateRow(
  tx: TransactionSql,
  layer: LayerId,
  id: number,
  input: FeatureInput,
  codes: Record<string, unknown>,
): Promise<WrittenRow> {
  const columns = columnValues((value) => tx.json(value as never), layer, input, codes)
  const names = Object.keys(columns)
  const [row] = await tx.unsafe<WrittenRow[]>(
    `UPDATE ${tableOf(layer)} AS t SET version = t.version + 1, ${stamp('t', 'edited')},
       ${names.map((name, index) => `${name} = ${placeholder(layer, name, index + 1)}`).join(', ')},
       geom = ${geometryValue(names.length + 1)}
     WHERE t.id = $${names.length + 2} RETURNING ${written(layer)}`,
    [...Object.values(columns), JSON.stringify(input.geometry), id] as never[],
    { prepare: true },
  )
  return row!
}

const geometryValue = (position: number) => `ST_SetSRID(ST_GeomFromGeoJSON($${position}::text), 4326)`

function placeholder(layer: LayerId, name: string, position: number): string {
  const type = inputColumns(layer).find(({ column }) => column === name)?.type
  return type ? `$${position}::${type}` : `$${position}`
}

function columnValues(
  json: (value: unknown) => unknown,
  layer: LayerId,
  input: FeatureInput,
  codes: Record<string, unknown>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { property, column, type } of inputColumns(layer)) {
    const value = input.properties[property] ?? null
    values[column] = type === 'jsonb' && value !== null ? json(value) : value
  }
  Object.assign(values, codes)
  values.search_text = searchText(layer, { ...input.properties, code: values.code })
  return values
}

/** What a written feature now says of itself, as events keep it: its code may have come only when it was settled. */
export function inputOf(layer: LayerId, { geometry, properties }: StoredFeature) {
  return {
    geometry,
    properties: Object.fromEntries(
      inputColumns(layer).map(({ property }) => [property, properties[property]]),
    ),
  }
}

/** Whole features by id; those that are not there are left out. */
export async function readFeatures(
  tx: TransactionSql,
  layer: LayerId,
  ids: number[],
): Promise<Map<number, StoredFeature>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.unsafe<{ feature: StoredFeature }[]>(
    `SELECT ${featureJson(layer, 't')} AS feature FROM ${tableOf(layer)} t WHERE t.id = ANY($1::bigint[])`,
    [ids],
    { prepare: true },
  )
  return new Map(rows.map(({ feature }) => [feature.id, feature]))
}

/** The first shape of a list that PostGIS finds invalid: its index and what is wrong. */
export async function firstInvalid(
  tx: TransactionSql,
  geometries: Geometry[],
): Promise<{ index: number; problem: Problem } | undefined> {
  const shapes = geometries.flatMap((geometry, index) =>
    geometry.type === 'Point' ? [] : [{ index, text: JSON.stringify(geometry) }],
  )
  if (shapes.length === 0) return undefined
  const [row] = await tx<{ index: number; reason: string }[]>`
    SELECT index, ST_IsValidReason(g) AS reason
    FROM unnest(${shapes.map(({ index }) => index)}::integer[], ${shapes.map(({ text }) => text)}::text[]) AS shape (index, text),
      ST_SetSRID(ST_GeomFromGeoJSON(text), 4326) g
    WHERE NOT ST_IsValid(g) ORDER BY index LIMIT 1`
  if (!row) return undefined
  const problem = new Problem(
    'invalid-geometry',
    `The shape is not valid: ${row.reason}. Correct it at that place and send it again.`,
  )
  return { index: row.index, problem }
}
