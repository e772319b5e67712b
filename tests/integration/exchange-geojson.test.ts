import { expect, test } from 'vitest'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { box, collection, feature, post } from '../support/upload-geojson.ts'

onBothDatabases('GeoJSON of a hierarchy', (context) => {
  const code = '310110001001'
  const files: [LayerId, string][] = [
    ['communities', collection(feature({ 编码: code, 名称: '一社区' }, box(121, 31, 121.1, 31.1)))],
    [
      'grids',
      collection(
        feature({ code: `${code}01`, name: '第一网格' }, box(121, 31, 121.05, 31.1)),
        feature({ code: `${code}002`, name: '第二网格' }, box(121.05, 31, 121.1, 31.1)),
      ),
    ],
    [
      'micro-grids',
      collection(feature({ code: `${code}00101`, name: '微网格' }, box(121, 31, 121.05, 31.1))),
    ],
    [
      'buildings',
      collection(
        feature({ 名称: '甲楼', 户数: '12' }, box(121.01, 31.01, 121.02, 31.02), { id: 'a' }),
        feature({ name: '乙楼' }, box(121.06, 31.01, 121.07, 31.02), { id: 'b' }),
        feature({ name: '丙楼' }, box(122, 31, 122.01, 31.01), { id: 'c' }),
      ),
    ],
    [
      'checkpoints',
      collection(
        feature(
          {
            name: '门岗',
            siteType: '小区出入口',
            intervalMinutes: '60',
            timeWindows: [{ from: '08:00', to: '20:00' }],
          },
          { type: 'Point', coordinates: [121.01, 31.01, 4] },
        ),
      ),
    ],
    [
      'hazards',
      collection(
        feature(
          { title: '堆物', categoryCode: '06036', reportedAt: '2026-07-01T08:00:00+08:00' },
          { type: 'MultiPoint', coordinates: [[121.015, 31.015]] },
        ),
      ),
    ],
    ['zones', collection(feature({ zoneLayer: 'police', name: '警格一' }, box(121, 31, 121.2, 31.1)))],
  ]
  const exported = async (layer: LayerId) => {
    const app = await context.app()
    return (await app.request(`/api/v1/exports/${layer}`)).text()
  }

  test('comes in level by level, each finding its parent, and out again', async () => {
    for (const [layer, text] of files) {
      const { status, json } = await post(context, text, { layer }, { name: `${layer}.geojson` })
      expect(json).toMatchObject({ skipped: { total: 0 }, changed: true })
      expect(status).toBe(201)
    }
    const { features } = JSON.parse(await exported('buildings'))
    expect(features.map((each: { properties: object }) => each.properties)).toMatchObject([
      { sourceId: 'buildings:a', households: 12, microGridCode: `${code}00101`, code: `${code}0010100001` },
      { communityCode: code, gridCode: `${code}002`, code: null },
      { communityCode: null, code: null },
    ])
    expect(JSON.parse(await exported('hazards')).features[0].properties).toMatchObject({
      reportedAt: '2026-07-01T00:00:00.000Z',
      buildingCode: `${code}0010100001`,
    })
  })

  test('sent again, by its codes and ids or as an export, is unchanged', async () => {
    for (const [layer, text] of files)
      for (const content of [text, await exported(layer)]) {
        const { status, json } = await post(context, content, { layer }, { name: `${layer}.geojson` })
        expect(json.unknownProperties).toEqual([])
        expect(json.layers[layer]).toMatchObject({ created: 0, updated: 0, rejected: 0 })
        expect(status).toBe(200)
      }
  })

  test('exports of all layers create the same in an empty database', async () => {
    const texts: [LayerId, string][] = []
    for (const layer of Object.keys(LAYERS) as LayerId[]) texts.push([layer, await exported(layer)])
    await context.database
      .sql`TRUNCATE community, grid, micro_grid, building, zone, road, checkpoint, hazard CASCADE`
    for (const [layer, text] of texts) {
      const { json } = await post(context, text, { layer })
      expect(json.skipped.items).toEqual([])
    }
    const plain = (text: string) =>
      JSON.parse(text).features.map(
        ({ properties: { createdAt, updatedAt, ...rest } }: { properties: Record<string, unknown> }) => rest,
      )
    for (const [layer, text] of texts) expect(plain(await exported(layer))).toEqual(plain(text))
  })

  test('a code that belongs to another row, a parent that is not there, a bow-tie: each is named, the rest comes in', async () => {
    const bowTie = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    }
    const grids = await post(
      context,
      collection(
        feature({ sourceId: 'other:1', code: `${code}001`, name: 'x' }, box(1, 1, 2, 2)),
        feature({ code: '999999999999001', name: 'y' }, box(1, 1, 2, 2)),
        feature({ code: `${code}003`, name: 'z' }, box(121, 31, 121.1, 31.1)),
      ),
      { layer: 'grids' },
    )
    expect(grids.json.layers.grids).toMatchObject({ created: 1, rejected: 2 })
    expect(grids.json.skipped.items.map(({ reason }) => reason).join()).toMatch(
      /already belongs.*no community/,
    )
    const { status, json } = await post(context, collection(feature({}, bowTie)), { layer: 'landcover' })
    expect([status, json.skipped.total]).toEqual([200, 1])
    const shape = await post(context, collection(feature({ kind: 'green' }, bowTie)), { layer: 'landcover' })
    expect(shape.json.skipped.items[0]!.reason).toMatch(/Self-intersection/)
  })

  test('a batch is listed and kept with its report, attribution and licence', async () => {
    const app = await context.app()
    const text = collection(feature({ kind: 'green', name: '公园' }, box(121, 31, 121.01, 31.01)))
    const { json } = await post(context, text, {
      layer: 'landcover',
      attribution: '© Someone',
      licence: 'CC-BY-4.0',
    })
    const one = await (await app.request(`/api/v1/imports/${json.batchId}`)).json()
    expect(one).toMatchObject({
      attribution: '© Someone',
      licence: 'CC-BY-4.0',
      report: { layers: { landcover: { created: 1 } } },
    })
    const list = await (await app.request('/api/v1/imports')).json()
    expect(list.imports[0].id).toBe(json.batchId)
    expect((await app.request('/api/v1/imports/999999')).status).toBe(404)
    expect(JSON.parse(await exported('landcover'))).toMatchObject({
      attribution: '© Someone',
      licence: 'CC-BY-4.0',
    })
  })
})

onBothDatabases('Building codes that cannot be kept yet', (context) => {
  const cell = '310110001001'
  const code = (number: number) => `${cell}00101${String(number).padStart(5, '0')}`
  const west = box(121.01, 31.01, 121.02, 31.02)
  const east = box(121.03, 31.01, 121.04, 31.02)
  // From west to east the numbers would be given the other way round.
  const buildings = (suffix: string) =>
    collection(
      feature({ code: code(2), name: `west${suffix}` }, west),
      feature({ code: code(1), name: `east${suffix}` }, east),
    )
  const stored = () =>
    context.database.sql`SELECT name, code FROM building ORDER BY ST_X(anchor)`.then((found) => [...found])

  test('are named in the report', async () => {
    const { json } = await post(context, buildings(''), { layer: 'buildings' })
    expect(json.altered.total).toBe(2)
    expect(json.altered.items).toContainEqual({
      feature: `code:${code(2)}`,
      change: expect.stringMatching(/was not kept: the building has none/),
    })
    expect(await stored()).toEqual([
      { name: 'west', code: null },
      { name: 'east', code: null },
    ])
  })

  test('never lead a later file to the building that was given the code meanwhile', async () => {
    const outline = box(121, 31, 121.1, 31.1)
    await post(context, collection(feature({ code: cell, name: 'c' }, outline)), { layer: 'communities' })
    await post(context, collection(feature({ code: `${cell}001`, name: 'g' }, outline)), { layer: 'grids' })
    await post(context, collection(feature({ code: `${cell}00101`, name: 'm' }, outline)), {
      layer: 'micro-grids',
    })
    const given = [
      { name: 'west', code: code(1) },
      { name: 'east', code: code(2) },
    ]
    expect(await stored()).toEqual(given)
    const { json } = await post(context, buildings(' again'), { layer: 'buildings' })
    expect(json.skipped.items).toEqual([])
    expect(json.layers.buildings).toMatchObject({ created: 0, rejected: 0 })
    expect(json.altered.total).toBe(2)
    expect((await stored()).map((row) => row.code)).toEqual([code(1), code(2)])
    expect((await stored()).map((row) => row.name.slice(0, 4))).toEqual(['west', 'east'])
  })

  test('a third building with the code of the first is a building of its own', async () => {
    const third = feature({ code: code(3), name: 'third' }, box(121.05, 31.01, 121.06, 31.02))
    await context.database.sql`UPDATE building SET code = ${code(3)} WHERE code = ${code(1)}`
    const text = JSON.parse(buildings(''))
    text.features.unshift(third)
    const { json } = await post(context, JSON.stringify(text), { layer: 'buildings' })
    expect(json.skipped.items).toEqual([])
    expect((await stored()).map((row) => row.name.slice(0, 5).trim())).toEqual(['west', 'east', 'third'])
  })
})

onBothDatabases('A newer extract', (context) => {
  const osm = (
    body: string,
  ) => `<osm version="0.6"><node id="1" lon="121" lat="31"/><node id="2" lon="121.01" lat="31"/>
    <node id="3" lon="121.02" lat="31"/><node id="4" lon="121.01" lat="31.01"/><node id="5" lon="121.02" lat="31.01"/>${body}</osm>`
  const road = (id: number, refs: number[]) =>
    `<way id="${id}">${refs.map((ref) => `<nd ref="${ref}"/>`).join('')}<tag k="highway" v="residential"/></way>`
  const building = (id: number, name: string) =>
    `<way id="${id}"><nd ref="2"/><nd ref="3"/><nd ref="5"/><nd ref="2"/><tag k="building" v="yes"/><tag k="name" v="${name}"/></way>`
  const send = async (body: string) => (await post(context, osm(body), {}, { name: 'x.osm' })).json

  test('updates by source id, recuts roads, and keeps what it no longer has', async () => {
    await send(road(1, [1, 2, 3]) + road(2, [4, 2]) + building(7, 'old') + building(8, 'gone'))
    const before = await context.database.sql`SELECT source_id FROM road ORDER BY 1`
    expect(before.map((row) => row.source_id)).toEqual(['osm:way/1#0', 'osm:way/1#1', 'osm:way/2#0'])
    const report = await send(road(1, [1, 2, 3]) + road(2, [4, 5]) + building(7, 'new'))
    expect(report.layers.roads).toMatchObject({ updated: 2, removed: 1, notInFile: 0 })
    expect(report.layers.buildings).toMatchObject({ updated: 1, notInFile: 1 })
    const kinds = await context.database
      .sql`SELECT kind, count(*) FROM event WHERE batch_id = ${report.batchId} GROUP BY 1 ORDER BY 1`
    expect(kinds.map((row) => row.kind)).toContain('delete')
    const names = await context.database.sql`SELECT name FROM building ORDER BY name`
    expect(names.map((row) => row.name)).toEqual(['gone', 'new'])
  })
})

onBothDatabases('A large export', (context) => {
  test('comes in pieces of bounded size, made only when they are asked for, and stops with its reader', async () => {
    await context.database.sql`
      INSERT INTO facility (kind, status, geom, search_text)
      SELECT 'other', 'in-service', ST_SetSRID(ST_MakePoint(121 + i * 1e-5, 31), 4326), '' FROM generate_series(1, 12000) i`
    const app = await context.app()
    const response = await app.request('/api/v1/exports/facilities')
    const sizes: number[] = []
    const parts: Uint8Array[] = []
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      sizes.push(part.length)
      parts.push(part)
    }
    expect(sizes.length).toBeGreaterThanOrEqual(14)
    expect(Math.max(...sizes)).toBeLessThan(2_000_000)
    const { features } = JSON.parse(Buffer.concat(parts).toString())
    expect(new Set(features.map(({ id }: { id: number }) => id)).size).toBe(12_000)

    const left = await app.request('/api/v1/exports/facilities')
    const reader = left.body!.getReader()
    await reader.read()
    await reader.cancel()
    expect((await app.request('/api/v1/exports/facilities?bbox=0,0,1,1')).status).toBe(200)
  })

  test('an unknown layer, format or filter is refused', async () => {
    const app = await context.app()
    expect((await app.request('/api/v1/exports/houses')).status).toBe(404)
    expect((await app.request('/api/v1/exports/roads?format=shp')).status).toBe(400)
    expect((await app.request('/api/v1/exports/roads?colour=red')).status).toBe(400)
    expect((await app.request('/api/v1/exports/roads?parent=12')).status).toBe(400)
  })
})

onBothDatabases('A file that goes out, is edited elsewhere and comes back', (context) => {
  const properties = { kind: 'aed', name: '大厅' }
  const at = (lng: number) => ({ type: 'Point', coordinates: [lng, 31] })
  async function json(method: string, path: string, body?: unknown, ifMatch?: number) {
    const app = await context.app()
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(ifMatch ? { 'if-match': `"${ifMatch}"` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return response.json()
  }

  test('takes the edit of a row that stayed as it was, and keeps ours where the row moved on meanwhile', async () => {
    const [one, two] = [
      await json('POST', '/facilities', { geometry: at(120), properties }),
      await json('POST', '/facilities', { geometry: at(120.1), properties }),
    ]
    const exported = await json('GET', '/exports/facilities?format=geojson')
    await json('PATCH', `/facilities/${two.id}`, { properties: { status: 'planned' } }, two.version)
    for (const { properties } of exported.features) properties.name = '门厅'
    const { json: report } = await post(context, JSON.stringify(exported), { layer: 'facilities' })
    expect(report.layers.facilities).toMatchObject({ updated: 1, keptLocal: 1, created: 0 })
    expect((await json('GET', `/facilities/${one.id}`)).properties.name).toBe('门厅')
    expect((await json('GET', `/facilities/${two.id}`)).properties).toMatchObject({
      name: '大厅',
      status: 'planned',
    })
    const events = await context.database.sql`
      SELECT before->'properties'->>'name' AS before, after->'properties'->>'name' AS after
      FROM event WHERE kind = 'put' AND batch_id = ${report.batchId}`
    expect([...events]).toEqual([{ before: '大厅', after: '门厅' }])
  })
})
