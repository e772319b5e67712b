import { beforeAll, expect, test } from 'vitest'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { CRS84, crsUri, linkOf, ogcClient } from '../support/ogc-client.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { createFeatures, oneOfEach } from '../support/one-of-each.ts'
import { publishRounds } from '../support/publish-rounds.ts'
import { anonymous } from '../support/two-communities.ts'

const MARKUP = '<script>alert(1)</script>'

onBothDatabases('OGC API – Features', (context) => {
  let building: number
  let app: TestApp
  const { ask, walk } = ogcClient(() => app)
  beforeAll(async () => {
    building = (await oneOfEach(context)).building.id
    await createFeatures(context)(
      'hazards',
      { type: 'Point', coordinates: [120.001, 31.001] },
      { title: MARKUP, categoryCode: '06036', reportedAt: '2026-11-20T07:40:00+08:00' },
    )
    app = await context.app()
    await publishRounds(context, [], 1)
  })

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
      const { href } = linkOf(body.links, rel, type)!
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
      const items = linkOf(entry.links, 'items', 'application/geo+json')!
      expect(items.href).toBe(`http://localhost/ogc/collections/${entry.id}/items`)
      expect(entry.storageCrs).toBe(CRS84)
      expect(entry.crs).toEqual(expect.arrayContaining([CRS84, crsUri(4326), crsUri(4490), crsUri(3857)]))
      expect(entry.extent.spatial.bbox[0]).toHaveLength(4)
    }
    const { crs, extent } = body.collections.find(({ id }: { id: string }) => id === 'micro-grids')
    expect(crs).toEqual(expect.arrayContaining([crsUri(4549), crsUri(4550)]))
    // Its belt lies 45 degrees in the west.
    expect(crs).not.toContain(crsUri(4534))
    expect(extent.spatial.bbox[0]).toEqual([120, 31, 120.005, 31.005])
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
    ['buildings/items?crs=http://www.opengis.net/def/crs/EPSG/0/4534', 400],
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
    const answer = await ask(`/collections/${path.replace('{id}', String(building))}`)
    expect(answer.status, answer.text.slice(0, 300)).toBe(status)
    if (answer.status !== 200)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  test('an item is the one that the path names, with links, an ETag and its system', async () => {
    for (const id of [...LAYER_IDS, 'patrol-routes']) {
      const [wanted] = (await ask(`/collections/${id}/items?limit=1`)).body.features
      const { body, headers } = await ask(`/collections/${id}/items/${wanted.id}`)
      const { links, ...feature } = body
      expect(feature).toEqual(wanted)
      const self = `http://localhost/ogc/collections/${id}/items/${wanted.id}`
      expect(linkOf(links, 'self', 'application/geo+json')!.href).toBe(self)
      expect(linkOf(links, 'collection')!.href).toBe(`http://localhost/ogc/collections/${id}`)
      expect(linkOf(links, 'alternate', 'text/html')!.href).toBe(`${self}?f=html`)
      expect(headers.get('etag')).toMatch(/^"[\w-]+"$/)
      expect(headers.get('content-crs')).toBe(`<${CRS84}>`)
    }
    const turned = await ask(`/collections/buildings/items/${building}?crs=${crsUri(4490)}`)
    expect(turned.headers.get('content-crs')).toBe(`<${crsUri(4490)}>`)
    const { geometry } = (await ask(`/collections/buildings/items/${building}`)).body
    const turn = (shape: [number, number][][][]) =>
      shape.map((rings) => rings.map((ring) => ring.map(([lng, lat]) => [lat, lng])))
    expect(turned.body.geometry.coordinates).toEqual(turn(geometry.coordinates))
  })

  test('nobody reads what is published alone', async () => {
    const nobody = await context.appFor(anonymous('roads'))
    const { collections } = (await ask('/collections', { by: nobody })).body
    expect(collections.map(({ id }: { id: string }) => id)).toEqual(['roads'])
    const { paths } = (await ask('/api', { by: nobody })).body
    expect(Object.keys(paths).filter((path) => path.endsWith('/items'))).toEqual(['/collections/roads/items'])
    expect((await walk('/collections/roads/items', nobody)).ids).toHaveLength(1)
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
    const first = await ask('/collections/hazards/items?limit=1', { accept })
    const [, next] = /href="([^"]*)" rel="next"/.exec(first.text)!
    const { text } = await ask(next!.replaceAll('&amp;', '&'), { accept })
    const odd = await ask('/collections/hazards/items?q=%3Cscript%3E&f=html')
    for (const page of [text, odd.text]) {
      expect(page).toContain('&lt;script&gt;alert(1)')
      expect(page).not.toContain('<script')
    }
  })
})
