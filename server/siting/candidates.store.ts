import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'

type Parameter = string | number | string[] | number[]

export interface PlaceRow {
  id: number
  name: string | null
  lng: number
  lat: number
}

export function readCheckpoints(sql: Sql, reach: Reach, signal: AbortSignal): Promise<PlaceRow[]> {
  const parameters: Parameter[] = []
  const where = reachClause('checkpoints', reach, (ids) => `$${parameters.push(ids)}`)
  return runCancellable(
    sql,
    `SELECT t.id, t.name, ST_X(t.geom) AS lng, ST_Y(t.geom) AS lat FROM checkpoint t WHERE ${where} ORDER BY t.id`,
    parameters,
    signal,
  )
}

/** A place on each green, square and sports ground. */
export function readGrounds(sql: Sql, reach: Reach, signal: AbortSignal): Promise<PlaceRow[]> {
  const parameters: Parameter[] = []
  const where = reachClause('landcover', reach, (ids) => `$${parameters.push(ids)}`)
  return runCancellable(
    sql,
    `SELECT id, name, ST_X(place) AS lng, ST_Y(place) AS lat FROM (
       SELECT t.id, t.name, ST_PointOnSurface(t.geom) AS place FROM landcover t
       WHERE t.kind IN ('green', 'square', 'sport') AND ${where}) AS ground ORDER BY id`,
    parameters,
    signal,
  )
}

/** Of places those that lie in a cell in reach, in their order. */
export async function keepInReach<Place extends { lngLat: LngLat }>(
  sql: Sql,
  places: readonly Place[],
  reach: Reach,
  signal: AbortSignal,
): Promise<Place[]> {
  if (reach === 'everywhere' || places.length === 0) return [...places]
  const parameters: Parameter[] = [
    JSON.stringify(places.map(({ lngLat }) => lngLat[0])),
    JSON.stringify(places.map(({ lngLat }) => lngLat[1])),
  ]
  const isIn = CELL_LAYERS.map(
    (level) =>
      `EXISTS (SELECT FROM ${tableOf(level)} t WHERE ST_Covers(t.geom, place.geom)
         AND ${reachClause(level, reach, (ids) => `$${parameters.push(ids)}`)})`,
  )
  const rows = await runCancellable<{ at: number }>(
    sql,
    `SELECT place.at::int AS at FROM (
       SELECT number AS at, ST_SetSRID(ST_MakePoint(lng::float8, lat::float8), 4326) AS geom
       FROM ROWS FROM (jsonb_array_elements_text($1::text::jsonb), jsonb_array_elements_text($2::text::jsonb))
         WITH ORDINALITY AS given (lng, lat, number)) AS place
     WHERE ${isIn.join(' OR ')} ORDER BY place.at`,
    parameters,
    signal,
  )
  return rows.map(({ at }) => places[at - 1]!)
}
