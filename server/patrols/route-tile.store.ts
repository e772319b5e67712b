import { PATROL_ROUTES } from '../../geodata/patrols/patrol-routes.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'
import type { Tile } from '../tiles/make-tile.ts'
import { readTwkb } from '../tiles/read-twkb.ts'
import { type MercatorBox, type TileAddress, tileBounds } from '../tiles/tile-address.ts'
import { meetsTile, shapeInUnits } from '../tiles/tile-sql.ts'
import { type MvtFeature, type MvtValue, writeMvtLayer } from '../tiles/write-mvt.ts'
import { ROUTE_COLUMNS, ROUTES, routeReachClause } from './route.store.ts'

/** The latest of them; a map of more rounds than this at one place shows nothing. */
const MOST = 1500
export const ROUTE_PROPERTIES = Object.keys(ROUTE_COLUMNS)

type Row = Record<string, MvtValue | null> & { id: number; twkb: never }

/** A tile of the routes in reach, written here for every engine: they are few, and follow from plans that nobody edits. */
export async function routeTile(
  sql: Sql,
  address: TileAddress,
  reach: Reach,
  signal: AbortSignal,
): Promise<Tile> {
  const parameters: unknown[] = [...tileBounds(address)]
  const reached = routeReachClause(reach, (ids) => `$${parameters.push(ids)}`)
  const columns = Object.entries(ROUTE_COLUMNS).map(([name, column]) => `${column} AS "${name}"`)
  const rows = await runCancellable<Row>(
    sql,
    `SELECT id, ${ROUTE_PROPERTIES.map((name) => `"${name}"`).join(', ')}, ST_AsTWKB(${shapeInUnits(2, address.z)}, 0) AS twkb
     FROM (SELECT t.id, t.geom_3857, ${columns.join(', ')} FROM ${ROUTES}
       WHERE ${meetsTile(address.z).join(' AND ')} AND ${reached} ORDER BY t.starts_at DESC, t.id LIMIT ${MOST + 1}) AS picked`,
    parameters as never[],
    signal,
  )
  const isCut = rows.length > MOST
  const { bytes } = writeMvtLayer(PATROL_ROUTES.id, features(rows.slice(0, MOST)))
  return { bytes, degraded: isCut ? 'features' : 'nothing' }
}

function* features(rows: readonly Row[]): Generator<MvtFeature> {
  for (const row of rows) {
    const shape = row.twkb === null ? undefined : readTwkb(row.twkb)
    if (!shape) continue
    const attributes = Object.fromEntries(ROUTE_PROPERTIES.map((name) => [name, row[name] ?? null]))
    yield { id: row.id, shape, attributes }
  }
}

/** Where there are routes in reach, metres in EPSG:3857; undefined: nowhere. */
export async function routeExtent(sql: Sql, reach: Reach): Promise<MercatorBox | undefined> {
  const parameters: (string | number[])[] = []
  const reached = routeReachClause(reach, (ids) => `$${parameters.push(ids)}`)
  const [row] = await sql.unsafe<{ west: number | null; south: number; east: number; north: number }[]>(
    `SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
     FROM (SELECT ST_Extent(t.geom_3857) AS box FROM ${ROUTES} WHERE ${reached}) AS extent`,
    parameters,
  )
  return row && row.west !== null ? [row.west, row.south, row.east, row.north] : undefined
}
