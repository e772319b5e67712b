import { writeFile } from 'node:fs/promises'
import { facilityParamsSchema } from '../../geodata/coverage/facility/facility.schema.ts'
import { askOnce } from '../../server/coverage/ask-once.ts'
import { facilityKind } from '../../server/coverage/facility/facility.kind.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { createNetwork } from '../../server/network/network.ts'
import { connect, type Sql } from '../../server/platform/database.ts'
import { preparePgRouting } from '../support/pgrouting.ts'
import { option, say } from './bench-options.ts'
import { startDemoCluster } from './demo-cluster.ts'

/**
 * npm run bench:coverage [-- --buildings 100000 --facility aed --walk 500 --json FILE]
 * The nearest facility on foot of every building, the ground within the walk and what it leaves: by the product, from
 * asking to figures, and by PostGIS and pgRouting alone. Theirs: every place snapped to the nearest street by the index
 * (in the metres of EPSG:4549), pgr_drivingDistance from all facilities as far as the farthest building needs, of which the
 * nearest is taken, and the streets in reach, cut where the walk ends, buffered by the straight way and united. Beside it
 * one search from a node that is joined to every facility, which does not tell which one is nearest. Both have the streets as a graph beforehand.
 * Such buffers are not the ground asked for: they take in places whose walk is longer. So the ground by the product's own
 * rule is made of PostGIS, too: the nearest street of each sample of a lattice (`--step`, twice as coarse as the product's),
 * the walk from there, and the samples within it united. The bar is 10 times the speed of the job with equal results: costs
 * of buildings compared one by one, grounds within 1 %. The quicker one with other ground is told beside it.
 */
const BUILDINGS = Number(option('buildings') ?? 100_000)
const KIND = option('facility') ?? 'aed'
const WALK = Number(option('walk') ?? 500)
const ACCESS = 100
/** Costs that differ by less than this are equal: lengths along a street are taken in two planes. */
const EQUAL_METRES = 0.1
const PLANE = 4549
const STEP = Number(option('step') ?? 10)
/** Of the ground covered. */
const EQUAL_GROUND = 0.01
/** Edges for pgRouting: the streets, and from each facility, as the node of its id below 0, to both ends of its street. */
const STREETS_AND_STANDS = `
  SELECT id, source, target, cost, reverse_cost FROM street_edge
  UNION ALL SELECT -2 * id, -id, source, away + along, -1 FROM stand
  UNION ALL SELECT -2 * id - 1, -id, target, away + cost - along, -1 FROM stand`

const { cluster, url, database } = await startDemoCluster(BUILDINGS)
const sql = connect(url, 1)
try {
  const outbox = await startOutbox(database)
  const network = createNetwork({ database, outbox })
  const { graph } = await network.current()
  say('Preparing pgRouting …')
  await preparePgRouting(sql)
  await sql.unsafe(`ALTER TABLE street_edge ADD COLUMN plane geometry`)
  await sql.unsafe(`UPDATE street_edge SET plane = ST_Transform(geom, ${PLANE})`)
  await sql.unsafe('CREATE INDEX ON street_edge USING gist (plane)')
  await sql.unsafe('ANALYZE street_edge')

  const params = facilityParamsSchema.parse({
    kinds: [KIND],
    walk: WALK,
    accessMetres: ACCESS,
    compareStraight: false,
  })
  say('Gridward …')
  const before = process.memoryUsage().rss
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  const stages: [stage: string, from: number][] = []
  const [oursMs, found] = await timed(() =>
    askOnce(
      facilityKind,
      {
        sql: database.sql,
        network,
        signal: new AbortController().signal,
        progress: (_, stage) => {
          if (stage !== stages.at(-1)?.[0]) stages.push([stage, performance.now()])
        },
        area: [],
        reach: 'everywhere',
      },
      params,
    ),
  )
  clearInterval(watch)
  const ended = performance.now()
  const parts = stages.map(
    ([stage, from], at) => `${stage} ${seconds((stages[at + 1]?.[1] ?? ended) - from)}`,
  )
  const ours = new Map<number, number | null>()
  for await (const { properties } of found.parts.find(({ part }) => part === 'building')!.features)
    ours.set(properties.buildingId as number, properties.metres as number | null)

  say('PostGIS and pgRouting …')
  const [snapMs] = await timed(() => snapAll(sql))
  const farthest = Math.ceil(
    [...ours.values()].reduce<number>((most, metres) => Math.max(most, metres ?? 0), 0),
  )
  const [joinedMs] = await timed(() => walkJoined(sql))
  const [walkMs] = await timed(() => walkAll(sql, farthest))
  const [areaMs, theirArea] = await timed(() => drawArea(sql))
  const theirs = await sql<{ id: number; metres: number }[]>`SELECT id, metres FROM reached`
  say('The same ground by PostGIS …')
  const [sameMs, sameArea] = await timed(() => drawSameGround(sql))
  const bufferedMs = snapMs + walkMs + areaMs
  const theirsMs = snapMs + walkMs + sameMs

  let [different, largest, compared] = [0, 0, 0]
  const told = new Map(theirs.map(({ id, metres }) => [id, metres]))
  for (const [id, metres] of ours) {
    const theirMetres = told.get(id) ?? null
    if (metres === null && theirMetres === null) continue
    compared++
    // Ours are told to a tenth of a metre.
    const difference =
      metres === null || theirMetres === null
        ? Number.POSITIVE_INFINITY
        : Math.abs(metres - theirMetres) - 0.05
    if (difference > EQUAL_METRES) different++
    else largest = Math.max(largest, difference)
  }
  const ratio = theirsMs / oursMs
  const bufferedRatio = bufferedMs / oursMs
  const joinedRatio = (bufferedMs - walkMs + joinedMs) / oursMs
  const { result } = found
  const oursArea = result.area.coveredSquareMetres
  const groundDifference = Math.abs(sameArea - oursArea) / oursArea
  console.log(
    [
      `${ours.size} buildings, ${result.facilities.onStreets} facilities (${KIND}), ${graph.edgeCount} streets, ${WALK} m`,
      '',
      '| | Gridward | PostGIS + pgRouting, same ground | with buffers |',
      '|---|---|---|---|',
      `| all | ${seconds(oursMs)} (${parts.join(', ')}) | ${seconds(theirsMs)} (snap ${seconds(snapMs)}, walk ${seconds(walkMs)}, ground ${seconds(sameMs)}) | ${seconds(bufferedMs)} (ground ${seconds(areaMs)}) |`,
      `| covered buildings | ${result.total.coveredBuildings} | ${theirs.filter(({ metres }) => metres <= WALK).length} | the same |`,
      `| ground covered | ${hectares(oursArea)} | ${hectares(sameArea)} | ${hectares(theirArea)} |`,
      '',
      `Ratio ${ratio.toFixed(1)}; ground equal within ${(100 * groundDifference).toFixed(2)} %. With buffers ${bufferedRatio.toFixed(1)}; with the one search that does not tell which is nearest (${seconds(joinedMs)}), too, ${joinedRatio.toFixed(1)}. Costs compared: ${compared}; equal within ${EQUAL_METRES} m but for ${different} (largest difference of the equal ${Math.max(0, largest).toFixed(3)} m).`,
      `Memory: peak ${((peak - before) / 1e6).toFixed(0)} MB above the ${(before / 1e6).toFixed(0)} MB before (with the thread).`,
    ].join('\n'),
  )
  const file = option('json')
  if (file)
    await writeFile(
      file,
      `${JSON.stringify({ buildings: ours.size, oursMs, snapMs, walkMs, sameMs, areaMs, joinedMs, ratio, bufferedRatio, joinedRatio, groundDifference, compared, different, peakBytes: peak - before }, null, 2)}\n`,
    )
  process.exitCode = ratio >= 10 && different <= compared * 0.001 && groundDifference <= EQUAL_GROUND ? 0 : 1
  outbox.close()
} finally {
  await sql.end()
  await database.close()
  await cluster.stop()
}

/** Places at their nearest streets, as tables: `door` of buildings and `stand` of facilities. */
async function snapAll(sql: Sql): Promise<void> {
  const snapped = (table: string, geom: string, where: string) => `
    SELECT t.id, e.id AS edge, e.source, e.target, e.cost, e.along, e.away
    FROM (SELECT id, ST_Transform(${geom}, ${PLANE}) AS at FROM ${table} WHERE ${where}) t
      CROSS JOIN LATERAL (
        SELECT s.id, s.source, s.target, s.cost, ST_LineLocatePoint(s.plane, t.at) * s.cost AS along,
          ST_Distance(s.plane, t.at) AS away
        FROM street_edge s ORDER BY s.plane <-> t.at LIMIT 1) e
    WHERE e.away <= ${ACCESS}`
  await sql.unsafe(`CREATE TEMP TABLE door AS ${snapped('building', 'anchor', 'true')}`)
  await sql.unsafe(
    `CREATE TEMP TABLE stand AS ${snapped('facility', 'geom', `kind = '${KIND.replaceAll("'", '')}' AND status = 'in-service'`)}`,
  )
  await sql.unsafe('ANALYZE door')
  await sql.unsafe('ANALYZE stand')
}

/** The nearest facility of every node, as `node_cost`, and of every building that a way leads from, as `reached`. */
async function walkAll(sql: Sql, farthestMetres: number): Promise<void> {
  const [version] = await sql<{ recent: boolean }[]>`
    SELECT string_to_array(split_part(pgr_version(), '-', 1), '.')::int[] >= ARRAY[3, 6] AS recent`
  const start = version!.recent ? 'start_vid' : 'from_v'
  await sql.unsafe(`
    CREATE TEMP TABLE node_cost AS
      SELECT DISTINCT ON (node) node, -${start} AS facility, agg_cost AS metres FROM pgr_drivingDistance(
        $$${STREETS_AND_STANDS}$$, ARRAY(SELECT -id FROM stand), ${farthestMetres}, true)
      WHERE node > 0 ORDER BY node, agg_cost`)
  await sql.unsafe('CREATE UNIQUE INDEX ON node_cost (node)')
  await sql.unsafe('ANALYZE node_cost')
  await sql.unsafe('CREATE INDEX ON stand (edge)')
  await sql.unsafe(`
    CREATE TEMP TABLE reached AS
      SELECT DISTINCT ON (d.id) d.id, way.facility, d.away + way.metres AS metres
      FROM door d CROSS JOIN LATERAL (
        SELECT facility, metres + d.along AS metres FROM node_cost WHERE node = d.source
        UNION ALL SELECT facility, metres + d.cost - d.along FROM node_cost WHERE node = d.target
        UNION ALL SELECT s.id, s.away + abs(s.along - d.along) FROM stand s WHERE s.edge = d.edge) way
      ORDER BY d.id, way.metres`)
}

/** One search from a node that is joined to every facility. */
async function walkJoined(sql: Sql): Promise<void> {
  await sql.unsafe(`
    CREATE TEMP TABLE joined_cost AS SELECT node, agg_cost AS metres FROM pgr_drivingDistance($$
      ${STREETS_AND_STANDS} UNION ALL SELECT -1000000000 - id, 0, -id, 0, -1 FROM stand$$, 0::bigint, 1e9, true)`)
}

/** Square metres of the ground beside streets in reach; what it leaves is found, too. */
async function drawArea(sql: Sql): Promise<number> {
  const [row] = await sql.unsafe<{ covered: number }[]>(`
    WITH part AS (
        SELECT e.plane, e.cost, ${WALK} - u.metres AS from_start, ${WALK} - v.metres AS from_end
        FROM street_edge e LEFT JOIN node_cost u ON u.node = e.source LEFT JOIN node_cost v ON v.node = e.target
        WHERE least(u.metres, v.metres) < ${WALK} AND e.cost > 0),
      reached AS (
        SELECT CASE WHEN coalesce(greatest(from_start, 0), 0) + coalesce(greatest(from_end, 0), 0) >= cost THEN plane
          ELSE ST_Collect(ST_LineSubstring(plane, 0, least(1, coalesce(greatest(from_start, 0), 0) / cost)),
            ST_LineSubstring(plane, greatest(0, 1 - coalesce(greatest(from_end, 0), 0) / cost), 1)) END AS geom FROM part),
      cover AS MATERIALIZED (SELECT ST_Union(ST_Buffer(geom, ${ACCESS})) AS geom FROM reached),
      ground AS MATERIALIZED (SELECT ST_Union(ST_Transform(geom, ${PLANE})) AS geom FROM community),
      gap AS MATERIALIZED (SELECT ST_Difference(ground.geom, cover.geom) AS geom FROM ground, cover)
    SELECT ST_Area(ground.geom) - ST_Area(gap.geom) AS covered FROM ground, gap`)
  return row!.covered
}

/** Square metres of the ground by the product's rule: straight to the nearest street and along the streets from there. */
async function drawSameGround(sql: Sql): Promise<number> {
  const [row] = await sql.unsafe<{ covered: number }[]>(`
    WITH town AS MATERIALIZED (SELECT ST_Union(ST_Transform(geom, ${PLANE})) AS geom FROM community),
      piece AS MATERIALIZED (SELECT ST_Subdivide(geom, 64) AS geom FROM town),
      sample AS (
        SELECT (ST_XMin(box) + i * ${STEP})::float8 AS x, (ST_YMin(box) + j * ${STEP})::float8 AS y, i, j
        FROM (SELECT ST_Extent(geom)::geometry AS box FROM town) town,
          generate_series(0, ((ST_XMax(box) - ST_XMin(box)) / ${STEP})::int) i,
          generate_series(0, ((ST_YMax(box) - ST_YMin(box)) / ${STEP})::int) j),
      inside AS (
        SELECT x, y, i, j, ST_SetSRID(ST_MakePoint(x, y), ${PLANE}) AS at FROM sample
        WHERE EXISTS (SELECT FROM piece WHERE ST_Intersects(piece.geom, ST_SetSRID(ST_MakePoint(x, y), ${PLANE})))),
      near AS (
        SELECT t.x, t.y, t.i, t.j, e.* FROM inside t CROSS JOIN LATERAL (
          SELECT s.id AS edge, s.source, s.target, s.cost, ST_LineLocatePoint(s.plane, t.at) * s.cost AS along,
            ST_Distance(s.plane, t.at) AS away
          FROM street_edge s ORDER BY s.plane <-> t.at LIMIT 1) e
        WHERE e.away <= ${ACCESS}),
      reached AS (
        SELECT n.x, n.y, n.j, n.i - row_number() OVER (PARTITION BY n.j ORDER BY n.i) AS run
        FROM near n LEFT JOIN node_cost u ON u.node = n.source LEFT JOIN node_cost v ON v.node = n.target
        WHERE n.away + least(u.metres + n.along, v.metres + n.cost - n.along,
          (SELECT min(s.away + abs(s.along - n.along)) FROM stand s WHERE s.edge = n.edge)) <= ${WALK}),
      cover AS MATERIALIZED (
        SELECT ST_Union(strip) AS geom FROM (
          SELECT ST_MakeEnvelope(min(x) - ${STEP / 2}, min(y) - ${STEP / 2}, max(x) + ${STEP / 2}, max(y) + ${STEP / 2}, ${PLANE}) AS strip
          FROM reached GROUP BY j, run) strips),
      gap AS MATERIALIZED (SELECT ST_Difference(town.geom, cover.geom) AS geom FROM town, cover)
    SELECT ST_Area(town.geom) - ST_Area(gap.geom) AS covered FROM town, gap`)
  return row!.covered
}

function hectares(squareMetres: number): string {
  return `${(squareMetres / 1e4).toFixed(0)} ha`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const started = performance.now()
  const result = await work()
  return [performance.now() - started, result]
}
