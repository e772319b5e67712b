import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Sql } from '../../server/platform/database.ts'

/** A crossing or end of streets, by the number that pgRouting is given for it. */
export interface RoutingNode {
  id: number
  lngLat: LngLat
}

/**
 * Gives pgRouting the walkable roads, cut where they share a vertex, by SQL alone; lengths are the database's own. The
 * table `street_edge` lasts as long as the connection. Returns the nodes by number.
 */
export async function preparePgRouting(sql: Sql): Promise<RoutingNode[]> {
  await sql.unsafe('CREATE EXTENSION IF NOT EXISTS pgrouting')
  await sql.unsafe(`
    CREATE TEMP TABLE street_point AS
      SELECT r.id AS road, d.path[1] AS n, d.geom AS at, d.path[1] IN (1, ST_NPoints(r.geom)) AS is_end
      FROM road r CROSS JOIN LATERAL ST_DumpPoints(r.geom) d WHERE r.walkable`)
  await sql.unsafe('CREATE INDEX ON street_point (road, n)')
  await sql.unsafe(`
    CREATE TEMP TABLE street_node AS
      SELECT row_number() OVER (ORDER BY at) AS id, at FROM street_point
      GROUP BY at HAVING count(*) > 1 OR bool_or(is_end)`)
  await sql.unsafe(`
    CREATE TEMP TABLE street_edge AS
      WITH cut AS (
        SELECT p.road, p.n AS first, lead(p.n) OVER w AS last, s.id AS source, lead(s.id) OVER w AS target
        FROM street_point p JOIN street_node s ON s.at = p.at WINDOW w AS (PARTITION BY p.road ORDER BY p.n))
      SELECT row_number() OVER () AS id, source, target, metres AS cost, metres AS reverse_cost, line.geom
      FROM cut CROSS JOIN LATERAL (
        SELECT ST_MakeLine(p.at ORDER BY p.n) AS geom FROM street_point p
        WHERE p.road = cut.road AND p.n BETWEEN cut.first AND cut.last) line
        CROSS JOIN LATERAL (SELECT ST_Length(line.geom::geography) AS metres) length
      WHERE target IS NOT NULL`)
  await sql.unsafe('ANALYZE street_edge')
  const rows = await sql<{ id: number; lng: number; lat: number }[]>`
    SELECT id, ST_X(at) AS lng, ST_Y(at) AS lat FROM street_node ORDER BY id`
  return rows.map(({ id, lng, lat }) => ({ id, lngLat: [lng, lat] }))
}

/** The streets that hang together over the most metres, as pgRouting finds them; kept as the table `largest_part`. */
export async function largestPart(sql: Sql): Promise<{ source: number; target: number; cost: number }[]> {
  await sql.unsafe(`
    CREATE TEMP TABLE largest_part AS
      WITH part AS (SELECT component, node FROM pgr_connectedComponents(
          'SELECT id, source, target, cost, reverse_cost FROM street_edge')),
        street AS (SELECT e.*, p.component FROM street_edge e JOIN part p ON p.node = e.source WHERE e.source <> e.target)
      SELECT id, source, target, cost, reverse_cost FROM street
      WHERE component = (SELECT component FROM street GROUP BY 1 ORDER BY sum(cost) DESC, 1 LIMIT 1)`)
  return sql`SELECT source, target, cost FROM largest_part ORDER BY id`
}

const ALL_COSTS = `pgr_dijkstraCostMatrix(
  'SELECT id, source, target, cost, reverse_cost FROM street_edge', $1::bigint[], false)`
const idsOf = (nodes: readonly RoutingNode[]) => [nodes.map(({ id }) => id)]

/** Metres between nodes as pgr_dijkstraCostMatrix has them, row by row; Infinity where it has none. */
export async function pgRoutingMatrix(sql: Sql, nodes: readonly RoutingNode[]): Promise<Float64Array> {
  const place = new Map(nodes.map(({ id }, index) => [id, index]))
  const rows = await sql.unsafe<{ from: number; to: number; cost: number }[]>(
    `SELECT start_vid AS from, end_vid AS to, agg_cost AS cost FROM ${ALL_COSTS}`,
    idsOf(nodes),
  )
  const metres = new Float64Array(nodes.length ** 2).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i < nodes.length; i++) metres[i * nodes.length + i] = 0
  for (const { from, to, cost } of rows) metres[place.get(from)! * nodes.length + place.get(to)!] = cost
  return metres
}

/** Has pgRouting make the matrix and keep it to itself: its time without that of handing it over. */
export async function askPgRouting(sql: Sql, nodes: readonly RoutingNode[]): Promise<void> {
  await sql.unsafe(`SELECT max(agg_cost) FROM ${ALL_COSTS}`, idsOf(nodes))
}

/**
 * Metres to the nearest of some nodes, by the number of every node within a limit, as pgr_drivingDistance has them: the least
 * over the sources, since its own choice (`equicost`) keeps that of a farther source at some nodes.
 */
export async function pgRoutingReach(
  sql: Sql,
  nodes: readonly RoutingNode[],
  limitMetres: number,
): Promise<Map<number, number>> {
  const rows = await sql<{ node: number; cost: number }[]>`
    SELECT node, min(agg_cost) AS cost FROM pgr_drivingDistance(
      'SELECT id, source, target, cost, reverse_cost FROM street_edge', ${idsOf(nodes)[0]!}::bigint[],
      ${limitMetres}::float8, false) GROUP BY node`
  return new Map(rows.map(({ node, cost }) => [node, cost]))
}

/** The largest difference of two matrices, as a part of the cost; Infinity when one has a way that the other has not. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i]!, b[i]!]
    if (one === other) continue
    if (!Number.isFinite(one) || !Number.isFinite(other)) return Number.POSITIVE_INFINITY
    largest = Math.max(largest, Math.abs(one - other) / Math.max(one, other))
  }
  return largest
}
