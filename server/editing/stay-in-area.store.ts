import { isDeepStrictEqual } from 'node:util'
import type { ChangeSet, Put } from '../../geodata/editing/change-set.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { isCodedLayer } from '../../geodata/shared/codes.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type CellSet, type Reach, reaches } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import { pastReachClause } from '../access/scope.sql.ts'
import type { Followed, Gone, Moved } from '../features/cells.store.ts'
import { isLocated, LOCATED_LAYERS, tableOf } from '../features/layer.columns.ts'
import type { TransactionSql } from '../platform/database.ts'
import { keyOf, type Standing } from './find-conflicts.store.ts'

/**
 * By how much a shape may reach beyond the cells of an area, degrees. Positions are rounded to 1e-7: one that stands on
 * a border of any direction may be off by 0.7e-7.
 */
const ROUNDING_DEGREES = 1.5e-7

interface Shape {
  layer: LayerId
  id: number
  code: unknown
  text: string
  /** How much of it must lie in the area. */
  whole: boolean
  /** Whether the last shapes of deleted cells count, so that their deletion can be undone. */
  past: boolean
}

/**
 * Before anything is written: new shapes must lie within the cells of the area as they are now. Else someone could widen
 * a cell, and with it what they may see, or learn by trial what stands elsewhere. Of buildings and points it is
 * their anchor; of all others the whole. Cells, buildings and points that stay where they are need no more than to
 * be in reach; zones, roads and land cover must always lie within, those that are deleted too. Throws outside-area.
 */
export async function refuseShapesOutside(
  tx: TransactionSql,
  { puts, deletes }: ChangeSet,
  standing: Standing,
  reach: Reach,
): Promise<void> {
  if (reach === 'everywhere') return
  const shapes = puts.filter((put) => isReshaped(put, standing)).map((put) => shapeOf(put, put))
  for (const { layer, id } of deletes) {
    const { input } = standing.rows.get(keyOf(layer, id))!
    if (!inCells(layer)) shapes.push(shapeOf({ layer, id }, input))
  }
  if (shapes.length === 0) return
  for (const set of reach.length > 0 ? reach : [NO_CELLS]) {
    const outside = await firstOutside(tx, shapes, set)
    if (outside) throw outsideArea(outside)
  }
}

const NO_CELLS: CellSet = { communities: [], grids: [], 'micro-grids': [] }

const inCells = (layer: LayerId): boolean => isCodedLayer(layer) || isLocated(layer)

function isReshaped(put: Put, standing: Standing): boolean {
  const before = standing.rows.get(keyOf(put.layer, put.id))
  return !before || !inCells(put.layer) || !isDeepStrictEqual(before.input.geometry, put.geometry)
}

const shapeOf = (
  { layer, id }: { layer: LayerId; id: number },
  { geometry, properties }: Pick<Put, 'geometry' | 'properties'>,
): Shape => ({
  layer,
  id,
  code: properties.code,
  text: JSON.stringify(geometry),
  whole: !isLocated(layer),
  past: inCells(layer),
})

// Booleans go as text: the driver takes an array for what its first element is, and a boolean is no array.
async function firstOutside(tx: TransactionSql, shapes: Shape[], set: CellSet): Promise<Shape | undefined> {
  const [communities, grids, microGrids] = [[...set.communities], [...set.grids], [...set['micro-grids']]]
  const kinds = [...new Set(shapes.map(({ past }) => past))].map(String)
  const [row] = await tx<{ place: number }[]>`
    WITH given AS MATERIALIZED (
      SELECT place, whole, past, ST_SetSRID(ST_GeomFromGeoJSON(text), 4326) AS shape
      FROM unnest(${shapes.map(({ text }) => text)}::text[], ${shapes.map(({ whole }) => String(whole))}::text[]::boolean[],
        ${shapes.map(({ past }) => String(past))}::text[]::boolean[]) WITH ORDINALITY AS row (text, whole, past, place)
    ), gone AS (
      SELECT DISTINCT ON (v.layer, v.feature_id) v.geom FROM feature_version v
      WHERE v.layer = 'communities' AND v.feature_id = ANY (${communities}::bigint[])
          AND NOT EXISTS (SELECT FROM community c WHERE c.id = v.feature_id)
        OR v.layer = 'grids' AND v.feature_id = ANY (${grids}::bigint[])
          AND NOT EXISTS (SELECT FROM grid c WHERE c.id = v.feature_id)
        OR v.layer = 'micro-grids' AND v.feature_id = ANY (${microGrids}::bigint[])
          AND NOT EXISTS (SELECT FROM micro_grid c WHERE c.id = v.feature_id)
      ORDER BY v.layer, v.feature_id, v.version DESC
    ), cell AS MATERIALIZED (
      SELECT * FROM (
        SELECT geom, false AS past FROM community WHERE id = ANY (${communities}::bigint[])
        UNION ALL SELECT geom, false FROM grid WHERE id = ANY (${grids}::bigint[])
        UNION ALL SELECT geom, false FROM micro_grid WHERE id = ANY (${microGrids}::bigint[])
        UNION ALL SELECT geom, true FROM gone) cells
      WHERE geom && (SELECT ST_SetSRID(ST_Extent(shape)::geometry, 4326) FROM given)
    ), area AS MATERIALIZED (
      SELECT which.past, ST_Buffer(ST_Union(cell.geom, 1e-9), ${ROUNDING_DEGREES}) AS geom
      FROM unnest(${kinds}::text[]::boolean[]) AS which (past) JOIN cell ON NOT cell.past OR which.past GROUP BY which.past
    )
    SELECT place FROM given
    WHERE NOT coalesce(CASE WHEN given.whole
      THEN (SELECT ST_Covers(area.geom, shape) FROM area WHERE area.past = given.past)
      ELSE EXISTS (SELECT FROM cell WHERE (given.past OR NOT cell.past) AND ST_Covers(cell.geom, ST_PointOnSurface(shape))) END, false)
    ORDER BY place LIMIT 1`
  return row && shapes[row.place - 1]
}

/** What an edit wrote besides what it named. */
export interface Written {
  /** What it put, by layer and id as stored. */
  put: { layer: LayerId; id: number; name: number }[]
  followed: Followed[]
  moved: Moved[]
  /** Points of cells that it deleted. */
  held: { layer: LayerId; id: number }[]
}

/**
 * After everything is written: all that the edit put, and all that came to have other cells or another code because of
 * it, must be in reach, and what was not put must have been before. Throws outside-area.
 */
export async function refuseRowsOutside(
  tx: TransactionSql,
  { put, followed, moved, held }: Written,
  reach: Reach,
): Promise<void> {
  if (reach === 'everywhere') return
  const named = new Map(put.map(({ layer, id, name }) => [keyOf(layer, id), name]))
  const seen = new Set(held.map(({ layer, id }) => keyOf(layer, id)))
  for (const { layer, id, from } of moved) {
    const key = keyOf(layer, id)
    // What it moved again later it had already where it may.
    if (!named.has(key) && !seen.has(key) && !reaches(reach, from)) throw takesIn(layer)
    seen.add(key)
  }
  for (const layer of LAYER_IDS) {
    const ofLayer = <T extends { layer: LayerId }>(rows: T[]) => rows.filter((row) => row.layer === layer)
    await refuseTakenIn(tx, layer, ofLayer(followed), reach)
    const ids = [
      ...new Set(
        [put, followed, moved, held].flatMap(ofLayer<{ layer: LayerId; id: number }>).map(({ id }) => id),
      ),
    ]
    const reached = await reachedIds(tx, layer, ids, reach)
    const id = ids.find((id) => !reached.has(id))
    if (id === undefined) continue
    const code = ofLayer(followed).find((row) => row.id === id)?.codeBefore
    throw outsideArea({ layer, id: named.get(keyOf(layer, id)) ?? id, code })
  }
}

/** Cells that another parent holds now must have been in reach under the one that held them. */
async function refuseTakenIn(
  tx: TransactionSql,
  layer: LayerId,
  followed: Followed[],
  reach: Reach,
): Promise<void> {
  if (followed.length === 0 || isLocated(layer)) return
  const parameters: (string | number[])[] = [
    layer,
    followed.map(({ id }) => id),
    followed.map(({ version }) => version - 1),
  ]
  const reached = pastReachClause(layer, reach, (ids) => `$${parameters.push(ids)}`)
  const outside = await tx.unsafe(
    `SELECT FROM unnest($2::bigint[], $3::integer[]) AS row (id, version)
     JOIN feature_version v ON v.layer = $1 AND v.feature_id = row.id AND v.version = row.version
     WHERE (${reached}) IS NOT TRUE LIMIT 1`,
    parameters,
  )
  if (outside.length > 0) throw takesIn(layer)
}

/** Points in cells that are about to be deleted. Keys to the cells are emptied with them, which tells of no move. */
export async function pointsHeldBy(
  tx: TransactionSql,
  gone: Gone,
): Promise<{ layer: LayerId; id: number }[]> {
  const held: { layer: LayerId; id: number }[] = []
  if (Object.keys(gone).length === 0) return held
  for (const layer of LOCATED_LAYERS) {
    const rows = await tx.unsafe<{ id: number }[]>(
      `SELECT id FROM ${tableOf(layer)} WHERE community_id = ANY ($1::bigint[]) OR grid_id = ANY ($2::bigint[])
         OR micro_grid_id = ANY ($3::bigint[])`,
      [gone.communities ?? [], gone.grids ?? [], gone['micro-grids'] ?? []],
    )
    for (const { id } of rows) held.push({ layer, id })
  }
  return held
}

function outsideArea({ layer, id, code }: { layer: LayerId; id: number; code: unknown }): Problem {
  const noun = LAYERS[layer].noun.en.toLowerCase()
  const which = code ? `${noun} ${String(code)}` : id > 0 ? `${noun} ${id}` : `new ${noun}`
  return new Problem(
    'outside-area',
    `The ${which} is not, or would not be, wholly within your area. Nothing was changed; an administrator can widen the area.`,
    { extra: { at: { layer, id } } },
  )
}

/** Says nothing of what stands there: the writer may not see it. */
const takesIn = (layer: LayerId) =>
  new Problem(
    'outside-area',
    `The edit would take in ${LAYERS[layer].title.en.toLowerCase()} that are not in your area. Nothing was changed; an administrator can widen the area.`,
  )
