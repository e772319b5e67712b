import type { ReachArea } from '../../../geodata/coverage/facility/reach-areas.ts'
import type { Bbox, LngLat, Ring } from '../../../geodata/shared/geojson.ts'
import type { Reach } from '../../access/reach.ts'
import { reachClause } from '../../access/scope.sql.ts'
import type { Sql } from '../../platform/database.ts'
import { runCancellable } from '../../platform/run-cancellable.store.ts'

type Parameter = string | number | string[] | number[]

/** The cells in reach that no other cell in reach holds, as SQL: geom. A shape that crosses itself is made valid. */
function shapesSql(reach: Reach, parameters: Parameter[]): string {
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const sound =
    'CASE WHEN ST_IsValid(t.geom) THEN t.geom ELSE ST_CollectionExtract(ST_MakeValid(t.geom), 3) END AS geom'
  return `SELECT ${sound} FROM community t WHERE ${reachClause('communities', reach, bind)}
    UNION ALL SELECT ${sound} FROM grid t JOIN community c ON c.id = t.community_id
      WHERE ${reachClause('grids', reach, bind)} AND (${reachClause('communities', reach, bind, 'c')}) IS NOT TRUE
    UNION ALL SELECT ${sound} FROM micro_grid t JOIN grid g ON g.id = t.grid_id
      WHERE ${reachClause('micro-grids', reach, bind)} AND (${reachClause('grids', reach, bind, 'g')}) IS NOT TRUE`
}

/** The box of the cells in reach; undefined: there are none. */
export async function readAreaBox(sql: Sql, reach: Reach, signal: AbortSignal): Promise<Bbox | undefined> {
  const parameters: Parameter[] = []
  const [row] = await runCancellable<Record<'west' | 'south' | 'east' | 'north', number | null>>(
    sql,
    `SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
     FROM (SELECT ST_Extent(geom) AS box FROM (${shapesSql(reach, parameters)}) shape) all_shapes`,
    parameters,
    signal,
  )
  const { west, south, east, north } = row!
  return west === null || south === null || east === null || north === null
    ? undefined
    : [west, south, east, north]
}

export interface AreaPiece {
  part: 'reach' | 'gap' | 'straight'
  metres: number
  rings: Ring[]
  squareMetres: number
  /** On its surface. */
  inside: LngLat
  /** The smallest cell that this place is in; of gaps only. */
  cellCode: string | null
  cellName: string | null
}

/** Coordinates are kept to so many degrees, so that an area is that of the shape as it is written. */
const GRID = 1e-7

/**
 * The ground of the cells in reach, cut: what of it each area covers, and what that of `limitMetres` leaves (`gap`). Each
 * piece hangs together. Also the square metres of all the ground (geodesic).
 */
export async function cutAreas(
  sql: Sql,
  reach: Reach,
  areas: readonly ReachArea[],
  straight: ReachArea | undefined,
  limitMetres: number,
  signal: AbortSignal,
): Promise<{ squareMetres: number; pieces: AreaPiece[] }> {
  const shapes = [...areas, ...(straight ? [straight] : [])]
  const parameters: Parameter[] = [
    shapes.map(({ metres }) => metres),
    shapes.map(({ polygons }) => JSON.stringify({ type: 'MultiPolygon', coordinates: polygons })),
    areas.length,
    areas.findIndex(({ metres }) => metres === limitMetres) + 1,
  ]
  const rows = await runCancellable<
    Omit<AreaPiece, 'rings' | 'inside' | 'part'> & {
      part: AreaPiece['part'] | 'area'
      shape: string | null
      lng: number | null
      lat: number | null
    }
  >(
    sql,
    `WITH ground AS MATERIALIZED (
       SELECT ST_ReducePrecision(ST_Union(geom), ${GRID}) AS geom FROM (${shapesSql(reach, parameters)}) shape),
     shape AS MATERIALIZED (
       SELECT number, metres,
         ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(shape), 4326)), 3) AS geom
       FROM unnest($1::float8[], $2::text[]) WITH ORDINALITY AS given (metres, shape, number)),
     cut AS (
       SELECT CASE WHEN number > $3::int THEN 'straight' ELSE 'reach' END AS part, metres,
         ST_Intersection(ground.geom, shape.geom, ${GRID}) AS geom FROM ground CROSS JOIN shape
       UNION ALL
       SELECT 'gap', metres, ST_Difference(ground.geom, shape.geom, ${GRID}) FROM ground CROSS JOIN shape
       WHERE number = $4::int),
     piece AS MATERIALIZED (
       SELECT part, metres, (ST_Dump(ST_CollectionExtract(geom, 3))).geom AS geom FROM cut)
     SELECT part, metres, ST_AsGeoJSON(p.geom, 7) AS shape, ST_Area(p.geom::geography) AS "squareMetres",
       ST_X(inside) AS lng, ST_Y(inside) AS lat, cell.code AS "cellCode", cell.name AS "cellName"
     FROM piece p CROSS JOIN LATERAL (SELECT ST_PointOnSurface(p.geom) AS inside) i
       LEFT JOIN LATERAL (
         SELECT code, name FROM (
           SELECT 1 AS level, code, name FROM micro_grid m WHERE ST_Covers(m.geom, inside)
           UNION ALL SELECT 2, code, name FROM grid g WHERE ST_Covers(g.geom, inside)
           UNION ALL SELECT 3, code, name FROM community c WHERE ST_Covers(c.geom, inside)) held
         WHERE p.part = 'gap' ORDER BY level, code LIMIT 1) cell ON true
     UNION ALL
     SELECT 'area', 0, NULL, coalesce(ST_Area(geom::geography), 0), NULL, NULL, NULL, NULL FROM ground`,
    parameters,
    signal,
  )
  const pieces = rows.flatMap(({ part, shape, lng, lat, ...row }): AreaPiece[] =>
    part === 'area' || shape === null || lng === null || lat === null
      ? []
      : [
          {
            ...row,
            part,
            rings: (JSON.parse(shape) as { coordinates: Ring[] }).coordinates,
            inside: [lng, lat],
          },
        ],
  )
  return { pieces, squareMetres: rows.find(({ part }) => part === 'area')?.squareMetres ?? 0 }
}
