import { afterAll, beforeAll, expect, test } from 'vitest'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { type Database, openDatabase } from '../../server/platform/database.ts'
import { javascriptEncoder } from '../../server/tiles/encode-in-javascript.store.ts'
import { postgisEncoder } from '../../server/tiles/encode-with-postgis.store.ts'
import { makeTile, type TileEncoder } from '../../server/tiles/make-tile.ts'
import type { TileAddress } from '../../server/tiles/tile-address.ts'
import { randomTiles, seededRandom } from '../bench/random-tiles.ts'
import { compareTiles } from '../support/compare-tiles.ts'
import { emptyDatabase } from '../support/on-both-databases.ts'

/** The same demo area in both engines; ids follow the order of insertion and so are the same. */
const open: { database: Database; remove(): Promise<void> }[] = []
let addresses: TileAddress[] = []

beforeAll(async () => {
  for (const engine of ['embedded', 'postgres'] as const) {
    const { env, role, remove } = await emptyDatabase(engine)
    const database = await openDatabase(env, role)
    open.push({ database, remove })
    await seedDemo(database, { buildings: 500, nowIso: '2026-01-01T00:00:00Z' })
  }
  const random = seededRandom(7)
  const zoom = () => 10 + Math.floor(random() * 7)
  addresses = await randomTiles(open[1]!.database.sql, zoom, 40, random)
})
afterAll(async () => {
  for (const { database, remove } of open) {
    await database.close()
    await remove()
  }
})

async function compare(a: TileEncoder, b: TileEncoder): Promise<string[]> {
  const { signal } = new AbortController()
  const differences: string[] = []
  let features = 0
  for (const address of addresses) {
    for (const layer of LAYER_IDS) {
      const tiles = [
        await makeTile(a, layer, address, 'everywhere', signal),
        await makeTile(b, layer, address, 'everywhere', signal),
      ]
      const found = compareTiles(tiles[0]!.bytes, tiles[1]!.bytes)
      features += found.features
      differences.push(...found.differences.map((text) => `${address.z}/${address.x}/${address.y} ${text}`))
    }
  }
  expect(features).toBeGreaterThan(1000)
  return differences
}

test('both encoders on PostgreSQL give the same ids, attributes and shapes', async () => {
  const [, { database }] = open as [unknown, { database: Database }]
  expect(await compare(postgisEncoder(database.sql), javascriptEncoder(database.sql))).toEqual([])
})

test('the embedded engine gives what PostgreSQL gives, though its PostGIS is another version', async () => {
  const [embedded, postgres] = open.map(({ database }) => database.sql)
  const differences = await compare(postgisEncoder(postgres!), javascriptEncoder(embedded!))
  // A cell can have several largest circles inside; which one gives the label point depends on the version of GEOS.
  expect(differences.filter((text) => !text.includes('-labels '))).toEqual([])
})
