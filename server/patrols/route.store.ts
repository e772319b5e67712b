import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import type { PatrolRoute, PatrolRoutes } from '../../geodata/patrols/route.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import type { BindIds } from '../access/scope.sql.ts'
import { intersectsBox } from '../features/feature.filter.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { planReachClause } from './plan.sql.ts'
import type { RouteWay } from './route-ways.ts'

/** The routes t with their plans p. */
export const ROUTES = 'patrol_route t JOIN patrol_plan p ON p.id = t.plan_id'

/** Properties of a route by their wire names, as SQL over ROUTES. */
export const ROUTE_COLUMNS: Record<keyof PatrolRoute, string> = {
  planId: 't.plan_id',
  planVersion: 't.plan_version',
  name: 't.name',
  state: 'p.state',
  round: 't.round_id',
  teamId: 't.team_id',
  team: 't.team_name',
  from: isoTime('t.starts_at'),
  to: isoTime('t.ends_at'),
  metres: 'round(t.metres)',
  stops: 't.stops',
}

/**
 * The routes that someone reaches: of plans for cells that are all in reach, as they are now and as they were when the
 * plan was published.
 */
export const routeReachClause = (reach: Reach, bind: BindIds): string =>
  `${planReachClause(reach, bind)} AND ${planReachClause(reach, bind, 'patrol_route_area')}`

/** Puts the ways of a plan that is published now in the place of those it had; the same round keeps its id. */
export async function writeRoutes(
  tx: TransactionSql,
  plan: Pick<Plan, 'id' | 'version' | 'name'>,
  ways: readonly RouteWay[],
): Promise<void> {
  await tx`
    DELETE FROM patrol_route WHERE plan_id = ${plan.id} AND round_id <> ALL(${ways.map(({ roundId }) => roundId)}::uuid[])`
  for (const way of ways) {
    const line = JSON.stringify({ type: 'LineString', coordinates: way.coordinates })
    await tx`
      INSERT INTO patrol_route (plan_id, plan_version, round_id, name, team_id, team_name, starts_at, ends_at, metres, stops, geom)
      VALUES (${plan.id}, ${plan.version}, ${way.roundId}, ${plan.name}, ${way.teamId}, ${way.teamName},
        ${way.from}::text::timestamptz, ${way.to}::text::timestamptz, ${way.metres}, ${way.stops},
        ST_SetSRID(ST_GeomFromGeoJSON(${line}), 4326))
      ON CONFLICT (plan_id, round_id) DO UPDATE SET plan_version = excluded.plan_version, name = excluded.name,
        team_id = excluded.team_id, team_name = excluded.team_name, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, metres = excluded.metres, stops = excluded.stops, geom = excluded.geom`
  }
  await tx`DELETE FROM patrol_route_area WHERE plan_id = ${plan.id}`
  await tx`
    INSERT INTO patrol_route_area (plan_id, layer, cell_id)
    SELECT plan_id, layer, cell_id FROM patrol_plan_area WHERE plan_id = ${plan.id}`
}

/** What routes can be narrowed by. All that are given must hold. */
export interface RouteFilter {
  bbox?: Bbox | undefined
  planId?: number | undefined
  id?: number | undefined
  /** Instants, ISO 8601: rounds that last until then or longer, and begin before. */
  from?: string | undefined
  to?: string | undefined
}

/** Routes in reach by id, as GeoJSON. `after`: the id to go on behind. */
export async function listRoutes(
  sql: Sql,
  reach: Reach,
  { limit, after, ...filter }: RouteFilter & { limit: number; after: number },
): Promise<PatrolRoutes> {
  const parameters: unknown[] = [limit + 1, after]
  const columns = Object.entries(ROUTE_COLUMNS).map(([name, column]) => `${column} AS "${name}"`)
  const rows = await sql.unsafe<
    (PatrolRoute & { id: number; geometry: PatrolRoutes['features'][number]['geometry'] })[]
  >(
    `SELECT t.id, ST_AsGeoJSON(t.geom, 7)::jsonb AS geometry, ${columns.join(', ')}
     FROM ${ROUTES} WHERE ${routeClauses(reach, filter, parameters)} AND t.id > $2 ORDER BY t.id LIMIT $1`,
    parameters as never[],
    { prepare: true },
  )
  const features = rows
    .slice(0, limit)
    .map(({ id, geometry, ...properties }) => ({ type: 'Feature' as const, id, geometry, properties }))
  return {
    type: 'FeatureCollection',
    features,
    numberReturned: features.length,
    next: rows.length > limit ? String(features.at(-1)!.id) : null,
  }
}

export async function countRoutes(sql: Sql, reach: Reach, filter: RouteFilter): Promise<number> {
  const parameters: unknown[] = []
  const [row] = await sql.unsafe<[{ count: number }]>(
    `SELECT count(*) AS count FROM ${ROUTES} WHERE ${routeClauses(reach, filter, parameters)}`,
    parameters as never[],
    { prepare: true },
  )
  return row.count
}

/** SQL over ROUTES; what it is to be compared with is added to `parameters`. */
function routeClauses(
  reach: Reach,
  { bbox, planId, id, from, to }: RouteFilter,
  parameters: unknown[],
): string {
  const bind = (value: unknown) => `$${parameters.push(value)}`
  return [
    routeReachClause(reach, bind),
    ...(bbox ? [intersectsBox(bbox, bind)] : []),
    ...(planId === undefined ? [] : [`t.plan_id = ${bind(planId)}`]),
    ...(id === undefined ? [] : [`t.id = ${bind(id)}`]),
    ...(from === undefined ? [] : [`t.ends_at >= ${bind(from)}::text::timestamptz`]),
    ...(to === undefined ? [] : [`t.starts_at < ${bind(to)}::text::timestamptz`]),
  ].join(' AND ')
}
