import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createRandom } from '../../geodata/demo/random.ts'
import { costMatrix } from '../../geodata/network/cost-matrix.ts'
import { snap } from '../../geodata/network/snap.ts'
import { importFile } from '../../server/exchange/import-file.ts'
import { recordEvents } from '../../server/live/events.store.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { createNetwork } from '../../server/network/network.ts'
import { connect, openDatabase } from '../../server/platform/database.ts'
import { askPgRouting, largestDifference, pgRoutingMatrix, preparePgRouting } from '../support/pgrouting.ts'
import { startPostgresCluster } from '../support/postgres-cluster.ts'
import { testEnv } from '../support/test-env.ts'
import { option, say } from './bench-options.ts'

/**
 * npm run bench:network [-- --towns FOLDER --points 200 --rounds 5 --json FILE]
 * A square matrix between crossings picked at random, by the product and by pgr_dijkstraCostMatrix in turns, on the
 * largest of the towns and on the others; and what keeping the network costs. pgRouting's time is without handing the
 * matrix over. The bar is 3 times its speed on the largest town.
 */
const TOWNS = option('towns') ?? new URL('../../../shared/data/towns/', import.meta.url).pathname
const POINTS = Number(option('points') ?? 200)
const ROUNDS = Number(option('rounds') ?? 5)
const FILES = ['liechtenstein-2013-08-03.osm.pbf', 'monaco-2012.osm.gz', 'tongji-shanghai.osm.pbf']

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

const files = FILES.map((name) => `${TOWNS}/${name}`).filter((path) => existsSync(path))
if (files.length === 0) {
  console.error(`None of ${FILES.join(', ')} is in ${TOWNS}. Name their folder with --towns.`)
  process.exit(1)
}
const cluster = await startPostgresCluster()
try {
  const admin = connect(cluster.url('postgres'), 1)
  const results = []
  for (const [number, path] of files.entries()) {
    await admin.unsafe(`CREATE DATABASE town_${number}`)
    results.push({ town: basename(path), ...(await measure(cluster.url(`town_${number}`), path)) })
  }
  await admin.end()
  console.log(
    [
      `${POINTS} × ${POINTS} matrix, median of ${ROUNDS} rounds; largest difference from pgRouting as a part of the cost.`,
      '',
      '| | nodes | edges | Gridward | pgRouting | ratio | difference | asked of the server (a thread), others wait at most | read | one edit | snap |',
      '|---|---|---|---|---|---|---|---|---|---|---|',
      ...results.map(
        (r) =>
          `| ${r.town} | ${r.nodes} | ${r.edges} | ${r.matrixMs.toFixed(0)} ms | ${r.pgRoutingMs.toFixed(0)} ms | ` +
          `${r.ratio.toFixed(1)} | ${r.difference.toExponential(0)} | ${r.slicedMs.toFixed(0)} ms, ${r.longestWaitMs.toFixed(0)} ms | ` +
          `${r.loadMs.toFixed(0)} ms | ${r.editMs.toFixed(0)} ms | ${(r.snapMs * 1000).toFixed(0)} µs |`,
      ),
    ].join('\n'),
  )
  const file = option('json')
  if (file) await writeFile(file, `${JSON.stringify({ points: POINTS, rounds: ROUNDS, results }, null, 2)}\n`)
  process.exitCode = results[0]!.ratio >= 3 ? 0 : 1
} finally {
  await cluster.stop()
}

async function measure(databaseUrl: string, path: string) {
  const database = await openDatabase(testEnv({ databaseUrl }), 'server')
  const outbox = await startOutbox(database)
  const sql = connect(databaseUrl, 1)
  try {
    say(`${basename(path)} …`)
    await importFile(database, { path, fileName: basename(path), division: '310110' })
    await database.sql.unsafe('VACUUM ANALYZE')
    const network = createNetwork({ database, outbox })
    const [loadMs, { graph }] = await timed(() => network.current())
    const nodes = createRandom(1)
      .shuffle(await preparePgRouting(sql))
      .slice(0, POINTS)
    const lngLats = nodes.map(({ lngLat }) => lngLat)
    snap(graph, lngLats[0]!)
    const [snapsMs, places] = await timed(async () => lngLats.map((lngLat) => snap(graph, lngLat)!))
    const ours: number[] = []
    const theirs: number[] = []
    const difference = largestDifference(costMatrix(graph, places, places), await pgRoutingMatrix(sql, nodes))
    for (let round = 0; round < ROUNDS; round++) {
      ours.push((await timed(async () => costMatrix(graph, places, places)))[0])
      theirs.push((await timed(() => askPgRouting(sql, nodes)))[0])
    }
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const [slicedMs] = await timed(() => network.matrix(lngLats))
    delay.disable()
    const edits: number[] = []
    for (let round = 0; round < ROUNDS; round++) edits.push(await edit())
    const [matrixMs, pgRoutingMs] = [median(ours), median(theirs)]
    return {
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
      matrixMs,
      pgRoutingMs,
      ratio: pgRoutingMs / matrixMs,
      difference,
      slicedMs,
      longestWaitMs: delay.max / 1e6,
      loadMs,
      editMs: median(edits),
      snapMs: snapsMs / lngLats.length,
    }

    /** From a road's being shut to its being shut in the network. */
    async function edit(): Promise<number> {
      await database.sql.begin(async (tx) => {
        const [row] = await tx<{ id: number }[]>`
          UPDATE road SET walkable = false, version = version + 1
          WHERE id = (SELECT min(id) FROM road WHERE walkable) RETURNING id`
        await recordEvents(tx, { name: 'bench' }, [{ kind: 'put', layer: 'roads', featureId: row!.id }])
      })
      const [ms] = await timed(() => {
        outbox.wake()
        return network.current()
      })
      return ms
    }
  } finally {
    await sql.end()
    outbox.close()
    await database.close()
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const started = performance.now()
  const result = await work()
  return [performance.now() - started, result]
}
