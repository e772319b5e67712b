import { expect, test } from 'vitest'
import { LAYERS } from '../../geodata/layers.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

const square = (lng: number, lat: number, size: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lng, lat],
      [lng + size, lat],
      [lng + size, lat + size],
      [lng, lat + size],
      [lng, lat],
    ],
  ],
})

onBothDatabases('features', (context) => {
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const app = await context.app()
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
  }
  const create = async (layer: string, geometry: unknown, properties: unknown) => {
    const answer = await call('POST', `/${layer}`, { type: 'Feature', geometry, properties })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
    return answer.body
  }

  test('codes are generated under the parent found by location, and every layer takes a feature', async () => {
    const community = await create('communities', square(120, 31, 0.02), {
      code: '990101001001',
      name: '柳堤社区',
    })
    const grid = await create('grids', square(120, 31, 0.01), { name: '第一网格' })
    const microGrid = await create('micro-grids', square(120, 31, 0.005), { name: '第一微网格' })
    const building = await create('buildings', square(120.001, 31.001, 0.0005), {
      name: '1幢',
      address: '槐荫路88弄1号',
      use: 'residential',
      floors: 6,
      households: 24,
      population: 60,
    })
    expect(community.properties.code).toBe('990101001001')
    expect(grid.properties).toMatchObject({ code: '990101001001001', communityCode: '990101001001' })
    expect(microGrid.properties).toMatchObject({ code: '99010100100100101', gridCode: '990101001001001' })
    expect(building.properties).toMatchObject({
      code: '9901010010010010100001',
      microGridCode: '99010100100100101',
      communityCode: '990101001001',
    })
    const point = { type: 'Point', coordinates: [120.0011, 31.0011] }
    const hazard = await create('hazards', point, {
      title: '楼道堆物',
      categoryCode: '06036',
      reportedAt: '2026-11-20T07:40:00+08:00',
    })
    expect(hazard.properties).toMatchObject({
      buildingCode: '9901010010010010100001',
      reportedAt: '2026-11-19T23:40:00.000Z',
      state: 'reported',
    })
    await create('facilities', point, {
      kind: 'aed',
      works: { title: '更换电极片', startsOn: '2026-11-01', endsOn: null },
    })
    await create('checkpoints', point, {
      name: '东门',
      siteType: 'estate-gate',
      intervalMinutes: 720,
      timeWindows: [{ from: '08:00', to: '20:00' }],
    })
    await create(
      'roads',
      {
        type: 'LineString',
        coordinates: [
          [120, 31],
          [120.01, 31],
        ],
      },
      { name: '槐荫路', kind: 'main' },
    )
    await create('zones', square(120, 31, 0.02), { zoneLayer: 'police', code: 'J01', name: '一号警格' })
    await create('landcover', square(120.01, 31.01, 0.001), { kind: 'water', name: '柳堤河' })
    const cell = await call('GET', `/communities/${community.id}`)
    expect(cell.body.properties).toMatchObject({ buildings: 1, households: 24, population: 60 })
  })

  test('a feature that was read can be sent back as it is, and nothing but its version changes', async () => {
    for (const layer of Object.keys(LAYERS)) {
      const list = await call('GET', `/${layer}?limit=1`)
      const feature = list.body.features[0]
      const answer = await call('PUT', `/${layer}/${feature.id}`, feature, {
        'if-match': `"${feature.version}"`,
      })
      expect(answer.status, `${layer} ${JSON.stringify(answer.body)}`).toBe(200)
      const { updatedAt: _, ...properties } = feature.properties
      expect(answer.body).toMatchObject({
        version: feature.version + 1,
        geometry: feature.geometry,
        properties,
      })
      expect(answer.headers.get('etag')).toBe(`"${feature.version + 1}"`)
    }
  })

  test('a stale version is refused with the current one, a missing or wildcard one with what to send', async () => {
    const { body: building } = await call('GET', '/buildings/1')
    const patch = { properties: { floors: 7 } }
    expect(await call('PATCH', '/buildings/1', patch)).toMatchObject({
      status: 428,
      body: { code: 'version-required' },
    })
    expect(await call('PATCH', '/buildings/1', patch, { 'if-match': '*' })).toMatchObject({ status: 428 })
    expect(await call('PATCH', '/buildings/1', patch, { 'if-match': `"${building.version}"` })).toMatchObject(
      {
        status: 200,
        body: { version: building.version + 1, properties: { floors: 7, name: '1幢', use: 'residential' } },
      },
    )
    expect(
      await call('DELETE', '/buildings/1', undefined, { 'if-match': `"${building.version}"` }),
    ).toMatchObject({
      status: 412,
      body: { code: 'version-conflict', currentVersion: building.version + 1 },
    })
    expect(await call('PUT', '/buildings/999', building, { 'if-match': '"1"' })).toMatchObject({
      status: 422,
    })
    const { id: _, ...anonymous } = building
    expect(await call('PUT', '/buildings/999', anonymous, { 'if-match': '"1"' })).toMatchObject({
      status: 404,
    })
  })

  test('of every pair of concurrent edits exactly one wins and the other gets 412', async () => {
    const pairs = Number(process.env.GRIDWARD_TEST_PAIRS ?? 50)
    let version = (await call('GET', '/buildings/1')).body.version
    for (let pair = 0; pair < pairs; pair += 1) {
      const edits = [0, 1].map((side) =>
        call(
          'PATCH',
          '/buildings/1',
          { properties: { name: `${pair}-${side}` } },
          { 'if-match': `"${version}"` },
        ),
      )
      const answers = await Promise.all(edits)
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
      version = answers.find(({ status }) => status === 200)!.body.version
    }
    const [{ count }] = (await context.database.sql`
      SELECT count(*) FROM event WHERE layer = 'buildings' AND feature_id = 1 AND after->'properties'->>'name' ~ '^[0-9]+-[01]$'`) as unknown as [
      { count: number },
    ]
    expect(count).toBe(pairs)
  })

  test('a parent with children is not deleted, and the answer counts them', async () => {
    for (const [path, children] of [
      ['/communities/1', { grids: 1, 'micro-grids': 1, buildings: 1 }],
      ['/grids/1', { 'micro-grids': 1, buildings: 1 }],
      ['/micro-grids/1', { buildings: 1 }],
    ] as const) {
      const { body } = await call('GET', path)
      expect(await call('DELETE', path, undefined, { 'if-match': `"${body.version}"` })).toMatchObject({
        status: 409,
        body: { code: 'has-children', children },
      })
    }
  })

  test('a building that moves out of its micro-grid loses its code, and gets a new one when it comes back', async () => {
    const { body: building } = await call('GET', '/buildings/1')
    const away = await call(
      'PATCH',
      '/buildings/1',
      { geometry: square(120.015, 31.015, 0.0005) },
      { 'if-match': `"${building.version}"` },
    )
    expect(away.body.properties).toMatchObject({
      code: null,
      microGridCode: null,
      communityCode: '990101001001',
    })
    const hazards = await call('GET', '/hazards?limit=1')
    expect(hazards.body.features[0].properties.buildingCode).toBeNull()
    const back = await call(
      'PATCH',
      '/buildings/1',
      { geometry: building.geometry },
      { 'if-match': `"${away.body.version}"` },
    )
    expect(back.body.properties).toMatchObject({ code: '9901010010010010100001' })
  })

  test('a building whose corner moves keeps its code among its neighbours', async () => {
    const second = await create('buildings', square(120.002, 31.002, 0.0005), { name: '2幢' })
    expect(second.properties.code).toBe('9901010010010010100002')
    const { body: first } = await call('GET', '/buildings/1')
    const moved = await call(
      'PATCH',
      '/buildings/1',
      { geometry: square(120.001, 31.001, 0.0006) },
      { 'if-match': `"${first.version}"` },
    )
    expect(moved.body.properties.code).toBe('9901010010010010100001')
    const { code: _, ...properties } = first.properties
    const put = await call(
      'PUT',
      '/buildings/1',
      { geometry: first.geometry, properties },
      { 'if-match': `"${moved.body.version}"` },
    )
    expect(put.body.properties.code).toBe('9901010010010010100001')
  })

  test('a border that moves gives the buildings behind it another code, version and event', async () => {
    const { body: cell } = await call('GET', '/micro-grids/1')
    const { body: before } = await call('GET', '/buildings?q=2幢')
    const second = before.features[0]
    const shrunk = await call(
      'PATCH',
      '/micro-grids/1',
      { geometry: square(120, 31, 0.002) },
      { 'if-match': `"${cell.version}"` },
    )
    expect(shrunk.status).toBe(200)
    expect((await call('GET', `/buildings/${second.id}`)).body).toMatchObject({
      version: second.version + 1,
      properties: { code: null, microGridCode: null },
    })
    const [event] = await context.database.sql`
      SELECT before, after FROM event WHERE layer = 'buildings' AND feature_id = ${second.id} ORDER BY id DESC LIMIT 1`
    expect(event).toMatchObject({
      before: { properties: { code: second.properties.code } },
      after: { properties: { code: null } },
    })
    await call(
      'PATCH',
      '/micro-grids/1',
      { geometry: cell.geometry },
      { 'if-match': `"${shrunk.body.version}"` },
    )
    const back = await call('GET', `/buildings/${second.id}`)
    expect(back.body.properties.code).toBe('9901010010010010100002')
    await call('DELETE', `/buildings/${second.id}`, undefined, { 'if-match': `"${back.body.version}"` })
  })

  test('codes that do not fit their place, are taken or are malformed are refused', async () => {
    const send = (layer: string, geometry: unknown, properties: unknown) =>
      call('POST', `/${layer}`, { geometry, properties })
    expect(
      await send('grids', square(120.01, 31.01, 0.005), { name: 'x', code: '990101002001001' }),
    ).toMatchObject({
      status: 422,
      body: { code: 'code-mismatch' },
    })
    expect(
      await send('grids', square(120.01, 31.01, 0.005), { name: 'x', code: '990101001001001' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'code-conflict' },
    })
    expect(await send('grids', square(10, 10, 0.005), { name: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'no-parent' },
    })
    expect(await send('communities', square(10, 10, 0.005), { name: 'x', code: '12' })).toMatchObject({
      status: 422,
    })
    // The database has no year 0; this end of the year 9999 lies in the next one.
    for (const reportedAt of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'])
      expect(
        await send(
          'hazards',
          { type: 'Point', coordinates: [120, 31] },
          { title: '楼道堆物', categoryCode: '06036', reportedAt },
        ),
      ).toMatchObject({ status: 422, body: { detail: expect.stringContaining('0001 to 9999') } })
    expect(await send('zones', square(10, 10, 0.005), { name: 'x', zoneLayer: 'none' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-body' },
    })
    expect(
      await send('grids', square(120.01, 31.01, 0.005), { name: '第二网格', code: '99010100100102' }),
    ).toMatchObject({
      status: 201,
      body: { properties: { code: '990101001001002' } },
    })
  })

  test('a bow tie, swapped axes, unknown members and broken JSON each say what is wrong', async () => {
    const bowTie = {
      type: 'Polygon',
      coordinates: [
        [
          [120, 31],
          [120.01, 31.02],
          [120.01, 31],
          [120, 31.01],
          [120, 31],
        ],
      ],
    }
    const good = { use: 'residential' }
    expect(await call('POST', '/buildings', { geometry: bowTie, properties: good })).toMatchObject({
      status: 422,
      body: { code: 'invalid-geometry', detail: expect.stringContaining('Self-intersection') },
    })
    expect(
      await call('POST', '/buildings', { geometry: square(31, 120, 0.01), properties: good }),
    ).toMatchObject({ status: 422 })
    expect(
      await call('POST', '/buildings', { geometry: square(120, 31, 0.01), properties: { colour: 'red' } }),
    ).toMatchObject({
      status: 422,
      body: { code: 'invalid-body', detail: expect.stringContaining('colour') },
    })
    expect(await call('POST', '/buildings', '{"geometry":')).toMatchObject({ status: 400 })
    expect(await call('POST', '/buildings', `"${'x'.repeat(9_000_000)}"`)).toMatchObject({ status: 413 })
  })

  test('lists filter by parent, kind, state, box and text, and refuse what they do not know', async () => {
    const count = async (path: string) => (await call('GET', path)).body.numberReturned
    expect(await count('/buildings?parent=990101001001')).toBe(1)
    expect(await count('/buildings?parent=99010100100100101&kind=residential,office')).toBe(1)
    expect(await count('/buildings?kind=office')).toBe(0)
    expect(await count('/hazards?state=reported&severity=medium')).toBe(1)
    expect(await count('/hazards?state=closed')).toBe(0)
    expect(await count('/facilities?bbox=120,31,120.01,31.01')).toBe(1)
    expect(await count('/facilities?bbox=170,31,-170,31.01')).toBe(0)
    expect(await count('/roads?parent=990101001001')).toBe(1)
    expect(await count('/grids?parent=990101001001&q=dyw')).toBe(1)
    expect(await count('/buildings?q=100%25')).toBe(0)
    expect(await count('/hazards?unassigned=true')).toBe(0)
    for (const query of [
      'limit=abc',
      'limit=0',
      'colour=red',
      'kind=castle',
      'bbox=1,2,3',
      'parent=12',
      'bbox=1,9,3,4',
      'cursor=x',
      'q=%00',
      'parent=%00',
    ]) {
      expect(await call('GET', `/buildings?${query}`), query).toMatchObject({ status: 400 })
    }
    expect(await call('GET', '/castles')).toMatchObject({ status: 404 })
    expect(await call('GET', '/buildings/0')).toMatchObject({ status: 400 })
    expect(await call('GET', '/buildings/12345')).toMatchObject({ status: 404 })
  })

  test('paging gives every row once, also while rows are added, and no empty last page', async () => {
    for (let index = 0; index < 6; index += 1)
      await create(
        'facilities',
        { type: 'Point', coordinates: [121 + index / 100, 31] },
        { kind: 'shop', name: `s${index}` },
      )
    const seen: number[] = []
    let cursor: string | null = '0'
    while (cursor !== null) {
      const { body }: { body: { features: { id: number }[]; next: string | null } } = await call(
        'GET',
        `/facilities?kind=shop&limit=3&cursor=${cursor}&geometry=false`,
      )
      expect(body.features.length).toBeGreaterThan(0)
      seen.push(...body.features.map(({ id }) => id))
      cursor = body.next
    }
    expect(new Set(seen).size).toBe(6)
    expect(seen).toHaveLength(6)
  })

  test('every change leaves one event in its own transaction; a refused one leaves none', async () => {
    const last = async () => (await context.database.sql`SELECT coalesce(max(id), 0) AS id FROM event`)[0]!.id
    const before = await last()
    const { body: facility } = await call('GET', '/facilities?kind=aed').then(({ body }) => ({
      body: body.features[0],
    }))
    await call(
      'PATCH',
      `/facilities/${facility.id}`,
      { properties: { status: 'unknown' } },
      { 'if-match': `"${facility.version}"` },
    )
    await call(
      'PATCH',
      `/facilities/${facility.id}`,
      { properties: { status: 'planned' } },
      { 'if-match': `"${facility.version}"` },
    )
    await call('DELETE', `/facilities/${facility.id}`, undefined, { 'if-match': `"${facility.version + 1}"` })
    const events = await context.database.sql`
      SELECT kind, version, before->'properties'->>'status' AS before, after->'properties'->>'status' AS after, west
      FROM event WHERE id > ${before} ORDER BY id`
    expect(events.map(({ kind, version, before, after }) => [kind, version, before, after])).toEqual([
      ['put', facility.version + 1, 'in-service', 'unknown'],
      ['delete', facility.version + 1, 'unknown', null],
    ])
    expect(events[0]!.west).toBeCloseTo(120.0011, 6)
  })

  test('another site may not write, and another host name is not answered', async () => {
    const evil = await call('DELETE', '/roads/1', undefined, {
      'if-match': '"1"',
      origin: 'https://evil.example',
      host: 'localhost',
    })
    expect(evil).toMatchObject({ status: 403, body: { code: 'forbidden-origin' } })
    expect(await call('GET', '/roads', undefined, { host: 'gridward.evil.example' })).toMatchObject({
      status: 421,
    })
  })
})
