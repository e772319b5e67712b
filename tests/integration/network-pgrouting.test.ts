import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../geodata/demo/random.ts'
import { costMatrix } from '../../geodata/network/cost-matrix.ts'
import { snap } from '../../geodata/network/snap.ts'
import { importFile } from '../../server/exchange/import-file.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { createNetwork } from '../../server/network/network.ts'
import { connect, openDatabase } from '../../server/platform/database.ts'
import { freshDatabase } from '../support/on-both-databases.ts'
import { largestDifference, pgRoutingMatrix, preparePgRouting } from '../support/pgrouting.ts'

const TOWNS = new URL('../../../shared/data/towns/', import.meta.url).pathname
if (!existsSync(TOWNS)) console.log('Skipped: the real towns, because ../shared/data is not here.')
/** Made for these tests, so that a clone without the real towns tries the same. */
const SMALL = new URL('../fixtures/', import.meta.url).pathname
const NODES = 60

describe('pgRouting, an extension of PostgreSQL, finds the same distances', () => {
  // The small town has but few crossings and ends: all of them are tried.
  test('in a made-up town', () => compare(SMALL, 'small-town.osm', 4))
  test.skipIf(!existsSync(TOWNS))('in Tongji', () => compare(TOWNS, 'tongji-shanghai.osm.pbf', NODES))
  test.skipIf(!existsSync(TOWNS))('in Monaco', () => compare(TOWNS, 'monaco-2012.osm.gz', NODES))
})

async function compare(folder: string, fileName: string, atLeast: number) {
  const { env, remove } = await freshDatabase('postgres')
  const database = await openDatabase(env, 'server')
  const outbox = await startOutbox(database)
  const sql = connect(env.databaseUrl!, 1)
  try {
    await importFile(database, { path: folder + fileName, fileName, division: '310110' })
    const nodes = createRandom(60)
      .shuffle(await preparePgRouting(sql))
      .slice(0, NODES)
    expect(nodes.length).toBeGreaterThanOrEqual(atLeast)
    const { graph } = await createNetwork({ database, outbox }).current()
    const places = nodes.map(({ lngLat }) => snap(graph, lngLat, 0.1)!)
    const ours = costMatrix(graph, places, places)
    expect(ours.filter((cost) => cost > 0 && cost < Infinity).length).toBeGreaterThan(nodes.length)
    expect(largestDifference(ours, await pgRoutingMatrix(sql, nodes))).toBeLessThan(1e-6)
  } finally {
    await sql.end()
    outbox.close()
    await database.close()
    await remove()
  }
}
