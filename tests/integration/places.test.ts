import { beforeAll, expect, test } from 'vitest'
import type { MultiPolygon } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { settleImport } from '../../server/features/cells.store.ts'
import { upsertFeatures } from '../../server/features/upsert.store.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { box as polygon } from '../support/upload-geojson.ts'

const box = (...sides: Parameters<typeof polygon>): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [polygon(...sides).coordinates as MultiPolygon['coordinates'][number]],
})

onBothDatabases('places', (context) => {
  const get = async (path: string) => {
    const response = await (await context.app()).request(path)
    return { status: response.status, body: await response.json() }
  }

  beforeAll(async () => {
    await context.database.sql.begin(async (tx) => {
      const [batch] = await tx`
        INSERT INTO import_batch (kind, source, attribution, licence) VALUES ('demo', 'test', 'Test data', 'CC0-1.0') RETURNING id`
      const put = (layer: LayerId, rows: [MultiPolygon, Record<string, unknown>][]) =>
        upsertFeatures(
          tx,
          layer,
          rows.map(([geometry, properties], index) => ({
            sourceId: `test:${layer}/${index}`,
            geometry,
            properties,
          })),
          batch!.id,
          { name: 'test' },
        )
      await put('communities', [
        [box(120, 31, 120.02, 31.02), { code: '990101001001', name: '柳堤社区', kind: 'community' }],
      ])
      await put('grids', [
        // leaves a gap in the north-east, and overlaps its neighbour by 0.001°
        [box(120, 31, 120.011, 31.02), { code: '990101001001001', name: '第一网格', kind: 'general' }],
        [box(120.01, 31, 120.02, 31.01), { code: '990101001001002', name: '第二网格', kind: 'general' }],
      ])
      await put('micro-grids', [
        // reaches 0.001° out of its grid to the west
        [box(119.999, 31, 120.01, 31.01), { code: '99010100100100101', name: '微网格一' }],
      ])
      await put('buildings', [
        [
          box(120.001, 31.001, 120.002, 31.002),
          { name: '1幢', address: '槐荫路88弄1号', use: 'residential', households: 12, population: 30 },
        ],
        [
          box(120.0095, 31.001, 120.0102, 31.002),
          { name: '2幢', address: '槐荫路88弄2号', use: 'residential', households: 8, population: 20 },
        ],
        [
          box(120.015, 31.001, 120.016, 31.002),
          { name: '孤立楼', use: 'office', households: 0, population: 0 },
        ],
      ])
      await settleImport(tx, batch!.id, { name: 'test' }, [])
    })
  })

  test('the workspace says what is there, where, whose it is and how fresh', async () => {
    const { body } = await get('/api/v1/workspace')
    expect(body).toMatchObject({ demo: true, empty: false, engine: context.engine, basemap: null })
    expect(body.counts).toMatchObject({ communities: 1, grids: 2, buildings: 3, hazards: 0 })
    expect(body.bbox).toEqual([119.999, 31, 120.02, 31.02])
    expect(body.attributions).toEqual([{ attribution: 'Test data', licence: 'CC0-1.0' }])
    expect(Date.parse(body.dataTime)).toBeGreaterThan(0)
  })

  test('counts follow the box', async () => {
    const { body } = await get('/api/v1/counts?bbox=120.0149,31,120.02,31.02')
    expect(body.counts).toMatchObject({ communities: 1, grids: 1, buildings: 1 })
  })

  test('initials, pinyin, part of an address and a code prefix all find, whole words first', async () => {
    const first = async (q: string) =>
      (await get(`/api/v1/search?q=${encodeURIComponent(q)}`)).body.results[0]
    expect(await first('ldsq')).toMatchObject({
      layer: 'communities',
      name: '柳堤社区',
      code: '990101001001',
    })
    expect(await first('liu di')).toMatchObject({ layer: 'communities' })
    expect(await first('88弄2号')).toMatchObject({ layer: 'buildings', name: '2幢' })
    expect(await first('99010100100100101')).toMatchObject({ layer: 'micro-grids' })
    expect(await first('9901010010010010100001')).toMatchObject({ layer: 'buildings', name: '1幢' })
    expect((await get('/api/v1/search?q=%25')).body.results).toEqual([])
    for (const q of ['', '%00', '%01'])
      expect(await get(`/api/v1/search?q=${q}`), q).toMatchObject({ status: 400 })
  })

  test('a place knows what holds it and what it holds', async () => {
    expect((await get('/api/v1/places/990101001001')).body).toMatchObject({
      name: '柳堤社区',
      ancestors: [],
      children: [{ layer: 'grids', count: 2 }],
      counts: { buildings: 3, households: 20, population: 50, hazardsOpen: 0 },
    })
    const { body } = await get('/api/v1/places/9901010010010010100001')
    expect(body.ancestors.map(({ layer }: { layer: string }) => layer)).toEqual([
      'communities',
      'grids',
      'micro-grids',
    ])
    expect(await get('/api/v1/places/990101009009')).toMatchObject({ status: 404 })
    expect(await get('/api/v1/places/12')).toMatchObject({ status: 400 })
    expect((await get('/api/v1/cells?lng=120.005&lat=31.005')).body).toMatchObject({
      community: { code: '990101001001' },
      grid: { code: '990101001001001' },
      microGrid: { code: '99010100100100101' },
    })
  })

  test('topology finds the gap, the overlap, the stray cell and both stray buildings, with their areas', async () => {
    const { body } = await get('/api/v1/communities/1/topology')
    const found = body.findings.map(
      (row: { kind: string; layer: string; code: string }) => `${row.kind} ${row.layer} ${row.code}`,
    )
    expect(found).toEqual([
      'gap grids 990101001001001',
      'gap communities 990101001001',
      'overlap grids 990101001001001',
      'stray micro-grids 99010100100100101',
      'stray buildings 9901010010010010100002',
      'stray buildings test:buildings/2',
    ])
    // 0.009° × 0.01° at 31°N: 859.2 m × 1108.7 m
    expect(body.findings[1].areaSquareMetres).toBeGreaterThan(950_000)
    expect(body.findings[1].areaSquareMetres).toBeLessThan(955_000)
    expect(body.findings[2]).toMatchObject({ otherCode: '990101001001002', geometry: { type: 'Polygon' } })
    const coarse = await get('/api/v1/communities/1/topology?toleranceSquareMetres=999999')
    expect(coarse.body.findings.map(({ kind }: { kind: string }) => kind)).not.toContain('overlap')
    expect(await get('/api/v1/communities/99/topology')).toMatchObject({ status: 404 })
  })

  test('the API description covers every layer with its permissions, and the page shows it', async () => {
    const { body } = await get('/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(body.paths['/api/v1/micro-grids/{id}'].put['x-permission']).toBe('edit')
    for (const [path, methods] of Object.entries<Record<string, Record<string, unknown>>>(body.paths))
      for (const [method, operation] of Object.entries(methods))
        expect(operation['x-permission'], `${method} ${path}`).toBeTruthy()
    const page = await (await context.app()).request('/api/docs')
    expect(await page.text()).toContain('/api/v1/micro-grids/{id}')
  })
})
