import type { LngLat } from '../../geodata/shared/geojson.ts'
import {
  AROUND_METRES,
  type Around,
  type AroundFeature,
  MAX_AROUND_BYTES,
  MAX_AROUND_FEATURES,
} from '../../geodata/walks/around.schema.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'

/** Degrees, some metres: a way turns more often than its surroundings change. */
const COARSE = 0.00005

type Row = { layer: 'roads' | 'buildings'; kind: string | null; name: string | null; shape: string }

/**
 * Streets and buildings in reach within 200 m of a way and its stops: streets first, then buildings, each the nearest
 * first, until 3,000 or 1 MB are full.
 */
export async function readAround(
  sql: Sql,
  { path, stops }: { path: readonly LngLat[]; stops: readonly LngLat[] },
  reach: Reach,
): Promise<Around> {
  const around: Around = { type: 'FeatureCollection', features: [], isCut: false }
  const geometries = [
    ...(path.length > 1 ? [{ type: 'LineString', coordinates: path }] : []),
    ...(stops.length > 0 ? [{ type: 'MultiPoint', coordinates: stops }] : []),
  ]
  if (geometries.length === 0) return around
  const parameters: (number[] | string)[] = [JSON.stringify({ type: 'GeometryCollection', geometries })]
  const inReach = (layer: Row['layer']) => reachClause(layer, reach, (ids) => `$${parameters.push(ids)}`)
  const rows = await sql.unsafe<Row[]>(
    `WITH way AS MATERIALIZED (
       SELECT ST_Simplify(ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326), ${COARSE}, true) AS geom
     ), near AS MATERIALIZED (
       SELECT geom AS way, ST_Buffer(geom::geography, ${AROUND_METRES}, 'quad_segs=4')::geometry AS geom FROM way
     )
     SELECT layer, kind, name, ST_AsGeoJSON(geom, 6) AS shape FROM (
       SELECT 0 AS rank, 'roads' AS layer, t.kind, t.name, t.geom, t.id, ST_Distance(t.geom, near.way) AS far
       FROM road t, near WHERE ST_Intersects(t.geom, near.geom) AND ${inReach('roads')}
       UNION ALL
       SELECT 1, 'buildings', NULL, t.name, t.geom, t.id, ST_Distance(t.geom, near.way)
       FROM building t, near WHERE ST_Intersects(t.geom, near.geom) AND ${inReach('buildings')}
     ) found ORDER BY rank, far, id LIMIT ${MAX_AROUND_FEATURES + 1}`,
    parameters,
    { prepare: true },
  )
  let bytes = 0
  for (const row of rows) {
    const text = featureOf(row)
    bytes += Buffer.byteLength(text)
    around.isCut = around.features.length === MAX_AROUND_FEATURES || bytes > MAX_AROUND_BYTES
    if (around.isCut) break
    around.features.push(JSON.parse(text) as AroundFeature)
  }
  return around
}

const featureOf = ({ layer, kind, name, shape }: Row): string => {
  const properties = { layer, ...(kind ? { kind } : {}), ...(name ? { name } : {}) }
  return `{"type":"Feature","properties":${JSON.stringify(properties)},"geometry":${shape}}`
}
