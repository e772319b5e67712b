import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { expect, test } from 'vitest'
import type { AppEnv } from '../../server/access/app-env.ts'
import type { Identity } from '../../server/access/identity.ts'
import { createApp } from '../../server/app.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { analyses } from '../support/analyses.ts'
import { type Answer, callApi } from '../support/call-api.ts'
import { type DatabaseContext, onBothDatabases } from '../support/on-both-databases.ts'
import { parseCsv } from '../support/parse-csv.ts'
import { spot } from '../support/small-hierarchy.ts'
import { decodeStrictly } from '../support/strict-mvt.ts'
import { TEST_KINDS, WAY } from '../support/test-kinds.ts'
import { twoAreas } from '../support/two-areas.ts'
import { cells, supervisor } from '../support/writer.ts'

const A = '990101001001'

onBothDatabases('analyses', (context) => {
  const { areas, all } = twoAreas(context)

  /** A process of its own: its jobs are not those of another. Gives what somebody may do there. */
  function processOf() {
    const people = new Map<string, Identity>()
    const whoAsks: MiddlewareHandler<AppEnv> = (env, next) =>
      askedBy(people.get(env.req.header('x-who')!)!)(env, next)
    const app = createApp(context.deps, whoAsks, undefined, undefined, TEST_KINDS)
    return (identity: Identity = ADMINISTRATOR) => {
      people.set(identity.name, identity)
      const request = (path: string, init?: RequestInit) =>
        app.request(path, { ...init, headers: { ...init?.headers, 'x-who': identity.name } })
      const as = Object.create(context, { app: { value: async () => ({ request }) } }) as DatabaseContext
      const call = callApi(as)
      return { request, call, ...analyses(call) }
    }
  }
  const person = (name: string, more: Partial<Identity> = {}): Identity => ({
    ...ADMINISTRATOR,
    name,
    ...more,
  })
  const inA = (more: Partial<Identity> = {}) =>
    supervisor([cells({ communities: [areas.a.community] })], { name: 'anan', role: 'planner', ...more })
  const inWest = () => supervisor([cells({ grids: [areas.a.west] })], { name: 'xixi', role: 'planner' })

  test('what was found is there with its parameters, in pages, in a box, and as every kind of file', async () => {
    const { answer, call, request } = processOf()()
    const { id, ...rest } = await answer('overlay', { how: 'answer', features: 1101 }, [A])
    expect(rest).toMatchObject({
      kind: 'overlay',
      area: [A],
      params: { how: 'answer', features: 1101 },
      progress: 1,
      result: { asked: 'answer', cells: 1 },
      notes: [{ code: 'trivial', values: { features: 1101 } }],
      problem: null,
      createdBy: 'local',
      staleSince: null,
      parts: [
        { part: 'spot', geometry: 'Point', count: 1101, bbox: [120, 31.001, 120.11, 31.001] },
        { part: 'square', geometry: 'Polygon', count: 1, fields: [{ name: 'name', type: 'text' }] },
        { part: 'way', geometry: 'LineString', count: 1, fields: [] },
      ],
    })
    expect(rest.parts[0]!.fields).toEqual([
      { name: 'name', type: 'text' },
      { name: 'formula', type: 'text' },
      { name: 'share', type: 'number' },
      { name: 'nothing', type: 'text' },
      { name: 'list', type: 'json' },
    ])
    const seen: number[] = []
    let cursor: string | null = '0'
    while (cursor !== null) {
      const page: Answer = await call('GET', `/analyses/${id}/features/spot?limit=500&cursor=${cursor}`)
      seen.push(...page.body.features.map((one: { id: number }) => one.id))
      cursor = page.body.next
    }
    expect(seen).toEqual(Array.from({ length: 1101 }, (_, at) => at + 1))
    const boxed = await call('GET', `/analyses/${id}/features/spot?bbox=119.99,31,120.00025,31.01`)
    expect(boxed.body).toMatchObject({ numberMatched: 3, numberReturned: 3, next: null })

    const file = async (part: string, format: string) =>
      (await request(`/api/v1/analyses/${id}/export?part=${part}&format=${format}`)).text()
    const collection = JSON.parse(await file('spot', 'geojson'))
    expect(collection.features).toHaveLength(1101)
    expect(collection.features[1]).toEqual({
      type: 'Feature',
      id: 2,
      geometry: { type: 'Point', coordinates: [120.0001, 31.001] },
      properties: { name: '点 1', formula: '=1', share: 0.5, nothing: null, list: [1, 'a'] },
    })
    const lines = (await file('spot', 'geojsonseq')).split('\u001e').slice(1)
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(seen)
    const [heads, , second] = parseCsv(await file('spot', 'csv'))
    expect(heads).toEqual(['id', 'name', 'formula', 'share', 'nothing', 'list', 'lng', 'lat'])
    expect(second).toEqual(['2', '点 1', "'=1", '0.5', '', '[1,"a"]', '120.0001', '31.001'])
    expect(parseCsv(await file('square', 'csv'))[1]![2]).toMatch(/^POLYGON \(\(120 31, /)
    const kml = await file('square', 'kml')
    expect(kml).toContain('<name>&lt;方块&gt; &amp; &quot;co&quot;</name>')
    expect(kml).toContain('<outerBoundaryIs>')
    // Rings are turned to run counter-clockwise; lines run as they were found.
    expect(JSON.parse(await file('way', 'geojson')).features[0].geometry).toEqual(WAY.geometry)
    const audited = await context.database.sql`
      SELECT detail->>'format' AS format, detail->>'rows' AS rows FROM event
      WHERE kind = 'export' AND detail->>'analysis' = ${id} ORDER BY id`
    expect(audited.map(({ format, rows }) => `${format} ${rows}`)).toEqual([
      'geojson 1101',
      'geojsonseq 1101',
      'csv 1101',
      'csv 1',
      'kml 1',
      'geojson 1',
    ])
  })

  test('tiles carry the features that are there, and no other analysis’s', async () => {
    const { answer, request } = processOf()()
    const { id } = await answer('overlay', { how: 'answer' }, [A])
    await answer('overlay', { how: 'answer', features: 9 }, [A])
    const tile = async (part: string, z: number, x: number, y: number, of = id) =>
      request(`/tiles/analyses/${z}/${x}/${y}.mvt?analysis=${of}&part=${part}`)
    const at = [15, 27306, 13413] as const
    const spots = decodeStrictly(new Uint8Array(await (await tile('spot', ...at)).arrayBuffer()), [-64, 4160])
    expect(spots.get('spot')!.map(({ id, attributes }) => [id, attributes.name, attributes.share])).toEqual([
      [1, '点 0', 0],
      [2, '点 1', 0.5],
      [3, '点 2', 1],
    ])
    const squares = await tile('square', ...at)
    expect(squares.headers.get('cache-control')).toBe('private, no-cache')
    expect([...decodeStrictly(new Uint8Array(await squares.arrayBuffer()), [-64, 4160]).keys()]).toEqual([
      'square',
    ])
    expect((await tile('square', 15, 1, 1)).status).toBe(204)
    expect((await tile('none', ...at)).status).toBe(404)
    expect((await tile('a/../b', ...at)).status).toBe(400)
    expect((await tile('spot', ...at, 'x')).status).toBe(400)
    expect((await tile('spot', ...at, randomUUID())).status).toBe(404)
  })

  test('a thread that throws, ends or eats all memory fails its own analysis, and the next one runs', async () => {
    const { ask, finish, answer, call } = processOf()()
    for (const [how, code] of [
      ['throw', 'internal'],
      ['exit', 'internal'],
      ['eat', 'too-large'],
      ['late', 'internal'],
    ] as const) {
      // It takes seconds, and has nothing to do with the database.
      if (how === 'eat' && context.engine === 'embedded') continue
      const failed = await finish((await ask('overlay', { how })).id)
      expect(failed, how).toMatchObject({ state: 'failed', problem: { code }, result: null, parts: [] })
      expect(await call('GET', `/analyses/${failed.id}/features/spot`)).toMatchObject({ status: 404 })
      const [left] = await context.database.sql`
        SELECT count(*)::int AS count FROM analysis_feature WHERE analysis_id = ${failed.id}`
      expect(left, how).toEqual({ count: 0 })
    }
    await answer('overlay', { how: 'answer' })
  })

  test('ten at once take turns by person, and a cancelled one is over at once, also from another process', async () => {
    const here = processOf()
    const [long, short] = [{ how: 'wait' }, { how: 'answer' }]
    const an = here(person('an'))
    const first = [await an.ask('overlay', long), await an.ask('overlay', long)]
    for (const { id } of first) await an.until(id, ({ state }) => state === 'running')
    const later = []
    for (let at = 0; at < 6; at++) later.push(await an.ask('overlay', short))
    const bo = await here(person('bo')).ask('overlay', short)
    const ce = await here(person('ce')).ask('overlay', short)
    expect((await an.get(later[0]!.id)).state).toBe('waiting')
    // Of its own jobs one may be given up while it waits.
    expect(await an.call('POST', `/analyses/${later[5]!.id}/cancel`)).toMatchObject({
      body: { state: 'cancelled' },
    })
    const elsewhere = processOf()(person('an'))
    expect(await elsewhere.call('POST', `/analyses/${first[0]!.id}/cancel`)).toMatchObject({
      status: 200,
      body: { state: 'cancelled', result: null },
    })
    const done = await Promise.all([bo, ce, ...later.slice(0, 5)].map(({ id }) => an.finish(id)))
    expect(done.map(({ state }) => state)).toEqual(Array(7).fill('done'))
    const order = done
      .sort((a, b) => (a.finishedAt! < b.finishedAt! ? -1 : 1))
      .map(({ createdBy }) => createdBy)
    expect(order.slice(0, 2).sort()).toEqual(['bo', 'ce'])
    expect(await an.call('POST', `/analyses/${first[1]!.id}/cancel`)).toMatchObject({
      body: { state: 'cancelled' },
    })
    // What is over stays as it is.
    expect(await an.call('POST', `/analyses/${later[0]!.id}/cancel`)).toMatchObject({
      body: { state: 'done' },
    })
  })

  test('one that was deleted while it ran leaves nothing; what a stopped process left is failed, and is swept', async () => {
    const { ask, until, call, get, answer } = processOf()()
    const { sql } = context.database
    const { id } = await ask('overlay', { how: 'wait' })
    await until(id, ({ state }) => state === 'running')
    expect(await call('DELETE', `/analyses/${id}`)).toMatchObject({ status: 204 })
    expect(await call('GET', `/analyses/${id}`)).toMatchObject({ status: 404 })
    const { id: left } = await answer('overlay', { how: 'answer' })
    await sql`
      UPDATE analysis SET state = 'running', parts = '[]', finished_at = NULL, updated_at = now() - interval '2 minutes'
      WHERE id = ${left}`
    expect(await get(left)).toMatchObject({ state: 'failed', problem: { code: 'unavailable' } })
    expect(await call('GET', `/analyses/${left}/features/spot`)).toMatchObject({ status: 404 })
    await answer('overlay', { how: 'answer' })
    const [rows] = await sql`
      SELECT count(*)::int AS count FROM analysis_feature WHERE analysis_id = ANY(${[id, left]}::uuid[])`
    expect(rows).toEqual({ count: 0 })
  })

  test('whoever does not reach all of its cells sees nothing of it; without cells it is for what its author reached', async () => {
    const here = processOf()
    const a = here(inA())
    const west = here(inWest())
    const everywhere = await here().answer('overlay', { how: 'answer' })
    const ofA = await a.answer('overlay', { how: 'answer' })
    const ofWest = await west.answer('overlay', { how: 'answer' })
    expect([ofA.area, ofWest.area, ofA.result]).toEqual([[], [], { asked: 'answer', cells: 0 }])
    const seenBy = async (who: ReturnType<typeof here>) => {
      const listed: string[] = (await who.call('GET', '/analyses?limit=500')).body.analyses.map(
        (one: { id: string }) => one.id,
      )
      return [everywhere, ofA, ofWest].map(({ id }) => listed.includes(id))
    }
    expect([await seenBy(here()), await seenBy(a), await seenBy(west)]).toEqual([
      [true, true, true],
      [false, true, true],
      [false, false, true],
    ])
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/events'],
      ['GET', '/features/spot'],
      ['GET', '/export?part=spot'],
      ['POST', '/cancel'],
      ['POST', '/rerun'],
      ['DELETE', ''],
    ] as const)
      expect(await west.call(method, `/analyses/${ofA.id}${path}`), path).toMatchObject({ status: 404 })
    expect(
      (await west.request(`/tiles/analyses/15/27306/13413.mvt?analysis=${ofA.id}&part=spot`)).status,
    ).toBe(404)
    expect(
      await west.call('POST', '/analyses', { kind: 'overlay', area: [A], params: { how: 'answer' } }),
    ).toMatchObject({ status: 422 })
    // Within reach, but of somebody else: read and asked again, not ended or deleted.
    expect(await a.call('DELETE', `/analyses/${ofWest.id}`)).toMatchObject({ status: 403 })
    const again = await a.call('POST', `/analyses/${ofWest.id}/rerun`)
    expect(again).toMatchObject({ status: 202, body: { rerunOf: ofWest.id, createdBy: 'anan' } })
    await a.finish(again.body.id)
    const nobody = here(inA({ role: 'viewer', name: 'viewer' }))
    expect(await nobody.call('GET', `/analyses/${ofA.id}`)).toMatchObject({ status: 200 })
    expect(
      await nobody.call('POST', '/analyses', { kind: 'overlay', params: { how: 'answer' } }),
    ).toMatchObject({
      status: 403,
    })
  })

  test('one that takes a further permission is refused and hidden without it', async () => {
    const here = processOf()
    const told = await here().answer('overlay', { how: 'secret' })
    expect(told.needs).toBe('track')
    const planner = here(person('planner', { role: 'planner' }))
    expect(await planner.call('GET', `/analyses/${told.id}`)).toMatchObject({ status: 404 })
    expect(
      await planner.call('POST', '/analyses', { kind: 'overlay', params: { how: 'secret' } }),
    ).toMatchObject({
      status: 403,
      body: { code: 'not-permitted' },
    })
    expect(
      await here(person('co', { role: 'coordinator' })).call('GET', `/analyses/${told.id}`),
    ).toMatchObject({
      status: 200,
    })
  })

  test('it is stale from the first change of what it read near its place, and of nothing else', async () => {
    const { answer, get } = processOf()()
    const { id } = await answer('overlay', { how: 'answer' }, [A])
    const facility = (east: number, north: number) => ({
      type: 'Feature',
      geometry: spot(east, north),
      properties: { kind: 'aed' },
    })
    expect(await all.call('POST', '/facilities', facility(3000, 900))).toMatchObject({ status: 201 })
    expect(
      await all.call('POST', '/hazards', {
        type: 'Feature',
        geometry: spot(5, 5),
        properties: { title: '不读', severity: 'low' },
      }),
    ).not.toMatchObject({ status: 500 })
    expect((await get(id)).staleSince).toBeNull()
    const changed = await all.call('POST', '/facilities', facility(6, 6))
    expect(changed).toMatchObject({ status: 201 })
    const { staleSince } = await get(id)
    expect(staleSince! >= changed.body.properties.createdAt.slice(0, 19)).toBe(true)
    await all.call('POST', '/facilities', facility(7, 6))
    expect((await get(id)).staleSince).toBe(staleSince)
    const anew = await answer('overlay', { how: 'answer' }, [A])
    expect(anew.staleSince).toBeNull()
  })

  test('what does not fit is refused by name, and nobody keeps more than 200', async () => {
    const { call, ask, finish } = processOf()(person('many'))
    for (const [wrong, at] of [
      [{ kind: 'overlay', params: { how: 'fly' } }, '/params/how'],
      [{ kind: 'overlay', params: { how: 'answer', features: 1e9 } }, '/params/features'],
      [{ kind: 'overlay', params: { how: 'answer', more: 1 } }, '/params'],
      [{ kind: 'fly', params: {} }, '/kind'],
      [{ kind: 'duty', params: {} }, '/kind'],
      [{ kind: 'overlay', params: { how: 'answer' }, area: ['9'] }, '/area/0'],
      [{ kind: 'overlay', params: { how: 'answer' }, area: ['990101001099'] }, '/area'],
      [{ kind: 'overlay', params: { how: 'answer' }, title: 'x\u0000' }, '/title'],
    ] as const) {
      const answer = await call('POST', '/analyses', wrong)
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 422, body: { issues: [{ at }] } })
    }
    await finish((await ask('overlay', { how: 'answer' })).id)
    await context.database.sql`
      INSERT INTO analysis (id, kind, area, everywhere, params, reads, state, created_by)
      SELECT gen_random_uuid(), 'overlay', '{}', true, '{}', '{}', 'done', 'many' FROM generate_series(1, 199)`
    expect(await call('POST', '/analyses', { kind: 'overlay', params: { how: 'answer' } })).toMatchObject({
      status: 409,
      body: { code: 'too-many-kept' },
    })
  })

  test('the stream tells an analysis as it goes on and ends with it', async () => {
    const { ask, request, get } = processOf()()
    const { id } = await ask('overlay', { how: 'answer' })
    const messages = (await (await request(`/api/v1/analyses/${id}/events`)).text()).trim().split('\n\n')
    const last = messages.at(-1)!
    expect(last).toMatch(/^event: job\ndata: /)
    expect(JSON.parse(last.slice(last.indexOf('data: ') + 6))).toEqual(await get(id))
  })
})
