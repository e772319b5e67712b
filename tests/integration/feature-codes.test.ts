import { expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { createFeatures, oneOfEach, square } from '../support/one-of-each.ts'

onBothDatabases('codes of features', (context) => {
  const call = callApi(context)
  const create = createFeatures(context)

  test('codes are generated under the parent found by location, and every layer takes a feature', async () => {
    const { community, grid, microGrid, building, hazard } = await oneOfEach(context)
    expect(community.properties.code).toBe('990101001001')
    expect(grid.properties).toMatchObject({ code: '990101001001001', communityCode: '990101001001' })
    expect(microGrid.properties).toMatchObject({ code: '99010100100100101', gridCode: '990101001001001' })
    expect(building.properties).toMatchObject({
      code: '9901010010010010100001',
      microGridCode: '99010100100100101',
      communityCode: '990101001001',
    })
    expect(hazard.properties).toMatchObject({
      buildingCode: '9901010010010010100001',
      reportedAt: '2026-11-19T23:40:00.000Z',
      state: 'reported',
    })
    const cell = await call('GET', `/communities/${community.id}`)
    expect(cell.body.properties).toMatchObject({ buildings: 1, households: 24, population: 60 })
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
})
