import { afterAll, beforeAll, expect, test } from 'vitest'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { createApp } from '../../server/app.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import type { FeatureFilter } from '../../server/features/feature.filter.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { openPhotoStore } from '../../server/photos/open-photo-store.ts'
import { openDatabase } from '../../server/platform/database.ts'
import type { Deps } from '../../server/platform/deps.ts'
import { javascriptEncoder } from '../../server/tiles/encode-in-javascript.store.ts'
import { postgisEncoder } from '../../server/tiles/encode-with-postgis.store.ts'
import { makeTile } from '../../server/tiles/make-tile.ts'
import { readTileFilter } from '../../server/tiles/read-tile-filter.ts'
import { type TileAddress, toMercator, unitMetres } from '../../server/tiles/tile-address.ts'
import { randomTiles, seededRandom } from '../bench/random-tiles.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { compareTiles } from '../support/compare-tiles.ts'
import { emptyDatabase } from '../support/on-both-databases.ts'
import { square } from '../support/one-of-each.ts'
import { decodeStrictly } from '../support/strict-mvt.ts'

const RANGE: [number, number] = [-1026, 5122]
const open: { deps: Deps; app: ReturnType<typeof createApp>; remove(): Promise<void> }[] = []
let around: TileAddress[] = []
let area = ''
const codes = { community: '', grid: '' }

beforeAll(async () => {
  for (const engine of ['embedded', 'postgres'] as const) {
    const { env, role, remove } = await emptyDatabase(engine)
    const database = await openDatabase(env, role)
    await seedDemo(database, { buildings: 400, nowIso: '2026-01-01T00:00:00Z' })
    const deps: Deps = { database, env, outbox: await startOutbox(database), photos: openPhotoStore(env) }
    open.push({ deps, app: createApp(deps, askedBy(ADMINISTRATOR)), remove })
  }
  const { sql } = open[1]!.deps.database
  const [row] = await sql`
    SELECT g.code AS grid, left(g.code, 12) AS community, ST_X(g.anchor) AS lng, ST_Y(g.anchor) AS lat,
      (SELECT ARRAY[ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)] FROM (SELECT ST_Extent(geom) AS box FROM grid) e) AS box
    FROM grid g ORDER BY g.id LIMIT 1`
  Object.assign(codes, { community: row!.community, grid: row!.grid })
  area = `${row!.lng},${row!.lat};${row!.lng + 0.012},${row!.lat + 0.001};${row!.lng},${row!.lat + 0.012}`
  around = coverAt(14, row!.box)
})
afterAll(async () => {
  for (const { deps, remove } of open) {
    deps.outbox.close()
    await deps.database.close()
    await remove()
  }
})

function coverAt(z: number, [west, south, east, north]: [number, number, number, number]): TileAddress[] {
  const half = 20_037_508.342789244
  const size = unitMetres(z) * 4096
  const [left, low, right, high] = toMercator([west, south, east, north])
  const tiles: TileAddress[] = []
  for (let x = Math.floor((left + half) / size) - 1; x <= Math.floor((right + half) / size) + 1; x++)
    for (let y = Math.floor((half - high) / size) - 1; y <= Math.floor((half - low) / size) + 1; y++)
      tiles.push({ z, x, y })
  return tiles
}

const FILTERS: [LayerId, () => string][] = [
  ['buildings', () => `parent=${codes.grid}`],
  ['buildings', () => 'kind=residential,office'],
  ['buildings', () => `area=${area}`],
  ['buildings', () => 'q=1'],
  ['grids', () => `parent=${codes.community}&kind=general`],
  ['hazards', () => 'severity=high,critical&from=2025-12-20&to=2025-12-31'],
  ['checkpoints', () => `area=${area}`],
  ['roads', () => `parent=${codes.grid}&kind=minor,main`],
  ['facilities', () => 'kind=gate,shop&state=in-service'],
  ['zones', () => `kind=police&q=${encodeURIComponent('警')}`],
]

test.each(FILTERS)('a filtered map of %s holds what the list holds', async (layer, query) => {
  for (const { app } of open) {
    const list = await (await app.request(`/api/v1/${layer}/ids?${query()}`)).json()
    const seen = new Set<number>()
    const labels = new Set<number>()
    for (const { z, x, y } of around) {
      const response = await app.request(`/tiles/${layer}/${z}/${x}/${y}.mvt?${query()}`)
      const tile = decodeStrictly(new Uint8Array(await response.arrayBuffer()), RANGE)
      for (const feature of tile.get(layer) ?? []) seen.add(Number(feature.id))
      for (const feature of tile.get(`${layer}-labels`) ?? []) labels.add(Number(feature.id))
    }
    const inTiles = [...seen].sort((a, b) => a - b)
    expect(inTiles).toEqual(list.ids)
    if (layer === 'grids' || layer === 'zones') expect([...labels].sort((a, b) => a - b)).toEqual(list.ids)
    expect(list.ids.length, query()).toBeGreaterThan(0)
  }
})

test('both encoders give the same features of a filter', async () => {
  const random = seededRandom(11)
  const addresses = await randomTiles(
    open[1]!.deps.database.sql,
    () => 12 + Math.floor(random() * 5),
    12,
    random,
  )
  const { signal } = new AbortController()
  const inPostgres = postgisEncoder(open[1]!.deps.database.sql)
  let features = 0
  for (const [layer, query] of FILTERS) {
    const filter = readTileFilter(
      layer,
      Object.fromEntries([...new URLSearchParams(query())].map(([k, v]) => [k, [v]])),
    )!.filter satisfies FeatureFilter
    for (const address of addresses) {
      const expected = await makeTile(inPostgres, layer, address, 'everywhere', signal, filter)
      for (const { deps } of open) {
        const other = await makeTile(
          javascriptEncoder(deps.database.sql),
          layer,
          address,
          'everywhere',
          signal,
          filter,
        )
        const found = compareTiles(expected.bytes, other.bytes)
        features += found.features
        expect(found.differences.filter((text) => !text.includes('-labels '))).toEqual([])
      }
    }
  }
  expect(features).toBeGreaterThan(100)
})

test('the tile address of a TileJSON carries the filter in its one form and leads to the same tiles', async () => {
  for (const { app } of open) {
    const json = async (query: string) => (await app.request(`/tiles/hazards.json?${query}`)).json()
    const [template] = (await json('severity=low,high,low&q=%20Liu%20Di')).tiles
    expect(template).toBe('http://localhost/tiles/hazards/{z}/{x}/{y}.mvt?severity=high%2Clow&q=liudi')
    expect((await json(new URL(template).search.slice(1))).tiles).toEqual([template])
    expect((await json('unassigned=false')).tiles).toEqual(['http://localhost/tiles/hazards/{z}/{x}/{y}.mvt'])
  }
})

test.each([
  ['hazards', 'bbox=1,2,3,4', 'unknown-parameter'],
  ['hazards', 'ids=1', 'unknown-parameter'],
  ['grids', 'severity=high', 'unknown-parameter'],
  ['hazards', 'severity=awful', 'invalid-parameter'],
  ['hazards', 'severity=high&severity=low', 'invalid-parameter'],
  ['communities', 'parent=990101001001001', 'invalid-parameter'],
  ['hazards', `parent=${encodeURIComponent("1' OR '1'='1")}`, 'invalid-parameter'],
  ['hazards', 'from=2026-02-02&to=2026-02-01', 'invalid-parameter'],
])('%s has no tiles for %s, below its lowest zoom too', async (layer, query, code) => {
  const { app } = open[1]!
  for (const path of [`/tiles/${layer}.json`, `/tiles/${layer}/14/1/1.mvt`, `/tiles/${layer}/1/1/1.mvt`]) {
    const response = await app.request(`${path}?${query}`)
    expect([path, response.status, (await response.json()).code]).toEqual([path, 400, code])
  }
})

test('what a cell holds changes with the cell: tiles filtered by it are made again wherever they are', async () => {
  for (const { app, deps } of open) {
    const send = async (method: string, path: string, body: unknown, version?: number) => {
      const response = await app.request(`/api/v1/${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
        body: JSON.stringify(body),
      })
      const answer = await response.json()
      expect(response.ok, JSON.stringify(answer)).toBe(true)
      await deps.outbox.settled()
      return answer
    }
    const code = '990199001001'
    const community = await send('POST', 'communities', {
      geometry: square(110, 20, 0.01),
      properties: { code, name: '移动社区' },
    })
    // A zone that reaches far beyond the cell, seen in a tile that the cell never touches.
    await send('POST', 'zones', {
      geometry: square(110.005, 20.005, 0.2),
      properties: { zoneLayer: 'police', code: 'FAR', name: '远' },
    })
    const [tile] = coverAt(14, [110.2, 20.2, 110.2, 20.2]).slice(4)
    const count = async (query: string) => {
      const response = await app.request(`/tiles/zones/14/${tile!.x}/${tile!.y}.mvt?${query}`)
      return decodeStrictly(new Uint8Array(await response.arrayBuffer()), RANGE).get('zones')?.length ?? 0
    }
    expect(await count(`parent=${code}`)).toBe(1)
    expect(await count('')).toBe(1)
    await send(
      'PUT',
      `communities/${community.id}`,
      {
        geometry: square(110, 20, 0.004),
        properties: { code, name: '移动社区' },
      },
      community.version,
    )
    expect(await count(`parent=${code}`)).toBe(0)
    expect(await count('')).toBe(1)
  }
})

test('every layer takes the parameters that tiles are filtered by', () => {
  for (const layer of LAYER_IDS) {
    expect(readTileFilter(layer, {})).toBeUndefined()
    expect(readTileFilter(layer, { from: ['2026-01-01'] })?.key).toBe('from=2025-12-31T16%3A00%3A00.000Z')
    expect(LAYERS[layer].timeProperty).toBeTruthy()
  }
})
