import type { OverlaidCell, OverlaidPiece } from '../../geodata/duties/sum-overlay.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

/** Undefined: there is no such zone layer. */
export async function readZoneLayer(sql: Sql, code: string): Promise<{ zh: string; en: string } | undefined> {
  const [row] = await sql<{ zh: string; en: string }[]>`
    SELECT title_zh AS zh, title_en AS en FROM zone_layer WHERE code = ${code}`
  return row
}

/** Ids of the cells of a level, by code. */
export async function readCells(sql: Sql, level: CellLayer, reach: Reach): Promise<number[]> {
  const parameters: (string | number[])[] = []
  const reached = reachClause(level, reach, (ids) => `$${parameters.push(ids)}`)
  const rows = await sql.unsafe<{ id: number }[]>(
    `SELECT t.id FROM ${tableOf(level)} t WHERE ${reached} ORDER BY t.code`,
    parameters,
  )
  return rows.map(({ id }) => id)
}

/** A piece with its shape, as GeoJSON; null: buildings without ground, as of those on a border. */
export type DrawnPiece = OverlaidPiece & { shape: string | null }

export interface Overlaid {
  cells: (OverlaidCell & { outsideShape: string | null; isBroken: boolean })[]
  pieces: DrawnPiece[]
  brokenZones: string[]
}

/** Degrees, a tenth of a millimetre. On a grid no cut fails for rounding, which the embedded engine would not survive. */
const GRID = '1e-9'

/**
 * Some cells cut by the zones of a layer: exact areas on WGS 84, and households by the buildings' anchors, of which each is
 * in one zone at most. A cell's area is that of its parts: on the ellipsoid, an edge that is cut bends a little otherwise.
 * Broken shapes are mended for this, and named.
 */
export async function overlayCells(
  sql: Sql,
  level: CellLayer,
  ids: readonly number[],
  zoneLayer: string,
  reach: Reach,
): Promise<Overlaid> {
  const table = tableOf(level)
  const parameters: (string | number[])[] = [[...ids], zoneLayer]
  const reached = reachClause('zones', reach, (more) => `$${parameters.push(more)}`, 'z')
  const sound = (alias: string) =>
    `CASE WHEN ST_IsValid(${alias}.geom) THEN ${alias}.geom ELSE ST_CollectionExtract(ST_MakeValid(${alias}.geom), 3) END`
  const rows = await sql.unsafe<
    {
      cells: Overlaid['cells'] | null
      pieces: DrawnPiece[] | null
      homes: Omit<OverlaidPiece, 'squareMetres'>[] | null
      brokenZones: string[] | null
    }[]
  >(
    `WITH cell AS MATERIALIZED (
       SELECT t.id, t.code, t.name, ${sound('t')} AS geom, NOT ST_IsValid(t.geom) AS broken
       FROM ${table} t WHERE t.id = ANY($1::bigint[])),
     zones AS MATERIALIZED (
       SELECT z.id, z.code, z.name, ${sound('z')} AS geom, NOT ST_IsValid(z.geom) AS broken
       FROM zone z WHERE z.zone_layer = $2 AND ${reached}
         AND z.geom && (SELECT ST_SetSRID(ST_Extent(cell.geom)::geometry, 4326) FROM cell)),
     cut AS MATERIALIZED (
       SELECT cell.id AS cell, z.id AS zone, z.code, z.name,
         ST_CollectionExtract(ST_Intersection(cell.geom, z.geom, ${GRID}), 3) AS geom
       FROM cell JOIN zones z ON ST_Intersects(cell.geom, z.geom)),
     covered AS MATERIALIZED (
       SELECT cell, ST_Union(geom, ${GRID}) AS geom, sum(ST_Area(geom::geography)) AS pieces FROM cut GROUP BY cell),
     rest AS MATERIALIZED (
       SELECT cell.id, coalesce(covered.pieces, 0) AS pieces, coalesce(ST_Area(covered.geom::geography), 0) AS covered,
         CASE WHEN covered.geom IS NULL THEN cell.geom
           ELSE ST_CollectionExtract(ST_Difference(cell.geom, covered.geom, ${GRID}), 3) END AS geom
       FROM cell LEFT JOIN covered ON covered.cell = cell.id),
     home AS (
       SELECT b.${table}_id AS cell, b.households,
         (SELECT z.id FROM zones z WHERE ST_Covers(z.geom, b.anchor) ORDER BY z.id LIMIT 1) AS zone
       FROM building b WHERE b.${table}_id = ANY($1::bigint[]))
     SELECT
       (SELECT jsonb_agg(jsonb_build_object('cell', cell.id, 'code', cell.code, 'name', cell.name,
          'squareMetres', rest.covered + ST_Area(rest.geom::geography), 'outsideSquareMetres', ST_Area(rest.geom::geography),
          'overlapSquareMetres', rest.pieces - rest.covered,
          'outsideShape', CASE WHEN NOT ST_IsEmpty(rest.geom) THEN ST_AsGeoJSON(ST_Multi(rest.geom), 7) END,
          'isBroken', cell.broken) ORDER BY cell.code) FROM cell JOIN rest USING (id)) AS cells,
       (SELECT jsonb_agg(jsonb_build_object('cell', cell, 'zone', zone, 'code', code, 'name', name,
          'squareMetres', ST_Area(geom::geography), 'households', 0, 'buildings', 0,
          'shape', ST_AsGeoJSON(ST_Multi(geom), 7)) ORDER BY cell, zone) FROM cut WHERE NOT ST_IsEmpty(geom)) AS pieces,
       (SELECT jsonb_agg(jsonb_build_object('cell', h.cell, 'zone', h.zone, 'code', z.code, 'name', z.name,
          'households', h.households, 'buildings', h.buildings))
        FROM (SELECT cell, zone, coalesce(sum(households), 0)::int AS households, count(*)::int AS buildings
              FROM home GROUP BY 1, 2) h LEFT JOIN zones z ON z.id = h.zone) AS homes,
       (SELECT jsonb_agg(name) FROM zones WHERE broken) AS "brokenZones"`,
    parameters,
    { prepare: true },
  )
  const { cells, pieces, homes, brokenZones } = rows[0]!
  const byKey = new Map((pieces ?? []).map((piece) => [`${piece.cell} ${piece.zone}`, piece]))
  for (const { households, buildings, ...home } of homes ?? []) {
    const key = `${home.cell} ${home.zone}`
    const piece = byKey.get(key) ?? { ...home, squareMetres: 0, households: 0, buildings: 0, shape: null }
    byKey.set(key, { ...piece, households, buildings })
  }
  return { cells: cells ?? [], pieces: [...byKey.values()], brokenZones: brokenZones ?? [] }
}
