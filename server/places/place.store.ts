import type { CellsAt, Place, PlaceName } from '../../geodata/places/place.schema.ts'
import { CODE_LENGTH, layerOfCode } from '../../geodata/shared/codes.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { sumOfKnown } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

const CHILD_LAYERS: Partial<Record<LayerId, LayerId[]>> = {
  communities: ['grids', 'buildings'],
  grids: ['micro-grids', 'buildings'],
  'micro-grids': ['buildings'],
}

/** A cell or building by its code: where it is, what holds it and what it holds. Throws not-found, invalid-parameter. */
export async function readPlace(sql: Sql, code: string): Promise<Place> {
  const layer = layerOfCode(code)
  if (!layer)
    throw new Problem(
      'invalid-parameter',
      `“${code.slice(0, 40)}” is not a code: expected ${Object.values(CODE_LENGTH).join(', ')} digits.`,
    )
  const [place] = await sql.unsafe<Pick<Place, 'id' | 'code' | 'name' | 'center' | 'bbox'>[]>(
    `SELECT id, code, ${layer === 'buildings' ? 'coalesce(name, address)' : 'name'} AS name,
       ARRAY[ST_X(anchor), ST_Y(anchor)] AS center,
       ARRAY[ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)] AS bbox
     FROM ${tableOf(layer)} WHERE code = $1`,
    [code],
    { prepare: true },
  )
  if (!place) throw new Problem('not-found', `No feature of ${layer} has the code ${code}.`)
  const ancestors = await sql<PlaceName[]>`
    SELECT 'communities' AS layer, id, code, name FROM community WHERE code = ${code.slice(0, 12)} AND length(${code}) > 12
    UNION ALL SELECT 'grids', id, code, name FROM grid WHERE code = ${code.slice(0, 15)} AND length(${code}) > 15
    UNION ALL SELECT 'micro-grids', id, code, name FROM micro_grid WHERE code = ${code.slice(0, 17)} AND length(${code}) > 17`
  const key = `${tableOf(layer)}_id`
  const children: Place['children'] = []
  for (const child of CHILD_LAYERS[layer] ?? []) {
    const [row] = await sql.unsafe<{ count: number }[]>(
      `SELECT count(*) AS count FROM ${tableOf(child)} WHERE ${key} = $1`,
      [place.id],
    )
    // Buildings are direct children only where no smaller cell stands between.
    if (row!.count > 0 && (child !== 'buildings' || children.length === 0))
      children.push({ layer: child, count: row!.count })
  }
  return { layer, ...place, ancestors: [...ancestors], children, counts: await countIn(sql, layer, place.id) }
}

async function countIn(sql: Sql, layer: LayerId, id: number): Promise<Place['counts']> {
  const inside =
    layer === 'buildings'
      ? (table: string) =>
          table === 'building' ? 't.id = $1' : `ST_Covers((SELECT geom FROM building WHERE id = $1), t.geom)`
      : () => `t.${tableOf(layer)}_id = $1`
  const [row] = await sql.unsafe<Place['counts'][]>(
    `SELECT b.*, (SELECT count(*) FROM facility t WHERE ${inside('facility')}) AS facilities,
       (SELECT count(*) FROM checkpoint t WHERE ${inside('checkpoint')}) AS checkpoints,
       (SELECT count(*) FROM hazard t WHERE ${inside('hazard')} AND t.state NOT IN ('closed', 'rejected')) AS "hazardsOpen"
     FROM (SELECT count(*) AS buildings, ${sumOfKnown('households')} AS households,
       ${sumOfKnown('population')} AS population,
       count(*) FILTER (WHERE households IS NULL) AS "householdsUnknown" FROM building t WHERE ${inside('building')}) b`,
    [id],
    { prepare: true },
  )
  return row!
}

/** The cells that cover a point, now or as they were at a time (ISO). */
export async function readCellsAt(sql: Sql, [lng, lat]: LngLat, time?: string): Promise<CellsAt> {
  const point = sql`ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326)`
  const rows = time
    ? await sql<PlaceName[]>`
    SELECT DISTINCT ON (layer) layer, id, code, name FROM cells_as_of(${time}::timestamptz)
    WHERE ST_Covers(geom, ${point}) ORDER BY layer, id`
    : await sql<PlaceName[]>`
    (SELECT 'communities' AS layer, id, code, name FROM community WHERE ST_Covers(geom, ${point}) ORDER BY id LIMIT 1)
    UNION ALL (SELECT 'grids', id, code, name FROM grid WHERE ST_Covers(geom, ${point}) ORDER BY id LIMIT 1)
    UNION ALL (SELECT 'micro-grids', id, code, name FROM micro_grid WHERE ST_Covers(geom, ${point}) ORDER BY id LIMIT 1)`
  const of = (layer: LayerId) => rows.find((row) => row.layer === layer) ?? null
  return { community: of('communities'), grid: of('grids'), microGrid: of('micro-grids') }
}
