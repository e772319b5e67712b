import type { LngLat } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AreaRow } from '../access/area.store.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

/** The shapes of cells as SQL: code, geom. */
function shapesSql(cells: readonly AreaRow[], parameters: number[][]): string {
  const layers = [...new Set(cells.map(({ layer }) => layer))]
  return layers
    .map((layer) => {
      parameters.push(cells.filter((cell) => cell.layer === layer).map(({ cellId }) => cellId))
      return `SELECT t.code, t.geom FROM ${tableOf(layer)} t WHERE t.id = ANY($${parameters.length}::bigint[])`
    })
    .join(' UNION ALL ')
}

/** Throws invalid-geometry naming the cells whose shapes cross themselves or are broken otherwise. */
export async function expectSoundShapes(sql: Sql, cells: readonly AreaRow[]): Promise<void> {
  if (cells.length === 0) return
  const parameters: number[][] = []
  const broken = await sql.unsafe<{ code: string; reason: string }[]>(
    `SELECT code, ST_IsValidReason(geom) AS reason FROM (${shapesSql(cells, parameters)}) shape
     WHERE NOT ST_IsValid(geom) ORDER BY code LIMIT 5`,
    parameters,
  )
  if (broken.length === 0) return
  throw new Problem(
    'invalid-geometry',
    `The shape of ${broken.map(({ code, reason }) => `cell ${code} is broken (${reason})`).join('; ')}. Mend it on the map, then generate again.`,
    { issues: broken.map(({ code, reason }) => ({ at: '/area', message: `${code}: ${reason}` })) },
  )
}

/**
 * The border of cells taken together, closed, [lng, lat] in EPSG:4326; holes have none. Throws no-border without cells, and
 * when they do not hang together.
 */
export async function readBorder(sql: Sql, cells: readonly AreaRow[]): Promise<LngLat[]> {
  if (cells.length === 0)
    throw new Problem(
      'no-border',
      'The plan names no area, so there is no border to walk. Add the cells round which it goes.',
      { issues: [{ at: '/area', message: 'is empty' }] },
    )
  const parameters: number[][] = []
  const rings = await sql.unsafe<{ coordinates: LngLat[] }[]>(
    `SELECT ST_AsGeoJSON(ST_ExteriorRing((part).geom), 7)::jsonb->'coordinates' AS coordinates
     FROM (SELECT ST_Dump(ST_Union(geom)) AS part FROM (${shapesSql(cells, parameters)}) shape) parts
     WHERE NOT ST_IsEmpty((part).geom)`,
    parameters,
  )
  if (rings.length === 1) return rings[0]!.coordinates
  throw new Problem(
    'no-border',
    rings.length === 0
      ? 'The cells of the plan have no shape, so there is no border to walk. Draw them on the map first.'
      : `The cells of the plan lie in ${rings.length} parts that touch at a corner at most; a border is walked round one. Take cells that hang together, and a plan for each part.`,
    { issues: [{ at: '/area', message: `has ${rings.length} parts` }] },
  )
}
