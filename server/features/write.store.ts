import { searchText } from '../../geodata/search/search-text.ts'
import { isCodedLayer } from '../../geodata/shared/codes.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, Geometry } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordEvents } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { lockCells, settleBox } from './cells.store.ts'
import { refuseWithChildren, resolveCode } from './codes.store.ts'
import { inputJson } from './feature.sql.ts'
import { inputColumns, isLocated, tableOf } from './layer.columns.ts'
import { getFeature, noSuchFeature } from './read.store.ts'

/** What an edit puts: a normalised geometry and properties that satisfy the layer's input schema. */
export interface FeatureInput {
  geometry: Geometry
  properties: Record<string, unknown>
}

interface Written {
  id: number
  version: number
  input: unknown
  box: Bbox
}

/**
 * Stores a new feature with its code, cells and event, in one transaction. Throws invalid-geometry, no-parent,
 * code-mismatch, code-conflict, invalid-body (unknown zone layer).
 */
export async function createFeature(
  sql: Sql,
  layer: LayerId,
  input: FeatureInput,
  actor: string,
): Promise<StoredFeature> {
  return transact(sql, async (tx) => {
    await lockFor(tx, layer)
    await refuseInvalid(tx, input.geometry)
    const columns = await columnValues(tx, layer, input, undefined)
    const names = Object.keys(columns)
    const [row] = await tx.unsafe<Written[]>(
      `INSERT INTO ${tableOf(layer)} AS t (${names.join(', ')}, geom)
       VALUES (${names.map((name, index) => placeholder(layer, name, index + 1)).join(', ')}, ${geometryValue(names.length + 1)})
       RETURNING ${written(layer)}`,
      [...Object.values(columns), JSON.stringify(input.geometry)] as never[],
      { prepare: true },
    )
    await settle(tx, layer, input, row!, row!.box)
    const feature = await getFeature(tx, layer, row!.id)
    await recordEvents(tx, [
      {
        kind: 'put',
        layer,
        featureId: row!.id,
        version: feature.version,
        actor,
        box: row!.box,
        after: inputOf(layer, feature),
      },
    ])
    return feature
  })
}

/**
 * Replaces a feature's geometry and properties if its version is still the expected one. Throws not-found,
 * version-conflict (with the current version) and what createFeature throws.
 */
export async function replaceFeature(
  sql: Sql,
  layer: LayerId,
  id: number,
  expectedVersion: number,
  input: FeatureInput,
  actor: string,
): Promise<StoredFeature> {
  return transact(sql, async (tx) => {
    await lockFor(tx, layer)
    const before = await lockVersion(tx, layer, id, expectedVersion)
    await refuseInvalid(tx, input.geometry)
    const columns = await columnValues(tx, layer, input, id)
    const names = Object.keys(columns)
    const [row] = await tx.unsafe<Written[]>(
      `UPDATE ${tableOf(layer)} AS t SET version = t.version + 1, updated_at = now(),
         ${names.map((name, index) => `${name} = ${placeholder(layer, name, index + 1)}`).join(', ')},
         geom = ${geometryValue(names.length + 1)}
       WHERE t.id = $${names.length + 2} RETURNING ${written(layer)}`,
      [...Object.values(columns), JSON.stringify(input.geometry), id] as never[],
      { prepare: true },
    )
    const box = union(before.box, row!.box)
    await settle(tx, layer, input, row!, box)
    const feature = await getFeature(tx, layer, id)
    await recordEvents(tx, [
      {
        kind: 'put',
        layer,
        featureId: id,
        version: feature.version,
        actor,
        box,
        before: before.input,
        after: inputOf(layer, feature),
      },
    ])
    return feature
  })
}

/** Deletes a feature if its version is still the expected one. Throws not-found, version-conflict, has-children. */
export async function deleteFeature(
  sql: Sql,
  layer: LayerId,
  id: number,
  expectedVersion: number,
  actor: string,
): Promise<void> {
  await transact(sql, async (tx) => {
    await lockFor(tx, layer)
    const before = await lockVersion(tx, layer, id, expectedVersion)
    if (isCodedLayer(layer) && layer !== 'buildings') await refuseWithChildren(tx, layer, id)
    await tx.unsafe(`DELETE FROM ${tableOf(layer)} WHERE id = $1`, [id])
    if (isCodedLayer(layer)) await settleBox(tx, before.box, actor)
    await recordEvents(tx, [
      {
        kind: 'delete',
        layer,
        featureId: id,
        version: before.version,
        actor,
        box: before.box,
        before: before.input,
      },
    ])
  })
}

const written = (layer: LayerId) => `t.id, t.version, ${inputJson(layer, 't')} AS input,
  ARRAY[ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)] AS box`

const geometryValue = (position: number) => `ST_SetSRID(ST_GeomFromGeoJSON($${position}::text), 4326)`

function placeholder(layer: LayerId, name: string, position: number): string {
  const type = inputColumns(layer).find(({ column }) => column === name)?.type
  return type ? `$${position}::${type}` : `$${position}`
}

/** What a written feature now says of itself, as events keep it: its code may have come only when it was settled. */
function inputOf(layer: LayerId, { geometry, properties }: StoredFeature) {
  return {
    geometry,
    properties: Object.fromEntries(
      inputColumns(layer).map(({ property }) => [property, properties[property]]),
    ),
  }
}

/** Layers that are in no cell are written freely. */
async function lockFor(tx: TransactionSql, layer: LayerId): Promise<void> {
  if (isCodedLayer(layer)) await lockCells(tx, 'exclusive')
  else if (isLocated(layer)) await lockCells(tx, 'shared')
}

/** Locks the row; a writer that comes second waits here and then finds another version. */
async function lockVersion(
  tx: TransactionSql,
  layer: LayerId,
  id: number,
  expected: number,
): Promise<Written> {
  const [row] = await tx.unsafe<Written[]>(
    `SELECT ${written(layer)} FROM ${tableOf(layer)} t WHERE t.id = $1 FOR NO KEY UPDATE OF t`,
    [id],
    { prepare: true },
  )
  if (!row) throw noSuchFeature(layer, id)
  if (row.version !== expected) throw versionConflict(expected, row.version)
  return row
}

export const versionConflict = (expected: number, current: number) =>
  new Problem(
    'version-conflict',
    `You changed version ${expected}, but it is now version ${current}. Fetch it again, apply your change and send it with If-Match: "${current}".`,
    { extra: { currentVersion: current } },
  )

async function refuseInvalid(tx: TransactionSql, geometry: Geometry): Promise<void> {
  if (geometry.type === 'Point') return
  const [row] = await tx<[{ reason: string | null }]>`
    SELECT CASE WHEN NOT ST_IsValid(g) THEN ST_IsValidReason(g) END AS reason
    FROM ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}), 4326) g`
  if (row.reason)
    throw new Problem(
      'invalid-geometry',
      `The shape is not valid: ${row.reason}. Correct it at that place and send it again.`,
    )
}

/** Column values of an edit, code and parents included. */
async function columnValues(
  tx: TransactionSql,
  layer: LayerId,
  input: FeatureInput,
  id: number | undefined,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const { property, column, type } of inputColumns(layer)) {
    const value = input.properties[property] ?? null
    values[column] = type === 'jsonb' && value !== null ? tx.json(value as never) : value
  }
  if (isCodedLayer(layer)) Object.assign(values, await resolveCode(tx, layer, input, id))
  values.search_text = searchText(layer, { ...input.properties, code: values.code })
  return values
}

/** Cells and codes follow the edit; a building code that was asked for must be the one its place gives. */
async function settle(
  tx: TransactionSql,
  layer: LayerId,
  input: FeatureInput,
  row: Written,
  box: Bbox,
): Promise<void> {
  if (!isCodedLayer(layer) && !isLocated(layer)) return
  await settleBox(tx, box, 'gridward', { layer, id: row.id })
  if (layer !== 'buildings' || !input.properties.code) return
  const [now] = await tx<{ code: string | null; microGrid: string | null }[]>`
    SELECT b.code, m.code AS "microGrid" FROM building b LEFT JOIN micro_grid m ON m.id = b.micro_grid_id
    WHERE b.id = ${row.id}`
  if (now!.code === input.properties.code) return
  throw new Problem(
    'code-mismatch',
    now!.microGrid
      ? `The code ${input.properties.code} does not begin with ${now!.microGrid}, the micro-grid in which the building stands. Leave the code out to have one made.`
      : `The building stands in no micro-grid, so it cannot have the code ${input.properties.code}. Leave the code out.`,
  )
}

const union = (a: Bbox, b: Bbox): Bbox => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]

/** A transaction whose expected database errors come out as problems. */
async function transact<T>(sql: Sql, body: (tx: TransactionSql) => Promise<T>): Promise<T> {
  try {
    return (await sql.begin(body)) as T
  } catch (error) {
    const { code, constraint_name: constraint, detail } = error as Record<string, string | undefined>
    if (code === '23505')
      throw new Problem(
        'code-conflict',
        `The code is taken (${detail ?? constraint}). Choose another, or leave it out to have one made.`,
      )
    if (code === '23503' && constraint?.includes('zone_layer'))
      throw new Problem(
        'invalid-body',
        'There is no such zone layer. GET /api/v1/zone-layers lists those there are.',
      )
    if (code === '23503' || code === '40P01')
      throw new Problem('unavailable', 'Another change crossed this one, which was not made. Try again.')
    throw error
  }
}
