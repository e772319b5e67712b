import { beforeAll, expect, test } from 'vitest'
import { LAYERS } from '../../geodata/layers.ts'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { bowTie, createFeatures, oneOfEach, square } from '../support/one-of-each.ts'

onBothDatabases('features', (context) => {
  const call = callApi(context)
  const create = createFeatures(context)
  beforeAll(() => oneOfEach(context))

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

  test('a bow tie, swapped axes, unknown members and broken JSON each say what is wrong', async () => {
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
