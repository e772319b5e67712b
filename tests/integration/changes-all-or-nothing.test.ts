import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { bowTie } from '../support/one-of-each.ts'
import { client, hierarchies, plot, put, spot } from '../support/small-hierarchy.ts'

onBothDatabases('change sets, all or nothing', (context) => {
  const { call, send, save, get, putOf, deletionOf } = client(context)
  const fresh = hierarchies(context, '9901010010')
  /** What a refused edit leaves as it was. */
  const counts = async () => {
    const [row] = await context.database.sql`
      SELECT (SELECT count(*) FROM event) AS events, (SELECT max(id) FROM event) AS last,
        (SELECT count(*) FROM change_set) AS sets, (SELECT count(*) FROM feature_version) AS versions,
        (SELECT jsonb_agg(jsonb_build_array(id, version, code, community_id, grid_id, micro_grid_id) ORDER BY id) FROM building) AS buildings,
        (SELECT jsonb_agg(jsonb_build_array(id, version, code, community_id, grid_id) ORDER BY id) FROM micro_grid) AS micro_grids,
        (SELECT jsonb_agg(jsonb_build_array(id, version, code, ST_AsText(geom)) ORDER BY id) FROM grid) AS grids`
    return row
  }

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
        put('zones', -9, null, bowTie, { name: 'x', zoneLayer: 'police' }),
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
