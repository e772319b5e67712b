import type { CellsAt, Place, PlaceName } from '../../geodata/places/place.schema.ts'
import { CELL_LAYERS, CODE_LENGTH, layerOfCode } from '../../geodata/shared/codes.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { featureWhere } from '../features/feature.filter.ts'
import { cellKeys, sumOfKnown } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

const CHILD_LAYERS: Partial<Record<LayerId, LayerId[]>> = {
  communities: ['grids', 'buildings'],
  grids: ['micro-grids', 'buildings'],
  'micro-grids': ['buildings'],
}

/**
 * A cell or building by its code: where it is, what holds it and what it holds in reach. What holds it may be out of
 * reach itself: it is named. Throws not-found, invalid-parameter.
 */
export async function readPlace(sql: Sql, code: string, reach: Reach): Promise<Place> {
  const layer = layerOfCode(code)
  if (!layer)
    throw new Problem(
      'invalid-parameter',
      `“${code.slice(0, 40)}” is not a code: expected ${Object.values(CODE_LENGTH).join(', ')} digits.`,
    )
  const where = featureWhere(layer, {}, reach, 2)
  const [place] = await sql.unsafe<Pick<Place, 'id' | 'code' | 'name' | 'center' | 'bbox'>[]>(
    `SELECT t.id, t.code, ${layer === 'buildings' ? 'coalesce(t.name, t.address)' : 't.name'} AS name,
       ARRAY[ST_X(t.anchor), ST_Y(t.anchor)] AS center,
       ARRAY[ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)] AS bbox
     FROM ${tableOf(layer)} t WHERE t.code = $1 AND ${where.text}`,
    [code, ...where.parameters],
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
    const inReach = featureWhere(child, {}, reach, 2)
    const [row] = await sql.unsafe<{ count: number }[]>(
      `SELECT count(*) AS count FROM ${tableOf(child)} t WHERE t.${key} = $1 AND ${inReach.text}`,
      [place.id, ...inReach.parameters],
    )
    // Buildings are direct children only where no smaller cell stands between.
    if (row!.count > 0 && (child !== 'buildings' || children.length === 0))
      children.push({ layer: child, count: row!.count })
  }
  const counts = await countIn(sql, layer, place.id, reach)
  return { layer, ...place, ancestors: [...ancestors], children, counts }
}

async function countIn(sql: Sql, layer: LayerId, id: number, reach: Reach): Promise<Place['counts']> {
  const parameters: (number | string | number[])[] = [id]
  const held = (inner: LayerId) => {
    if (layer !== 'buildings') return `t.${tableOf(layer)}_id = $1`
    return inner === 'buildings'
      ? 't.id = $1'
      : 'ST_Covers((SELECT geom FROM building WHERE id = $1), t.geom)'
  }
  const from = (inner: LayerId) =>
    `FROM ${tableOf(inner)} t WHERE ${held(inner)} AND ${reachClause(inner, reach, (ids) => `$${parameters.push(ids)}`)}`
  const [row] = await sql.unsafe<Place['counts'][]>(
    `SELECT b.*, (SELECT count(*) ${from('facilities')}) AS facilities,
       (SELECT count(*) ${from('checkpoints')}) AS checkpoints,
       (SELECT count(*) ${from('hazards')} AND t.state NOT IN ('closed', 'rejected')) AS "hazardsOpen"
     FROM (SELECT count(*) AS buildings, ${sumOfKnown('households')} AS households,
       ${sumOfKnown('population')} AS population,
       count(*) FILTER (WHERE households IS NULL) AS "householdsUnknown" ${from('buildings')}) b`,
    parameters,
    { prepare: true },
  )
  return row!
}

type FoundCell = PlaceName & { reached: boolean; communityId: number | null; gridId: number | null }

/**
 * The cells that cover a point, now or as they were at a time (ISO): those in reach, and the names of those that hold
 * them.
 */
export async function readCellsAt(
  sql: Sql,
  [lng, lat]: LngLat,
  reach: Reach,
  time?: string,
): Promise<CellsAt> {
  const parameters: (number | string | number[])[] = time ? [lng, lat, time] : [lng, lat]
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const parts = CELL_LAYERS.map((layer) => {
    const parents = cellKeys(layer)
    const key = (column: string) => (parents.includes(column) ? `c.${column}` : 'NULL::bigint')
    const from = time
      ? `cells_as_of($3::timestamptz) c WHERE c.layer = '${layer}' AND`
      : `${tableOf(layer)} c WHERE`
    return `SELECT '${layer}' AS layer, c.id, c.code, c.name, ${key('community_id')} AS "communityId",
      ${key('grid_id')} AS "gridId", coalesce(${reachClause(layer, reach, bind, 'c')}, false) AS reached
      FROM ${from} ST_Covers(c.geom, ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326))`
  })
  const rows = await sql.unsafe<FoundCell[]>(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) cell ORDER BY id`,
    parameters,
    { prepare: true },
  )
  const reached = rows.filter((row) => row.reached)
  const holds = ({ layer, id }: FoundCell) =>
    reached.some(({ communityId, gridId }) => id === (layer === 'communities' ? communityId : gridId))
  const of = (layer: LayerId): PlaceName | null => {
    const found =
      reached.find((row) => row.layer === layer) ?? rows.find((row) => row.layer === layer && holds(row))
    return found ? { layer, id: found.id, code: found.code, name: found.name } : null
  }
  return { community: of('communities'), grid: of('grids'), microGrid: of('micro-grids') }
}
