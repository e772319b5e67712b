import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { beforeAll, expect, test } from 'vitest'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { createFeatures } from '../support/one-of-each.ts'
import { publishRounds } from '../support/publish-rounds.ts'
import { plot, spot } from '../support/small-hierarchy.ts'
import { anonymous, someone, type TwoCommunities, twoCommunities } from '../support/two-communities.ts'

const run = promisify(execFile)
const crsUri = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
/** A line of a program such as ogr2ogr ends by itself, or not at all. */
const PROGRAM_MS = 60_000

interface Link {
  rel: string
  href: string
  type: string
}
interface Item {
  id: number
  geometry: { coordinates: never }
  properties: { sourceId: string }
}

onBothDatabases('OGC API – Features', (context) => {
  let town: TwoCommunities
  let app: TestApp
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
  }, 60_000)

  async function ask(path: string, { by = app, accept }: { by?: TestApp; accept?: string } = {}) {
    const url = path.startsWith('http') ? path : `/ogc${path}`
    const answer = await by.request(url, accept ? { headers: { accept } } : {})
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    }
  }
  const link = (links: Link[], rel: string, type?: string) =>
    links.find((one) => one.rel === rel && (type === undefined || one.type === type))
  /** All pages. */
  async function walk(path: string, by = app, between: (page: number) => Promise<void> = async () => {}) {
    const items: Item[] = []
    const first = await ask(path, { by })
    expect(first.status, first.text).toBe(200)
    let { body } = first
    for (let page = 1; ; page++) {
      expect(body.numberReturned).toBe(body.features.length)
      items.push(...body.features)
      const next = link(body.links, 'next')
      if (!next) return { items, ids: items.map(({ id }) => id), matched: first.body.numberMatched, body }
      await between(page)
      body = (await ask(next.href, { by })).body
      // A next page that turns out empty is one that should not have been promised.
      expect(body.features.length).toBeGreaterThan(0)
    }
  }

  test('the landing page leads to everything, under the types that clients look for', async () => {
    const { body } = await ask('')
    const targets = {
      'service-desc': 'application/vnd.oai.openapi+json;version=3.0',
      'service-doc': 'text/html',
      conformance: 'application/json',
      data: 'application/json',
      self: 'application/json',
      alternate: 'text/html',
    }
    for (const [rel, type] of Object.entries(targets)) {
      const { href } = link(body.links, rel, type)!
      const answer = await ask(href)
      expect(answer.status, rel).toBe(200)
      expect(answer.headers.get('content-type')!.replace('; charset=UTF-8', '')).toBe(type)
    }
    const { conformsTo } = (await ask('/conformance')).body
    for (const name of [
      '-1/1.0/conf/core',
      '-1/1.0/conf/geojson',
      '-1/1.0/conf/oas30',
      '-1/1.0/conf/html',
      '-2/1.0/conf/crs',
    ])
      expect(conformsTo).toContain(`http://www.opengis.net/spec/ogcapi-features${name}`)
    expect((await app.request('/ogc/')).headers.get('location')).toBe('/ogc')
  })

  test('the definition is OpenAPI 3.0 with a literal path for each collection, and says where the limit is', async () => {
    const { body } = await ask('/api')
    expect(body.openapi).toMatch(/^3\.0\./)
    expect(body.servers).toEqual([{ url: 'http://localhost/ogc' }])
    const { parameters } = body.components
    expect(parameters.limit).toMatchObject({
      name: 'limit',
      in: 'query',
      required: false,
      style: 'form',
      explode: false,
      schema: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 },
    })
    expect(parameters.bbox).toMatchObject({
      in: 'query',
      required: false,
      style: 'form',
      explode: false,
      schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
    })
    expect(parameters.datetime).toMatchObject({ style: 'form', explode: false, schema: { type: 'string' } })
    const { collections } = (await ask('/collections')).body
    for (const path of ['/', '/api', '/conformance', '/collections'])
      expect(body.paths).toHaveProperty([path])
    for (const { id } of collections) {
      const items = body.paths[`/collections/${id}/items`].get
      for (const name of ['limit', 'bbox', 'datetime', 'crs', 'bbox-crs'])
        expect(items.parameters).toContainEqual({ $ref: `#/components/parameters/${name}` })
      expect(Object.keys(items.responses['200'].content)).toContain('application/geo+json')
      expect(body.paths).toHaveProperty([`/collections/${id}/items/{featureId}`])
    }
    // What is said of schemas in 3.1 alone, and references to nothing.
    JSON.stringify(body, (key, value) => {
      if (key === 'type') expect(Array.isArray(value)).toBe(false)
      if (key === '$ref') {
        const found = value
          .slice(2)
          .split('/')
          .reduce((part: Record<string, never>, name: string) => part?.[name], body)
        expect(found, value).toBeDefined()
      }
      return value
    })
  })

  test('collections are the layers and the routes of patrols, each as it tells of itself', async () => {
    const { body } = await ask('/collections')
    expect(body.collections.map(({ id }: { id: string }) => id)).toEqual([...LAYER_IDS, 'patrol-routes'])
    for (const entry of body.collections) {
      expect((await ask(`/collections/${entry.id}`)).body).toEqual(entry)
      const items = link(entry.links, 'items', 'application/geo+json')!
      expect(items.href).toBe(`http://localhost/ogc/collections/${entry.id}/items`)
      expect(entry.storageCrs).toBe(CRS84)
      expect(entry.crs).toEqual(expect.arrayContaining([CRS84, crsUri(4326), crsUri(4490), crsUri(3857)]))
      expect(entry.extent.spatial.bbox[0]).toHaveLength(4)
    }
    const { crs, extent } = body.collections.find(({ id }: { id: string }) => id === 'micro-grids')
    expect(crs).toEqual(expect.arrayContaining([crsUri(4549), crsUri(4550)]))
    expect(extent.spatial.bbox[0]).toEqual([120, 31, 120.04, 31.04])
    expect((await ask('/collections/hazards')).body.crs).not.toContain(crsUri(4549))
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

  test.each([
    ['buildings/items?limit=abc', 400],
    ['buildings/items?limit=0', 400],
    ['buildings/items?limit=1.5', 400],
    ['buildings/items?limit=10001', 200],
    ['buildings/items?colour=red', 400],
    ['buildings/items/{id}?colour=red', 400],
    ['buildings?colour=red', 400],
    ['buildings/items?bbox=1,2,3', 400],
    ['buildings/items?datetime=yesterday', 400],
    ['buildings/items?crs=EPSG:4326', 400],
    ['buildings/items?bbox-crs=http://www.opengis.net/def/crs/EPSG/0/1', 400],
    ['hazards/items?crs=http://www.opengis.net/def/crs/EPSG/0/4549', 400],
    ['roads/items?state=closed', 400],
    ['buildings/items?f=xml', 400],
    ['buildings/items/999999', 404],
    ['buildings/items/0', 404],
    ['buildings/items/x', 404],
    ['patrol-routes/items/999999', 404],
    ['castles', 404],
    ['castles/items', 404],
    ['__proto__/items', 404],
  ])('%s answers %i', async (path, status) => {
    const [id] = town.idsIn('buildings')
    const answer = await ask(`/collections/${path.replace('{id}', String(id))}`)
    expect(answer.status, answer.text.slice(0, 300)).toBe(status)
    if (answer.status !== 200)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
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

  test('an item is the one that the path names, with links, an ETag and its system', async () => {
    for (const id of [...LAYER_IDS, 'patrol-routes']) {
      const [wanted] = (await ask(`/collections/${id}/items?limit=1`)).body.features
      const { body, headers } = await ask(`/collections/${id}/items/${wanted.id}`)
      const { links, ...feature } = body
      expect(feature).toEqual(wanted)
      const self = `http://localhost/ogc/collections/${id}/items/${wanted.id}`
      expect(link(links, 'self', 'application/geo+json')!.href).toBe(self)
      expect(link(links, 'collection')!.href).toBe(`http://localhost/ogc/collections/${id}`)
      expect(link(links, 'alternate', 'text/html')!.href).toBe(`${self}?f=html`)
      expect(headers.get('etag')).toMatch(/^"[\w-]+"$/)
      expect(headers.get('content-crs')).toBe(`<${CRS84}>`)
    }
    const [building] = town.idsIn('buildings')
    const turned = await ask(`/collections/buildings/items/${building}?crs=${crsUri(4490)}`)
    expect(turned.headers.get('content-crs')).toBe(`<${crsUri(4490)}>`)
    const [[[[lat, lng]]]] = turned.body.geometry.coordinates
    expect([lat, lng]).toEqual([31.005, 120.005])
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

  test('nobody reads what is published alone', async () => {
    const nobody = await context.appFor(anonymous('roads'))
    const { collections } = (await ask('/collections', { by: nobody })).body
    expect(collections.map(({ id }: { id: string }) => id)).toEqual(['roads'])
    const { paths } = (await ask('/api', { by: nobody })).body
    expect(Object.keys(paths).filter((path) => path.endsWith('/items'))).toEqual(['/collections/roads/items'])
    expect((await walk('/collections/roads/items', nobody)).ids).toEqual(town.idsIn('roads'))
    for (const path of [
      'buildings',
      'buildings/items',
      'buildings/items/1',
      'patrol-routes',
      'patrol-routes/items',
    ])
      expect((await ask(`/collections/${path}`, { by: nobody })).status, path).toBe(401)
    const stranger = await context.appFor(anonymous())
    for (const path of ['', '/api', '/conformance', '/collections', '/collections/roads/items'])
      expect((await ask(path, { by: stranger })).status, path).toBe(401)
  })

  test('a browser gets pages, in which nothing that someone wrote becomes markup', async () => {
    const [building] = town.idsIn('buildings')
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    const paths = ['', '/api', '/conformance', '/collections', '/collections/buildings']
    for (const path of [
      ...paths,
      '/collections/buildings/items?limit=2',
      `/collections/buildings/items/${building}`,
    ]) {
      const page = await ask(path, { accept })
      expect(page.status, path).toBe(200)
      expect(page.headers.get('content-type'), path).toContain('text/html')
      expect(page.headers.get('content-security-policy'), path).toContain("default-src 'none'")
      const json = await ask(`${path}${path.includes('?') ? '&' : '?'}f=json`, { accept })
      expect(json.headers.get('content-type'), path).toContain('json')
    }
    const items = await ask('/collections/buildings/items?limit=2', { accept })
    expect(items.text).toMatch(/rel="next"/)
    const odd = await ask('/collections/buildings/items?q=%3Cscript%3E&f=html')
    expect(odd.status).toBe(200)
    expect(odd.text).not.toContain('<script')
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
})
