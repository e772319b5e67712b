import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { beforeAll, expect, test } from 'vitest'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { createApp } from '../../server/app.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { analyses } from '../support/analyses.ts'
import { callApi } from '../support/call-api.ts'
import { CRS84, crsUri, ogcClient } from '../support/ogc-client.ts'
import { type DatabaseContext, onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { createFeatures } from '../support/one-of-each.ts'
import { publishRounds } from '../support/publish-rounds.ts'
import { plot, spot } from '../support/small-hierarchy.ts'
import { TEST_KINDS } from '../support/test-kinds.ts'
import { anonymous, someone, type TwoCommunities, twoCommunities } from '../support/two-communities.ts'

const run = promisify(execFile)
/** A program such as ogr2ogr ends by itself in a second or two, or not at all. */
const PROGRAM_MS = 60_000

onBothDatabases('items of OGC API – Features', (context) => {
  let town: TwoCommunities
  let app: TestApp
  const { ask, walk } = ogcClient(() => app)
  beforeAll(async () => {
    town = await twoCommunities(context)
    app = await context.app()
    await publishRounds(context, ['990101001001'], 3)
    const create = createFeatures(context)
    for (const lng of [179.9, -179.9])
      await create(
        'hazards',
        { type: 'Point', coordinates: [lng, -16.5] },
        {
          title: '斐济',
          categoryCode: '06036',
          reportedAt: '2026-01-02T03:04:05Z',
        },
      )
  })

  test('pages hold every item once, as many as are said to match', async () => {
    for (const { id } of (await ask('/collections')).body.collections) {
      const { ids, matched } = await walk(`/collections/${id}/items?limit=2`)
      expect(matched, id).toBe(ids.length)
      expect(new Set(ids).size, id).toBe(ids.length)
      expect(ids.length, id).toBeGreaterThan(1)
      if (id === 'patrol-routes' || id === 'hazards') continue
      expect(ids, id).toEqual(town.idsIn(id as LayerId))
    }
  })

  test('a row that goes while pages are read takes no other with it', async () => {
    const create = createFeatures(context)
    const made: number[] = []
    for (let east = 0; east < 6; east++)
      made.push((await create('landcover', plot(50 + east, 50, 50.5 + east, 51), { kind: 'water' })).id)
    const path = '/collections/landcover/items?limit=2&bbox=120.05,31.05,120.06,31.051'
    const { ids } = await walk(path, app, async (page) => {
      if (page > 1) return
      const gone = await app.request(`/api/v1/landcover/${made[0]}`, {
        method: 'DELETE',
        headers: { 'if-match': '"1"' },
      })
      expect(gone.status).toBe(204)
    })
    expect(ids).toEqual(made)
    for (const id of made.slice(1))
      await app.request(`/api/v1/landcover/${id}`, { method: 'DELETE', headers: { 'if-match': '"1"' } })
  })

  test('a box across the antimeridian finds both sides, in either order of axes', async () => {
    const found = async (query: string) => (await walk(`/collections/hazards/items?${query}`)).ids
    expect(await found('bbox=179,-17,-179,-16')).toHaveLength(2)
    expect(await found('bbox=179,-17,180,-16')).toHaveLength(1)
    expect(await found(`bbox=-17,179,-16,-179&bbox-crs=${crsUri(4326)}`)).toHaveLength(2)
    expect(await found('bbox=179,-17,-100,-179,-16,100')).toHaveLength(2)
  })

  test('datetime takes instants and intervals that include both ends', async () => {
    const found = async (datetime: string) =>
      (await walk(`/collections/hazards/items?bbox=179,-17,-179,-16&datetime=${datetime}`)).ids.length
    expect(await found('2026-01-02T03:04:05Z')).toBe(2)
    expect(await found('2026-01-02T03:04:06Z')).toBe(0)
    expect(await found('2026-01-01T00:00:00Z/2026-01-02T03:04:05Z')).toBe(2)
    expect(await found('../2026-01-02T03:04:04Z')).toBe(0)
    expect(await found('2026-01-02T03:04:05Z/..')).toBe(2)
    const routes = async (datetime: string) =>
      (await walk(`/collections/patrol-routes/items?datetime=${datetime}`)).ids.length
    expect(await routes('2020-01-01/2020-12-31')).toBe(0)
    expect(await routes('2020-01-01T00:00:00Z/..')).toBe(3)
  })

  test('coordinates are those of PostGIS in the order of axes of their system, and a box in it finds the same', async () => {
    const { collections } = (await ask('/collections')).body
    const { crs } = collections.find(({ id }: { id: string }) => id === 'facilities')
    const box = [...spot(4, 4).coordinates, ...spot(26, 16).coordinates] as [number, number, number, number]
    const wanted = (await walk(`/collections/facilities/items?bbox=${box}`)).ids
    expect(wanted).toHaveLength(2)
    for (const uri of crs) {
      const code = uri === CRS84 ? 4326 : Number(uri.split('/').at(-1))
      const isEastFirst = uri === CRS84 || code === 3857
      const { body, headers } = await ask(`/collections/facilities/items?crs=${encodeURIComponent(uri)}`)
      expect(headers.get('content-crs')).toBe(`<${uri}>`)
      const rows = await context.database.sql<{ id: number; x: number; y: number }[]>`
        SELECT id, ST_X(there) AS x, ST_Y(there) AS y
        FROM (SELECT id, ST_Transform(geom, ${code}::int) AS there FROM facility) AS moved`
      const at = new Map(rows.map(({ id, x, y }) => [id, isEastFirst ? [x, y] : [y, x]]))
      for (const { id, geometry } of body.features as { id: number; geometry: { coordinates: number[] } }[])
        for (const axis of [0, 1])
          expect(Math.abs(geometry.coordinates[axis]! - at.get(id)![axis]!), uri).toBeLessThan(1e-3)
      const [corner] = await context.database.sql<{ x: number; y: number; x2: number; y2: number }[]>`
        SELECT ST_XMin(b) AS x, ST_YMin(b) AS y, ST_XMax(b) AS x2, ST_YMax(b) AS y2 FROM (SELECT ST_Transform(ST_MakeEnvelope(
          ${box[0]}::float8, ${box[1]}::float8, ${box[2]}::float8, ${box[3]}::float8, 4326), ${code}::int) AS b) AS turned`
      const { x, y, x2, y2 } = corner!
      const there = isEastFirst ? [x, y, x2, y2] : [y, x, y2, x2]
      const same = await walk(
        `/collections/facilities/items?bbox=${there}&bbox-crs=${encodeURIComponent(uri)}`,
      )
      expect(same.ids, uri).toEqual(wanted)
    }
  })

  test('the filters of lists narrow items too', async () => {
    const { ids, matched } = await walk('/collections/buildings/items?parent=990101001002&limit=1')
    expect(ids).toEqual(town.idsIn('buildings', ['B']))
    expect(matched).toBe(ids.length)
  })

  test('everyone finds what they reach, and nothing tells of the rest', async () => {
    const inB = await context.appFor(someone(town.reachOf(['B'])))
    for (const layer of LAYER_IDS) {
      const { ids, matched } = await walk(`/collections/${layer}/items?limit=3`, inB)
      expect(ids, layer).toEqual(town.idsIn(layer, ['B']))
      expect(matched, layer).toBe(ids.length)
      const [hidden] = town.idsIn(layer, ['A']).filter((id) => !ids.includes(id))
      expect((await ask(`/collections/${layer}/items/${hidden}`, { by: inB })).status, layer).toBe(404)
    }
    expect((await walk('/collections/patrol-routes/items', inB)).ids).toEqual([])
    const [route] = (await walk('/collections/patrol-routes/items')).ids
    expect((await ask(`/collections/patrol-routes/items/${route}`, { by: inB })).status).toBe(404)
    const { bbox } = (await ask('/collections/micro-grids', { by: inB })).body.extent.spatial
    expect(bbox[0]).toEqual([120, 31.02, 120.04, 31.04])
  })

  test('GDAL brings every row of every collection once', { timeout: 2 * PROGRAM_MS }, async () => {
    const server = createAdaptorServer({
      fetch: (request) => app.request(request.url, { headers: request.headers }),
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const folder = await mkdtemp(join(tmpdir(), 'gridward-ogc-'))
    try {
      const { port } = server.address() as AddressInfo
      const file = join(folder, 'out.gpkg')
      const source = `OAPIF:http://127.0.0.1:${port}/ogc`
      const brought = await run('ogr2ogr', ['-f', 'GPKG', file, source, '-oo', 'PAGE_SIZE=2'], {
        timeout: PROGRAM_MS,
      })
      expect(brought.stderr).toBe('')
      const { stdout } = await run('ogrinfo', ['-ro', '-al', file], { timeout: PROGRAM_MS })
      const sections = new Map(
        stdout
          .split('Layer name: ')
          .slice(1)
          .map((section) => [section.slice(0, section.indexOf('\n')), section]),
      )
      expect([...sections.keys()].sort()).toEqual([...LAYER_IDS, 'patrol-routes'].sort())
      for (const [id, section] of sections) {
        const { items } = await walk(`/collections/${id}/items`)
        expect(Number(/Feature Count: (\d+)/.exec(section)![1]), id).toBe(items.length)
        const key = id === 'patrol-routes' ? 'round' : 'sourceId'
        const keys = [...section.matchAll(new RegExp(`${key} \\(String\\) = (.*)`, 'g'))].map(
          ([, value]) => value,
        )
        expect(keys.sort(), id).toEqual(items.map(({ properties }) => Reflect.get(properties, key)).sort())
      }
    } finally {
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('what an analysis found is a collection for those who may read it', async () => {
    const as = createApp(context.deps, askedBy(ADMINISTRATOR), undefined, undefined, TEST_KINDS)
    const asked = Object.create(context, { app: { value: async () => as } }) as DatabaseContext
    const { id } = await analyses(callApi(asked)).answer('overlay', { how: 'answer', features: 5 }, [
      '990101001001',
    ])
    // More than a page of shapes holds, whatever is asked for.
    const many = await analyses(callApi(asked)).answer('overlay', { how: 'answer', features: 1001 }, [])
    expect((await walk(`/collections/analysis-${many.id}-spot/items?limit=5000`)).ids).toHaveLength(1001)
    const secret = await analyses(callApi(asked)).answer('overlay', { how: 'secret' }, [])
    const spots = `analysis-${id}-spot`
    const { body } = await ask(`/collections/${spots}`)
    expect(body).toMatchObject({
      id: spots,
      extent: { spatial: { bbox: [[120, 31.001, 120.0004, 31.001]] } },
    })
    const listed = async (by: TestApp) =>
      (await ask('/collections', { by })).body.collections.map((one: { id: string }) => one.id)
    expect(await listed(app)).toEqual(expect.arrayContaining([spots, `analysis-${id}-square`]))
    expect(
      (await ask('/collections')).body.collections.find((one: { id: string }) => one.id === spots),
    ).toEqual(body)

    const { items, ids, matched } = await walk(`/collections/${spots}/items?limit=2`)
    expect(ids).toEqual([1, 2, 3, 4, 5])
    expect(matched).toBe(5)
    expect((await walk(`/collections/${spots}/items?bbox=120.00025,31,120.1,31.1`)).matched).toBe(2)
    const one = await ask(`/collections/${spots}/items/2?crs=${crsUri(4326)}`)
    expect(one.body).toMatchObject({ id: 2, properties: items[1]!.properties })
    expect(one.body.geometry.coordinates).toEqual([31.001, 120.0001])
    for (const path of [`${spots}/items/6`, `${spots}/items/0`, `analysis-${id}-nothing`, `analysis-${id}`])
      expect((await ask(`/collections/${path}`)).status, path).toBe(404)
    expect((await ask('/api')).body.paths).toHaveProperty(['/collections/{collectionId}/items'])

    const seenBy = async (by: TestApp) => {
      const found = (await listed(by)).filter((name: string) => name.startsWith('analysis-'))
      for (const name of [spots, `analysis-${secret.id}-spot`])
        for (const path of ['', '/items', '/items/1'])
          expect((await ask(`/collections/${name}${path}`, { by })).status === 200, name + path).toBe(
            found.includes(name),
          )
      return found.length
    }
    expect(await seenBy(await context.appFor(someone(town.reachOf(['A']))))).toBe(3)
    expect(await seenBy(await context.appFor(someone(town.reachOf(['B']))))).toBe(0)
    expect(await seenBy(await context.appFor(anonymous('roads')))).toBe(0)
    expect(await seenBy(app)).toBe(9)
    // It takes more than “read”.
    expect(await seenBy(await context.appFor(someone('everywhere', { role: 'viewer' })))).toBe(6)
  })
})
