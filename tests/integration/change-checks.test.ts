import { expect, test } from 'vitest'
import { lockCells } from '../../server/features/cells.store.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { client, hierarchies, plot, put, spot } from '../support/small-hierarchy.ts'

onBothDatabases('checks of change sets', (context) => {
  const { call, save, get, putOf, deletionOf } = client(context)
  const fresh = hierarchies(context, '9901010020')
  async function check(body: object, query = '') {
    const answer = await call('POST', `/changes/check${query}`, { puts: [], deletes: [], ...body })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    return answer.body
  }
  /** Every row of every table that an edit writes. */
  const everything = async () => {
    const tables = [
      'community',
      'grid',
      'micro_grid',
      'building',
      'facility',
      'zone',
      'event',
      'change_set',
      'feature_version',
    ]
    const rows = []
    for (const table of tables)
      rows.push(
        await context.database
          .sql`SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS sum, count(*) AS count FROM ${context.database.sql(table)} t`,
      )
    return rows.map(([row]) => row)
  }
  const merge = async (ids: Awaited<ReturnType<typeof fresh>>) => ({
    puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 40, ids.north + 20) })],
    deletes: [await deletionOf('grids', ids.east)],
  })

  test('a check tells what a merge moves and re-codes, and leaves nothing behind', async () => {
    const ids = await fresh()
    const before = await everything()
    const report = await check(await merge(ids))
    expect(report).toMatchObject({
      conflicts: [],
      problem: null,
      fresh: [],
      freshTotal: 0,
      standing: 0,
      healed: 0,
      partial: false,
    })
    expect(report.moves.total).toBe(3)
    expect(report.moves.list).toContainEqual({
      layer: 'buildings',
      id: ids.buildings[3],
      name: '14幢',
      code: `${ids.code}0010400001`,
      from: `${ids.code}00202`,
      to: `${ids.code}00104`,
    })
    expect(report.moves.list).toContainEqual(
      expect.objectContaining({ layer: 'facilities', id: ids.facilities[1], code: null }),
    )
    expect(report.codes).toContainEqual({
      layer: 'micro-grids',
      id: ids.southEast,
      name: '东南',
      from: `${ids.code}00201`,
      to: `${ids.code}00103`,
    })
    expect(report.households).toEqual([
      {
        layer: 'grids',
        id: ids.west,
        code: `${ids.code}001`,
        name: '西网格',
        before: 300,
        after: 450,
        unknownBuildings: 1,
        verdict: 'within',
      },
    ])
    expect(await everything()).toEqual(before)

    // What was foretold happens.
    const saved = await save(await merge(ids))
    expect(saved.followed.map(({ codeAfter }: { codeAfter: string }) => codeAfter).sort()).toEqual(
      report.codes.map(({ to }: { to: string }) => to).sort(),
    )
  })

  test('new features are named by their negative ids, and a grid under the band is told', async () => {
    const ids = await fresh()
    const report = await check({
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 10) }),
        put('grids', -7, null, plot(0, ids.north + 10, 20, ids.north + 19), { name: '新网格' }),
      ],
    })
    expect(report.codes).toContainEqual({
      layer: 'grids',
      id: -7,
      name: '新网格',
      from: null,
      to: `${ids.code}003`,
    })
    expect(report.households).toEqual([
      expect.objectContaining({ id: ids.west, before: 300, after: 100, verdict: 'below' }),
      expect.objectContaining({ id: -7, before: null, after: 200, verdict: 'below' }),
    ])
    // The community is left bare by a strip of 0.001°, out of which the micro-grid now reaches.
    expect(
      report.fresh.map(({ kind, layer, id, otherId }: Record<string, unknown>) => [kind, layer, id, otherId]),
    ).toEqual([
      ['gap', 'communities', ids.community, null],
      ['stray', 'micro-grids', ids.northWest, -7],
    ])
    expect(
      (await check({ puts: [put('facilities', -1, null, spot(1, ids.north + 1), { kind: 'aed' })] })).moves,
    ).toEqual({ total: 0, list: [] })
  })

  test('faults that stood before are not held against the edit, healed ones are counted, and small ones tolerated', async () => {
    const ids = await fresh()
    await save({
      puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 18, ids.north + 20) })],
    })
    const renamed = await check({ puts: [await putOf('grids', ids.west, { properties: { name: '新名' } })] })
    expect(renamed).toMatchObject({ fresh: [], standing: 3, healed: 0 })
    const wider = await check({
      puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 16, ids.north + 20) })],
    })
    expect(wider.fresh.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['gap', 'stray', 'stray'])
    const healed = await check({
      puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 20) })],
    })
    expect(healed).toMatchObject({ fresh: [], standing: 0, healed: 3 })
    const bare = {
      puts: [await putOf('grids', ids.east, { geometry: plot(20.5, ids.north, 40, ids.north + 20) })],
    }
    expect((await check(bare)).freshTotal).toBe(3)
    expect((await check(bare, '?toleranceSquareMetres=1000000')).freshTotal).toBe(0)
    expect(
      await call('POST', '/changes/check?toleranceSquareMetres=1e9', { ...bare, deletes: [] }),
    ).toMatchObject({ status: 400 })
  })

  test('a check tells every conflict, or what saving would be refused for and where', async () => {
    const ids = await fresh()
    const before = await everything()
    const stale = await putOf('grids', ids.west)
    const report = await check({
      puts: [{ ...stale, version: 7 }],
      deletes: [{ layer: 'roads', id: 12345, version: 1 }],
    })
    expect(report.conflicts).toEqual([
      { layer: 'grids', id: ids.west, expectedVersion: 7, current: await get('grids', ids.west) },
      { layer: 'roads', id: 12345, expectedVersion: 1, current: null },
    ])
    expect(await check({ deletes: [await deletionOf('grids', ids.east)] })).toMatchObject({
      problem: { code: 'has-children', at: { layer: 'grids', id: ids.east } },
    })
    const taken = put('grids', -1, null, plot(1, ids.north + 1, 2, ids.north + 2), {
      name: '重码',
      code: `${ids.code}002`,
    })
    expect(await check({ puts: [taken] })).toMatchObject({
      problem: { code: 'code-conflict', at: { layer: 'grids', id: -1 } },
    })
    expect(await call('POST', '/changes/check', { puts: [stale], deletes: [], id: 1 })).toMatchObject({
      status: 422,
    })
    expect(await everything()).toEqual(before)
  })

  test('a check that is being made is seen by nobody, and saving is possible at once after it', async () => {
    const ids = await fresh()
    const change = { puts: [await putOf('grids', ids.west, { properties: { name: '试名' } })] }
    const seen: string[] = []
    await Promise.all([
      check(change),
      ...Array.from({ length: 5 }, async () => seen.push((await get('grids', ids.west)).properties.name)),
    ])
    expect(new Set(seen)).toEqual(new Set(['西网格']))
    expect((await save(change)).features[0].version).toBe(2)
  })

  test('a check that nobody waits for any more does not begin once it has its turn', async () => {
    // The embedded database has one session: nobody else asks while a transaction is open.
    if (context.engine === 'embedded') return
    const app = await context.app()
    const waiting = new AbortController()
    const geometry = { type: 'Point', coordinates: [120, 31] }
    const puts = [{ layer: 'facilities', id: -1, version: null, geometry, properties: { kind: 'aed' } }]
    const answer = await context.database.sql.begin(async (tx) => {
      await lockCells(tx, 'exclusive')
      const asked = app.request('/api/v1/changes/check', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ puts, deletes: [] }),
        signal: waiting.signal,
      })
      await expect
        .poll(
          () => tx`SELECT count(*) AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
        .toEqual([{ count: 1 }])
      waiting.abort()
      return { asked }
    })
    expect((await answer.asked).status).toBe(503)
  })
})
