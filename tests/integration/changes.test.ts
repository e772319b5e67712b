import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { afterDeletion } from '../../geodata/editing/change-set.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { client, plot, put, smallHierarchy, spot } from '../support/small-hierarchy.ts'

onBothDatabases('change sets', (context) => {
  const { call, send, save, get, putOf, deletionOf } = client(context)
  let communities = 0
  /** Each test has a community of its own, far from the others. */
  const fresh = () => {
    communities += 1
    const code = `9901010010${String(communities).padStart(2, '0')}`
    return smallHierarchy(context, code, communities * 100).then((ids) => ({
      ...ids,
      code,
      north: communities * 100,
    }))
  }
  const counts = async () => {
    const [row] = await context.database.sql`
      SELECT (SELECT count(*) FROM event) AS events, (SELECT max(id) FROM event) AS last,
        (SELECT count(*) FROM change_set) AS sets, (SELECT count(*) FROM feature_version) AS versions,
        (SELECT jsonb_agg(jsonb_build_array(id, version, code, community_id, grid_id, micro_grid_id) ORDER BY id) FROM building) AS buildings,
        (SELECT jsonb_agg(jsonb_build_array(id, version, code, community_id, grid_id) ORDER BY id) FROM micro_grid) AS micro_grids,
        (SELECT jsonb_agg(jsonb_build_array(id, version, code, ST_AsText(geom)) ORDER BY id) FROM grid) AS grids`
    return row
  }

  test('cells, buildings and points of one set find each other whatever their order, and leave one set of events', async () => {
    const ids = await fresh()
    expect((await get('buildings', ids.buildings[3]!)).properties).toMatchObject({
      code: `${ids.code}0020200001`,
      gridCode: `${ids.code}002`,
    })
    expect((await get('facilities', ids.facilities[1]!)).properties.microGridCode).toBe(`${ids.code}00202`)
    const events = await context.database.sql`
      SELECT layer, count(*) AS count FROM event e JOIN community c ON c.id = ${ids.community}
      WHERE e.north <= ST_YMax(c.geom) AND e.south >= ST_YMin(c.geom) GROUP BY layer ORDER BY layer`
    expect(events.map(({ layer, count }) => `${layer} ${count}`)).toEqual([
      'buildings 4',
      'communities 1',
      'facilities 2',
      'grids 2',
      'micro-grids 4',
    ])
  })

  test('merging two grids takes the micro-grids, buildings and points of the one that goes along', async () => {
    const ids = await fresh()
    const merged = await save({
      note: '合并',
      puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 40, ids.north + 20) })],
      deletes: [await deletionOf('grids', ids.east)],
    })
    expect(merged.deleted).toEqual([{ layer: 'grids', id: ids.east }])
    expect(merged.features[0]).toMatchObject({
      id: ids.west,
      properties: { code: `${ids.code}001`, buildings: 4 },
    })
    expect(merged.followed).toEqual([
      {
        layer: 'micro-grids',
        id: ids.southEast,
        version: 2,
        codeBefore: `${ids.code}00201`,
        codeAfter: `${ids.code}00103`,
      },
      {
        layer: 'micro-grids',
        id: ids.northEast,
        version: 2,
        codeBefore: `${ids.code}00202`,
        codeAfter: `${ids.code}00104`,
      },
      {
        layer: 'buildings',
        id: ids.buildings[2],
        version: 2,
        codeBefore: `${ids.code}0020100001`,
        codeAfter: `${ids.code}0010300001`,
      },
      {
        layer: 'buildings',
        id: ids.buildings[3],
        version: 2,
        codeBefore: `${ids.code}0020200001`,
        codeAfter: `${ids.code}0010400001`,
      },
    ])
    expect(await call('GET', `/grids/${ids.east}`)).toMatchObject({ status: 404 })
    expect((await get('facilities', ids.facilities[1]!)).properties).toMatchObject({
      gridCode: `${ids.code}001`,
      microGridCode: `${ids.code}00104`,
    })

    // Undone: the grid that went comes back as the same one, with its code, and what it held returns to it.
    const undone = await save({
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 20) }),
        put('grids', ids.east, afterDeletion(1), plot(20, ids.north, 40, ids.north + 20), {
          name: '东网格',
          code: `${ids.code}002`,
        }),
      ],
    })
    expect(undone.features[1]).toMatchObject({
      id: ids.east,
      version: 3,
      properties: { code: `${ids.code}002`, buildings: 2 },
    })
    expect((await get('micro-grids', ids.northEast)).properties.code).toBe(`${ids.code}00202`)
    expect((await get('buildings', ids.buildings[3]!)).properties.code).toBe(`${ids.code}0020200001`)
    const [row] = await context.database.sql`SELECT * FROM grid WHERE id = ${ids.east}`
    expect(row!.how).toBe('restored')
  })

  test('splitting a grid gives the new one the micro-grids in it, whose parent nobody named', async () => {
    const ids = await fresh()
    const split = await save({
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 10) }),
        put('grids', -1, null, plot(0, ids.north + 10, 20, ids.north + 20), { name: '新网格' }),
        put('micro-grids', -2, null, plot(0, ids.north + 18, 20, ids.north + 20), { name: '北条' }),
        await putOf('micro-grids', ids.northWest, { geometry: plot(0, ids.north + 10, 20, ids.north + 18) }),
      ],
    })
    const created = split.ids['-1']
    expect(split.features.map(({ properties }: { properties: { code: string } }) => properties.code)).toEqual(
      [`${ids.code}001`, `${ids.code}003`, `${ids.code}00301`, `${ids.code}00302`],
    )
    const [row] = await context.database
      .sql`SELECT grid_id, version FROM micro_grid WHERE id = ${ids.northWest}`
    expect(row).toEqual({ grid_id: created, version: 2 })
    expect(split.followed).toEqual([
      {
        layer: 'buildings',
        id: ids.buildings[1],
        version: 2,
        codeBefore: `${ids.code}0010200001`,
        codeAfter: `${ids.code}0030200001`,
      },
    ])
  })

  test('a border of communities that moves takes grids, micro-grids and buildings along, down to their codes', async () => {
    const one = await fresh()
    const other = await save({
      puts: [
        put('communities', -1, null, plot(40, one.north, 60, one.north + 20), {
          name: '槐荫社区',
          code: `9901010020${one.code.slice(-2)}`,
        }),
        await putOf('communities', one.community, { geometry: plot(0, one.north, 20, one.north + 20) }),
      ],
    })
    // Nothing covers the eastern grid now: it stays where it was.
    expect(other.followed).toEqual([])
    const taken = await save({
      puts: [
        await putOf('communities', other.ids['-1'], { geometry: plot(20, one.north, 60, one.north + 20) }),
      ],
    })
    const code = `9901010020${one.code.slice(-2)}`
    expect(taken.followed.map(({ codeAfter }: { codeAfter: string }) => codeAfter)).toEqual([
      `${code}001`,
      `${code}00101`,
      `${code}00102`,
      `${code}0010100001`,
      `${code}0010200001`,
    ])
    expect((await call('GET', `/micro-grids?q=${code}00102`)).body.numberReturned).toBe(1)
    expect((await get('micro-grids', one.northEast)).properties.communityCode).toBe(code)
  })

  test('a cell that still holds something afterwards is not deleted, and nothing of the set is written', async () => {
    const ids = await fresh()
    const before = await counts()
    const answer = await send({
      puts: [await putOf('grids', ids.west, { properties: { name: '改名' } })],
      deletes: [await deletionOf('grids', ids.east)],
    })
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'has-children', children: { 'micro-grids': 2 }, at: { layer: 'grids', id: ids.east } },
    })
    expect(await counts()).toEqual(before)
  })

  test('everything goes at once: a community, what it holds, and the points stay outside', async () => {
    const ids = await fresh()
    const cells = [ids.southWest, ids.northWest, ids.southEast, ids.northEast].map((id) =>
      deletionOf('micro-grids', id),
    )
    await save({
      deletes: await Promise.all([
        deletionOf('communities', ids.community),
        deletionOf('grids', ids.west),
        deletionOf('grids', ids.east),
        ...cells,
        ...ids.buildings.map((id) => deletionOf('buildings', id)),
      ]),
    })
    expect((await get('facilities', ids.facilities[0]!)).properties).toMatchObject({
      communityCode: null,
      microGridCode: null,
    })
    expect(await call('GET', `/communities/${ids.community}`)).toMatchObject({ status: 404 })
  })

  test('of two writers on one border the second gets 412 with every row that is not what it started from', async () => {
    const ids = await fresh()
    const mine = {
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, ids.north, 19, ids.north + 20) }),
        await putOf('grids', ids.east, { geometry: plot(19, ids.north, 40, ids.north + 20) }),
        put('zones', -1, null, plot(0, ids.north, 1, ids.north + 1), { name: '新', zoneLayer: 'police' }),
      ],
    }
    const theirs = {
      puts: [
        await putOf('grids', ids.east, { properties: { name: '先到' } }),
        await putOf('facilities', ids.facilities[0]!, { properties: { status: 'unknown' } }),
      ],
    }
    const facility = await putOf('facilities', ids.facilities[0]!)
    const answers = await Promise.all([send(theirs), send({ ...mine, puts: [...mine.puts, facility] })])
    const before = await counts()
    // Which came first is not known: the first to come wins, the other gets it all back.
    const [first, second] = answers[0]!.status === 200 ? answers : [...answers].reverse()
    expect(first!.status).toBe(200)
    expect(second).toMatchObject({ status: 412, body: { code: 'version-conflict' } })
    const again = await send({ puts: [...mine.puts, facility] })
    expect(again.status).toBe(412)
    for (const { layer, id, expectedVersion, current } of again.body.conflicts) {
      if (current) expect(await get(layer, id)).toEqual(current)
      expect(current?.version).not.toBe(expectedVersion)
    }
    expect(again.body.conflicts.length).toBeGreaterThanOrEqual(2)
    expect(await counts()).toEqual(before)
  })

  test('a last put that fails leaves nothing of those before it, and says which one it was', async () => {
    const ids = await fresh()
    const before = await counts()
    for (const [bad, problem] of [
      [
        put('grids', -9, null, plot(500, 500, 501, 501), { name: '无处' }),
        { status: 422, code: 'no-parent' },
      ],
      [
        put('grids', -9, null, plot(1, ids.north + 1, 2, ids.north + 2), {
          name: '重码',
          code: `${ids.code}002`,
        }),
        { status: 409, code: 'code-conflict' },
      ],
      [
        put('zones', -9, null, plot(0, 0, 1, 1), { name: 'x', zoneLayer: 'none' }),
        { status: 422, code: 'invalid-body' },
      ],
      [
        put(
          'zones',
          -9,
          null,
          {
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
          },
          { name: 'x', zoneLayer: 'police' },
        ),
        { status: 422, code: 'invalid-geometry' },
      ],
      [
        put('buildings', -9, null, plot(1, ids.north + 1, 2, ids.north + 2), {
          code: `${ids.code}0020100009`,
        }),
        { status: 422, code: 'code-mismatch' },
      ],
    ] as const) {
      const answer = await send({
        puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 18, ids.north + 20) }), bad],
      })
      expect(answer, JSON.stringify(answer.body)).toMatchObject({
        status: problem.status,
        body: { code: problem.code, at: { layer: bad.layer, id: -9 } },
      })
    }
    expect(await counts()).toEqual(before)
  })

  test('a set whose answer was lost is sent again, also at the same time, and happens once', async () => {
    const ids = await fresh()
    const body = {
      id: randomUUID(),
      note: '重试',
      puts: [
        await putOf('grids', ids.west, { properties: { name: '一次' } }),
        put('facilities', -1, null, spot(1, ids.north + 1), { kind: 'shop' }),
      ],
    }
    const [one, two] = await Promise.all([send(body), send(body)])
    expect(one.status).toBe(200)
    expect(two.body).toEqual(one.body)
    const before = await counts()
    expect((await send({ ...body, id: body.id.toUpperCase() })).body).toEqual(one.body)
    expect(await counts()).toEqual(before)
    expect(await send({ ...body, note: '另一个' })).toMatchObject({
      status: 409,
      body: { code: 'id-reused' },
    })
    expect((await get('grids', ids.west)).version).toBe(one.body.features[0].version)
  })

  test('a set that failed may be sent again under its id', async () => {
    const ids = await fresh()
    const body = { id: randomUUID(), puts: [await putOf('grids', ids.west)] }
    await save({ puts: [await putOf('grids', ids.west)] })
    expect((await send(body)).status).toBe(412)
    expect((await send({ ...body, puts: [await putOf('grids', ids.west)] })).status).toBe(200)
  })

  test('a feature deleted by the set before comes back under its id, and with another code if its own was given away', async () => {
    const ids = await fresh()
    const before = await get('buildings', ids.buildings[0]!)
    const again = put('buildings', before.id, before.version, before.geometry, before.properties)
    await save({ deletes: [{ layer: 'buildings', id: before.id, version: before.version }] })
    expect((await send({ puts: [{ ...again, version: 99 }] })).body).toMatchObject({
      code: 'version-conflict',
      conflicts: [{ layer: 'buildings', id: before.id, expectedVersion: 99, current: null }],
    })
    // An edit that started before the deletion is stale; only one that starts from the deletion brings it back.
    expect((await send({ puts: [again] })).status).toBe(412)
    const back = await save({ puts: [{ ...again, version: before.version + 1 }] })
    const { updatedAt: _, ...properties } = before.properties
    expect(back.features[0]).toMatchObject({
      id: before.id,
      version: 3,
      geometry: before.geometry,
      properties,
    })
    await save({ deletes: [{ layer: 'buildings', id: before.id, version: 3 }] })
    await save({
      puts: [
        put('buildings', -1, null, plot(7, ids.north + 7, 8, ids.north + 8), {
          code: before.properties.code,
        }),
      ],
    })
    const other = await save({ puts: [{ ...again, version: 4 }] })
    expect(other.features[0]).toMatchObject({
      id: before.id,
      version: 5,
      properties: { code: `${ids.code}0010100002` },
    })
    // The single feature's route brings nothing back.
    await save({ deletes: [{ layer: 'buildings', id: before.id, version: 5 }] })
    const { code: __, ...input } = before.properties
    expect(
      await call(
        'PUT',
        `/buildings/${before.id}`,
        { geometry: before.geometry, properties: input },
        { 'if-match': '"5"' },
      ),
    ).toMatchObject({ status: 404 })
    // A new row never gets the id of one that came back.
    expect(
      (await save({ puts: [put('buildings', -1, null, plot(9, ids.north + 9, 9.5, ids.north + 9.5), {})] }))
        .ids['-1'],
    ).toBeGreaterThan(before.id)
  })

  test('hostile bodies are refused with words, and nothing is left of them', async () => {
    const ids = await fresh()
    const before = await counts()
    const good = await putOf('grids', ids.west)
    const raw = JSON.stringify({ id: randomUUID(), puts: [good], deletes: [] })
    const bad: [unknown, number][] = [
      [raw.replace(/"version":\d+/, '"version":NaN'), 400],
      [raw.replace(/"version":\d+/, '"version":1e400'), 422],
      [raw.replace(/"version":\d+/, '"version":1.5'), 422],
      [raw.replace(/"version":\d+/, '"version":"1"'), 422],
      [raw.replace(/120(\.0)?,/, '1e400,'), 422],
      [raw.replace('"name"', '"__proto__":{"kind":"x"},"name"'), 422],
      [raw.replace('"name"', '"constructor":1,"name"'), 422],
      [raw.replace('"puts"', '"__proto__":{},"puts"'), 422],
      [raw.replace(/"geometry":\{[^}]*\}/, `"geometry":${'['.repeat(200_000)}${']'.repeat(200_000)}`), 422],
      [
        raw.replace(/"properties":\{[^}]*\}/, `"properties":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
        422,
      ],
      [{ puts: [good, good] }, 422],
      [{ puts: [good], deletes: [{ layer: 'grids', id: ids.west, version: good.version }] }, 422],
      [
        {
          puts: [
            put('grids', -1, null, good.geometry, { name: 'x' }),
            put('zones', -1, null, good.geometry, { name: 'x', zoneLayer: 'police' }),
          ],
        },
        422,
      ],
      [{ puts: [{ ...good, version: null }] }, 422],
      [{ puts: [put('grids', -1, 1, good.geometry, { name: 'x' })] }, 422],
      [{ puts: [{ ...good, id: 0 }] }, 422],
      [{ puts: [{ ...good, id: 2 ** 53 }] }, 422],
      [{ puts: [{ ...good, version: 2 ** 31 }] }, 422],
      [{ puts: [{ ...good, layer: 'castles' }] }, 422],
      [{ puts: [{ ...good, layer: 'toString' }] }, 422],
      [{ puts: [{ ...good, properties: [] }] }, 422],
      [{ puts: [{ ...good, properties: null }] }, 422],
      [{ puts: [{ ...good, geometry: null }] }, 422],
      [{ puts: [{ ...good, more: 1 }] }, 422],
      [{ puts: [], deletes: [] }, 422],
      [{ puts: [good], note: 'x'.repeat(501) }, 422],
      [{ puts: [good], note: 'null\u0000' }, 422],
      [{ puts: [good], note: '\ud800' }, 422],
      [{ puts: [good], id: '1' }, 422],
      [{ puts: [good], id: undefined }, 422],
      [
        {
          puts: Array.from({ length: 5_001 }, (_, index) =>
            put('facilities', -1 - index, null, spot(1, 1), { kind: 'aed' }),
          ),
        },
        422,
      ],
      [
        {
          deletes: Array.from({ length: 5_001 }, (_, index) => ({
            layer: 'roads',
            id: index + 1,
            version: 1,
          })),
        },
        422,
      ],
      [
        {
          puts: Array.from({ length: 3_000 }, (_, index) =>
            put('facilities', -1 - index, null, spot(1, 1), { kind: 'aed' }),
          ),
          deletes: Array.from({ length: 2_001 }, (_, index) => ({
            layer: 'roads',
            id: index + 1,
            version: 1,
          })),
        },
        422,
      ],
      [`"${'x'.repeat(9_000_000)}"`, 413],
      ['[]', 422],
      ['null', 422],
      ['{"id":', 400],
    ]
    for (const [body, status] of bad) {
      const answer =
        typeof body === 'string' ? await call('POST', '/changes', body) : await send(body as object)
      const about = `${(typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 200)} → ${JSON.stringify(answer.body).slice(0, 400)}`
      expect(answer.status, about).toBe(status)
      expect(answer.body.detail, about).toBeTruthy()
      expect(JSON.stringify(answer.body).length, about).toBeLessThan(20_000)
    }
    expect(await counts()).toEqual(before)
  })

  test('a cell that lies outside its parent keeps it when its name, or a far neighbour, is edited', async () => {
    const ids = await fresh()
    // The western grid shrinks away from under its northern micro-grid, into nothing.
    await save({
      puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 9) })],
    })
    const renamed = await save({
      puts: [await putOf('micro-grids', ids.northWest, { properties: { name: '还在' } })],
    })
    expect(renamed.features[0].properties).toMatchObject({
      name: '还在',
      gridCode: `${ids.code}001`,
      code: `${ids.code}00102`,
    })
    const far = await save({
      puts: [await putOf('grids', ids.east, { geometry: plot(21, ids.north, 40, ids.north + 20) })],
    })
    expect(far.followed).toEqual([])
  })

  test('an old answer that another writer has just locked holds up nobody', async () => {
    // The embedded database has one session: nobody else writes while a transaction is open.
    if (context.engine === 'embedded') return
    const facility = () => ({ puts: [put('facilities', -1, null, spot(-500, 0), { kind: 'aed' })] })
    const { id } = await save(facility())
    const { sql } = context.database
    await sql`UPDATE change_set SET at = at - interval '8 days' WHERE id = ${id}`
    await sql.begin(async (tx) => {
      await tx`SELECT FROM change_set WHERE id = ${id} FOR UPDATE`
      await save(facility())
    })
    await save(facility())
    expect(await sql`SELECT answer FROM change_set WHERE id = ${id}`).toEqual([{ answer: null }])
  })
})
