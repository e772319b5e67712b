import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { Database, Sql } from '../../server/platform/database.ts'
import { tileRoutes } from '../../server/tiles/tile.routes.ts'
import { type TileAddress, toMercator, unitMetres } from '../../server/tiles/tile-address.ts'
import { EVERYWHERE } from '../../server/tiles/tile-scope.ts'
import { createTileService } from '../../server/tiles/tile-service.ts'
import { asAdministrator } from '../support/as-identity.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { decodeStrictly } from '../support/strict-mvt.ts'

const RANGE: [number, number] = [-1026, 5122]
const PLACE: [number, number] = [121.5, 31.25]
const NEVER = new AbortController().signal

const rectangle = ([lng, lat]: [number, number], width: number, height = width) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lng, lat],
      [lng + width, lat],
      [lng + width, lat + height],
      [lng, lat + height],
      [lng, lat],
    ],
  ],
})

function tileOf([lng, lat]: [number, number], z: number): TileAddress {
  const [x, y] = toMercator([lng, lat, lng, lat])
  const size = unitMetres(z) * 4096
  return {
    z,
    x: Math.floor((x + 20_037_508.342789244) / size),
    y: Math.floor((20_037_508.342789244 - y) / size),
  }
}
const pathOf = (layer: string, { z, x, y }: TileAddress) => `/tiles/${layer}/${z}/${x}/${y}.mvt`

onBothDatabases('tiles', (context) => {
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    (await context.app()).request(path, { method, headers })
  const read = async (path: string) => {
    const response = await get(path)
    return decodeStrictly(new Uint8Array(await response.arrayBuffer()), RANGE)
  }
  async function write(method: string, path: string, body?: unknown, version?: number) {
    const response = await (await context.app()).request(`/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    expect(response.ok, text).toBe(true)
    return (text ? JSON.parse(text) : undefined) as { id: number; version: number }
  }
  const create = (layer: LayerId, geometry: unknown, properties: unknown) =>
    write('POST', `/${layer}`, { type: 'Feature', geometry, properties })
  const building = (at: [number, number], name: string, size = 0.0004) =>
    create('buildings', rectangle(at, size), { name, use: 'residential', floors: 6 })

  test('an empty database has no tiles, and its TileJSON has no bounds', async () => {
    expect((await get(pathOf('buildings', tileOf(PLACE, 14)))).status).toBe(204)
    const json = await (await get('/tiles/buildings.json')).json()
    expect(json).toMatchObject({ tilejson: '3.0.0', minzoom: 12, maxzoom: 16 })
    expect(json).not.toHaveProperty('bounds')
  })

  test('every layer gives its attributes by wire name, and cells a point for the label', async () => {
    const whole = rectangle([121.49, 31.24], 0.02)
    const dueAt = '2026-03-04T05:06:07.008Z'
    const point = { type: 'Point', coordinates: PLACE }
    const line = { type: 'LineString', coordinates: [PLACE, [121.502, 31.251]] }
    await create('communities', whole, { code: '990101001001', name: '柳堤社区' })
    await create('grids', whole, { name: '第一网格' })
    await create('micro-grids', whole, { name: '第一微网格' })
    await create('zones', whole, { zoneLayer: 'police', code: 'P1', name: '一号警格' })
    await create('landcover', whole, { kind: 'green' })
    await create('roads', line, { name: '槐荫路', kind: 'main' })
    await building(PLACE, '一号楼')
    await create('facilities', point, { kind: 'aed', name: '门厅' })
    await create('checkpoints', point, { name: '东门', siteType: 'estate-gate', intervalMinutes: 1440 })
    await create('hazards', point, { title: '楼道堆物', categoryCode: '0101', reportedAt: dueAt, dueAt })
    const address = tileOf(PLACE, 15)
    const expected: Partial<Record<LayerId, Record<string, unknown>>> = {
      communities: { code: '990101001001', name: '柳堤社区', kind: 'community' },
      grids: { code: '990101001001001', name: '第一网格', kind: 'general' },
      'micro-grids': { code: '99010100100100101', name: '第一微网格' },
      zones: { zoneLayer: 'police', code: 'P1', name: '一号警格' },
      landcover: { kind: 'green' },
      roads: { name: '槐荫路', kind: 'main', walkable: true },
      buildings: { name: '一号楼', use: 'residential', floors: 6 },
      facilities: { kind: 'aed', status: 'in-service', name: '门厅' },
      checkpoints: { name: '东门', siteType: 'estate-gate', risk: 'low', intervalMinutes: 1440 },
      hazards: { title: '楼道堆物', categoryCode: '0101', severity: 'medium', state: 'reported', dueAt },
    }
    for (const layer of LAYER_IDS) {
      const tile = await read(pathOf(layer, address))
      expect(tile.get(layer)?.[0]?.attributes, layer).toEqual(expected[layer])
    }
    const centre = await read(pathOf('communities', tileOf([121.5, 31.25], 13)))
    expect(centre.get('communities-labels')?.[0]?.attributes).toEqual({
      code: '990101001001',
      name: '柳堤社区',
    })
    const json = await (await get('/tiles/communities.json')).json()
    expect(json.vector_layers.map(({ id }: { id: string }) => id)).toEqual([
      'communities',
      'communities-labels',
    ])
    expect(json.bounds).toEqual([121.49, 31.24, 121.51, 31.26])
    expect(json.tiles).toEqual(['http://localhost/tiles/communities/{z}/{x}/{y}.mvt'])
  })

  test('a point on the side of a tile is in one of the two tiles, and within its units', async () => {
    // Longitude 123.75 is a side at every zoom from 5 on.
    await create('facilities', { type: 'Point', coordinates: [123.75, 31.25] }, { kind: 'aed', name: 'side' })
    await create(
      'facilities',
      { type: 'Point', coordinates: [123.7499999, 31.25] },
      { kind: 'aed', name: 'left' },
    )
    const right = tileOf([123.75, 31.25], 16)
    const names = async (address: TileAddress) =>
      ((await read(pathOf('facilities', address))).get('facilities') ?? []).map((feature) => [
        feature.attributes.name,
        feature.parts[0]![0],
      ])
    expect(await names(right)).toEqual([['side', 0]])
    expect(await names({ ...right, x: right.x - 1 })).toEqual([['left', 4095]])
  })

  describe('addresses', () => {
    test.each([
      ['/tiles/buildings/23/0/0.mvt', 'invalid-parameter'],
      ['/tiles/buildings/12/4096/0.mvt', 'invalid-parameter'],
      ['/tiles/buildings/12/0/-1.mvt', 'invalid-parameter'],
      ['/tiles/buildings/12/1.5/0.mvt', 'invalid-parameter'],
      ['/tiles/buildings/x/0/0.mvt', 'invalid-parameter'],
    ])('%s is refused with 400', async (path, code) => {
      const response = await get(path)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code })
    })
    test('a layer that does not exist is 404, for tiles and TileJSON', async () => {
      expect((await get('/tiles/residents/14/0/0.mvt')).status).toBe(404)
      expect((await get('/tiles/residents.json')).status).toBe(404)
      expect((await get('/tiles/constructor.json')).status).toBe(404)
    })
    test('outside the data and below the layer’s zooms no query is run', async () => {
      const { database, calls } = counting(context.database)
      const app = asAdministrator(tileRoutes({ ...context.deps, database }))
      const ask = async (path: string) => (await app.request(path)).status
      expect(await ask(pathOf('buildings', tileOf(PLACE, LAYERS.buildings.minZoom - 1)))).toBe(204)
      expect(calls()).toBe(0)
      expect(await ask('/tiles/buildings/14/1/1.mvt')).toBe(204)
      const once = calls()
      expect(await ask('/tiles/buildings/14/1/2.mvt')).toBe(204)
      expect(once).toBe(1)
      expect(calls()).toBe(once)
    })
  })

  describe('representations', () => {
    const path = pathOf('buildings', tileOf([121.6, 31.3], 14))
    test('each encoding has the same bytes inside and an ETag of its own', async () => {
      for (let i = 0; i < 12; i++) await building([121.6 + i * 0.0007, 31.3], `第${i}号楼`)
      const [raw, gzip, br] = await Promise.all(
        ['identity', 'gzip', 'gzip, deflate, br'].map((accept) => get(path, { 'accept-encoding': accept })),
      )
      const bytes = Buffer.from(await raw!.arrayBuffer())
      expect(raw!.headers.get('content-encoding')).toBeNull()
      expect(gunzipSync(await gzip!.arrayBuffer())).toEqual(bytes)
      expect(brotliDecompressSync(await br!.arrayBuffer())).toEqual(bytes)
      expect(new Set([raw, gzip, br].map((response) => response!.headers.get('etag'))).size).toBe(3)
      for (const response of [raw!, gzip!, br!]) {
        expect(response.headers.get('etag')).toMatch(/^"[\w-]+"$/)
        expect(response.headers.get('vary')).toBe('Cookie, Authorization, Accept-Encoding')
        expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
      }
    })
    test('a 304 repeats ETag, Vary and Cache-Control; the ETag of another encoding does not match', async () => {
      const br = (await get(path, { 'accept-encoding': 'br' })).headers.get('etag')!
      for (const held of [br, `"other", W/${br}`, '*']) {
        const again = await get(path, { 'accept-encoding': 'br', 'if-none-match': held })
        expect(again.status).toBe(304)
        expect(again.headers.get('etag')).toBe(br)
        expect(again.headers.get('vary')).toBe('Cookie, Authorization, Accept-Encoding')
        expect(again.headers.get('cache-control')).toBe('private, no-cache')
        expect(await again.text()).toBe('')
      }
      expect((await get(path, { 'accept-encoding': 'gzip', 'if-none-match': br })).status).toBe(200)
    })
    test('HEAD tells the length without the bytes', async () => {
      const whole = await get(path, { 'accept-encoding': 'br' })
      const head = await get(path, { 'accept-encoding': 'br' }, 'HEAD')
      expect(head.status).toBe(200)
      expect(head.headers.get('content-length')).toBe(String((await whole.arrayBuffer()).byteLength))
      expect(head.headers.get('etag')).toBe(whole.headers.get('etag'))
      expect(await head.text()).toBe('')
    })
    test('a tile too small to be worth compressing goes as it is, unless that is refused', async () => {
      await building([121.9, 31.3], '小')
      const small = pathOf('buildings', tileOf([121.9, 31.3], 14))
      const plain = await get(small, { 'accept-encoding': 'br, gzip' })
      expect(plain.headers.get('content-encoding')).toBeNull()
      const bytes = Buffer.from(await plain.arrayBuffer())
      expect(bytes.length).toBeLessThan(256)
      for (const [accept, unpack] of [
        ['br, identity;q=0', brotliDecompressSync],
        ['gzip, *;q=0', gunzipSync],
      ] as const) {
        const packed = await get(small, { 'accept-encoding': accept })
        expect(packed.headers.get('content-encoding')).toBe(accept.split(',')[0])
        expect(unpack(await packed.arrayBuffer())).toEqual(bytes)
      }
    })
    test('when every encoding is refused the answer is 406', async () => {
      expect((await get(path, { 'accept-encoding': '*;q=0' })).status).toBe(406)
    })
  })

  describe('edits', () => {
    const at: [number, number] = [121.7, 31.1]
    const path = pathOf('buildings', tileOf(at, 16))
    const names = async () =>
      ((await read(path)).get('buildings') ?? []).map(({ attributes }) => attributes.name)

    test('show in the very next tile: created, renamed, moved away and back, deleted', async () => {
      const feature = await building(at, '甲')
      expect(await names()).toEqual(['甲'])
      const patch = (body: unknown, version: number) =>
        write('PATCH', `/buildings/${feature.id}`, body, version)
      const renamed = await patch({ properties: { name: '乙' } }, feature.version)
      expect(await names()).toEqual(['乙'])
      const moved = await patch({ geometry: rectangle([121.75, 31.15], 0.0004) }, renamed.version)
      expect(await names()).toEqual([])
      const back = await patch({ geometry: rectangle(at, 0.0004) }, moved.version)
      expect(await names()).toEqual(['乙'])
      await write('DELETE', `/buildings/${feature.id}`, undefined, back.version)
      expect(await names()).toEqual([])
    })

    test('only the tiles that cover the old or the new place are made again', async () => {
      const service = createTileService(context.deps)
      const near = await building([121.3, 31.1], 'near')
      await building([121.36, 31.1], 'far')
      await context.deps.outbox.settled()
      const zooms = [12, 14, 16]
      const tiles = zooms.flatMap((z) => [tileOf([121.3002, 31.1002], z), tileOf([121.3602, 31.1002], z)])
      const makeAll = async () => {
        for (const tile of tiles) await service.cache.get('buildings', tile, EVERYWHERE, NEVER)
        for (const tile of tiles) await service.cache.get('roads', tile, EVERYWHERE, NEVER)
      }
      await makeAll()
      const held = service.cache.stats().tiles
      await write('PATCH', `/buildings/${near.id}`, { properties: { floors: 7 } }, near.version)
      await context.deps.outbox.settled()
      const gone = tiles.filter((tile) => service.cache.peek('buildings', tile, EVERYWHERE) === undefined)
      // At z12 both places are in one tile.
      expect(gone).toEqual([tiles[0], tiles[1], tiles[2], tiles[4]])
      expect(tiles[0]).toEqual(tiles[1])
      expect(service.cache.stats()).toMatchObject({ purged: 3, tiles: held - 3 })
    })
  })

  test('many requests for one tile at once are one query', async () => {
    const { database, calls } = counting(context.database)
    const app = asAdministrator(tileRoutes({ ...context.deps, database }))
    const path = pathOf('buildings', tileOf([121.6, 31.3], 15))
    await app.request('/tiles/buildings.json')
    const before = calls()
    const responses = await Promise.all(Array.from({ length: 20 }, () => app.request(path)))
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(calls() - before).toBe(1)
  })

  test.each([
    ['its attributes go first', 0.00002, 30, 'attributes'],
    ['then all but the largest', 0.0005, 31, 'features'],
  ] as const)(
    'a tile over the budget says so and stays within it: %s',
    async (_, radius, south, degraded) => {
      await context.database.sql`
      INSERT INTO landcover (kind, name, geom)
      SELECT 'green', repeat('绿', 40) || i, ST_Multi(ST_Buffer(ST_SetSRID(ST_Point(
        120 + 0.0001 * (i % 100), ${south}::float8 + 0.0001 * (i / 100)), 4326), ${radius}::float8 * (1 + i * 0.0001), 16))
      FROM generate_series(0, 5999) AS i`
      const app = asAdministrator(tileRoutes({ ...context.deps }))
      const response = await app.request(pathOf('landcover', tileOf([120.004, south + 0.003], 14)))
      const bytes = new Uint8Array(await response.arrayBuffer())
      const tile = decodeStrictly(bytes, RANGE)
      expect(bytes.length).toBeLessThan(512 * 1024 + 200)
      expect(response.headers.get('x-tile-truncated')).toBe(degraded)
      expect(tile.get('landcover-meta')?.[0]?.attributes).toMatchObject({ truncated: true, degraded })
      const shown = tile.get('landcover')!
      expect(Object.keys(shown[0]!.attributes)).toEqual(['kind'])
      expect(tile.get('landcover-meta')![0]!.attributes.features).toBe(shown.length)
    },
  )
})

/** The same database, counting the queries that are sent as text, which is how tiles and extents are read. */
function counting(database: Database): { database: Database; calls(): number } {
  let calls = 0
  const sql = new Proxy(database.sql, {
    get(target, property, receiver) {
      if (property === 'unsafe') calls++
      return Reflect.get(target, property, receiver)
    },
  }) as Sql
  return { database: { ...database, sql }, calls: () => calls }
}
