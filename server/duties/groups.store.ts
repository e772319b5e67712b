import type { GroupsParams } from '../../geodata/duties/groups.schema.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'

export interface Premises {
  layer: 'buildings' | 'facilities'
  id: number
  name: string | null
  address: string | null
  lngLat: LngLat
}

type Row = Omit<Premises, 'lngLat'> & { lng: number; lat: number }

/** Premises of trade, by id. */
export async function readPremises(
  sql: Sql,
  { premises, kinds }: Pick<GroupsParams, 'premises' | 'kinds'>,
  reach: Reach,
): Promise<Premises[]> {
  const parameters: (string | string[] | number[])[] = []
  const bind = (value: string | string[] | number[]) => `$${parameters.push(value)}`
  const reached = reachClause(premises, reach, bind)
  const [table, place, kept] =
    premises === 'buildings'
      ? ['building', 't.anchor', `t.use IN ('commercial', 'mixed')`]
      : ['facility', 't.geom', `t.kind = ANY(${bind(kinds)}::text[]) AND t.status <> 'planned'`]
  const rows = await sql.unsafe<Row[]>(
    `SELECT '${premises}' AS layer, t.id, t.name, t.address, ST_X(${place}) AS lng, ST_Y(${place}) AS lat
     FROM ${table} t WHERE ${kept} AND ${reached} ORDER BY t.id`,
    parameters,
    { prepare: true },
  )
  return rows.map(({ lng, lat, ...row }) => ({ ...row, lngLat: [lng, lat] }))
}

export interface NamedRoad {
  id: number
  name: string | null
  isMain: boolean
  coordinates: LngLat[]
}

/** Roads that meet a box around places, by id: also those that nobody may walk on, which have fronts all the same. */
export async function readStreets(sql: Sql, places: readonly LngLat[], reach: Reach): Promise<NamedRoad[]> {
  if (places.length === 0) return []
  const parameters: (number | string | number[])[] = []
  const bind = (value: number | string | number[]) => `$${parameters.push(value)}`
  const bounds = places.reduce<[number, number, number, number]>(
    ([west, south, east, north], [lng, lat]) => [
      Math.min(west, lng),
      Math.min(south, lat),
      Math.max(east, lng),
      Math.max(north, lat),
    ],
    [180, 90, -180, -90],
  )
  const [west, south, east, north] = bounds.map((degrees, side) =>
    bind(degrees + (side < 2 ? -NEAR_DEGREES : NEAR_DEGREES)),
  )
  const reached = reachClause('roads', reach, bind)
  const rows = await sql.unsafe<{ id: number; name: string | null; isMain: boolean; shape: string }[]>(
    `SELECT t.id, t.name, t.kind = 'main' AS "isMain", ST_AsGeoJSON(t.geom, 7) AS shape
     FROM road t WHERE t.geom && ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)
       AND t.kind <> 'steps' AND ${reached} ORDER BY t.id`,
    parameters,
    { prepare: true },
  )
  return rows.map(({ shape, ...row }) => ({
    ...row,
    coordinates: (JSON.parse(shape) as { coordinates: LngLat[] }).coordinates,
  }))
}

/** Some 200 m. */
const NEAR_DEGREES = 0.002
