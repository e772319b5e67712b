import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { dayAfter, EVENING, eveningOf, TOMORROW } from '../support/evening.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'

onBothDatabases('patrol plans', (context) => {
  const { areas, inA, inWest } = twoAreas(context)
  const call = callApi(context)
  const sites = { west: 0, east: 0, b: 0 }
  const codes = { a: '990101001001', b: '990101001002', west: '' }

  beforeAll(async () => {
    const add = async (name: string, east: number, north: number) =>
      (
        await call('POST', '/checkpoints', {
          type: 'Feature',
          geometry: spot(east, north),
          properties: { name, siteType: 'estate-gate', risk: 'low', intervalMinutes: 720 },
        })
      ).body.id as number
    sites.west = await add('西门', 5, 5)
    sites.east = await add('东门', 25, 5)
    sites.b = await add('北门', 5, 25)
    codes.west = (await call('GET', `/grids/${areas.a.west}`)).body.properties.code
    await call('POST', '/people', { username: 'lin.mei', name: '林梅', role: 'officer' })
  })

  const stop = (checkpointId: number | null, more: object = {}) => ({
    id: randomUUID(),
    checkpointId,
    lngLat: [120.005, 31.005],
    dwellMinutes: 5,
    ...more,
  })
  const round = (...stops: ReturnType<typeof stop>[]) => ({
    id: randomUUID(),
    teamId: 'A',
    stops,
    legs: Array.from({ length: stops.length + 1 }, () => 'street'),
  })
  const team = (more: object = {}) => ({ id: 'A', name: '甲组', ...EVENING, ...more })
  const plan = (more: object = {}) => ({
    name: '夜巡',
    ...EVENING,
    area: [codes.a],
    teams: [team()],
    rounds: [round(stop(sites.west), stop(null), stop(sites.east))],
    ...more,
  })
  const version = (number: number) => ({ 'if-match': `"${number}"` })
  const make = async (more: object = {}) => {
    const { status, body } = await call('POST', '/patrols/plans', plan(more))
    expect(status, JSON.stringify(body)).toBe(201)
    return body
  }

  test('a plan comes back as it was sent, changes by its version alone and is deleted while a draft', async () => {
    const sent = plan({ teams: [team({ people: ['lin.mei'], start: [120.001, 31.001] })] })
    const made = await call('POST', '/patrols/plans', sent)
    expect(made).toMatchObject({ status: 201, body: { version: 1, state: 'draft', area: [codes.a] } })
    expect(made.headers.get('etag')).toBe('"1"')
    expect(made.body.rounds).toMatchObject(sent.rounds)
    expect(Date.parse(made.body.from)).toBe(Date.parse(EVENING.from))
    const path = `/patrols/plans/${made.body.id}`
    expect((await call('GET', path)).body).toEqual(made.body)
    // What was read can be sent back but for what the server decides.
    expect(await call('PUT', path, { ...sent, name: '改' })).toMatchObject({ status: 428 })
    const changed = await call('PUT', path, { ...sent, name: '改' }, version(1))
    expect(changed).toMatchObject({ status: 200, body: { version: 2, name: '改' } })
    expect(await call('PUT', path, sent, version(1))).toMatchObject({
      status: 412,
      body: { code: 'version-conflict', currentVersion: 2 },
    })
    expect((await call('GET', path)).body).toEqual(changed.body)
    expect(await call('DELETE', path, undefined, version(1))).toMatchObject({ status: 412 })
    expect(await call('DELETE', path, undefined, version(2))).toMatchObject({ status: 204 })
    expect(await call('GET', path)).toMatchObject({ status: 404 })
  })

  test('the list tells visits and people, and finds plans by shift, state and person', async () => {
    const made = await make({ teams: [team({ people: ['lin.mei'] })], name: '列表' })
    const listed = async (query: string) =>
      (await call('GET', `/patrols/plans?${query}`)).body.plans.filter(
        ({ id }: { id: number }) => id === made.id,
      )
    expect(await listed('person=lin.mei')).toMatchObject([
      { name: '列表', stops: 2, rounds: 1, teams: 1, unserved: 0, people: ['lin.mei'], state: 'draft' },
    ])
    expect(await listed('person=lin')).toEqual([])
    expect(await listed(`from=${TOMORROW}T21:00:00%2B08:00`)).toHaveLength(1)
    expect(await listed(`from=${TOMORROW}T22:00:00%2B08:00`)).toEqual([])
    expect(await listed(`to=${TOMORROW}T18:00:00%2B08:00`)).toEqual([])
    expect(await listed('state=published,closed')).toEqual([])
    const first = await call('GET', '/patrols/plans?limit=1')
    expect(first.body.plans).toHaveLength(1)
    await make()
    const pages = await call('GET', '/patrols/plans?limit=1')
    expect((await call('GET', `/patrols/plans?limit=1&cursor=${pages.body.next}`)).body.plans[0].id).not.toBe(
      pages.body.plans[0].id,
    )
  })

  describe('what cannot be planned is refused with its place', () => {
    const refused: [string, () => object, string][] = [
      [
        'a site that is not there',
        () => ({ rounds: [round(stop(999_999))] }),
        '/rounds/0/stops/0/checkpointId',
      ],
      [
        'a site outside the plan’s area',
        () => ({ rounds: [round(stop(sites.west), stop(sites.b))] }),
        '/rounds/0/stops/1/checkpointId',
      ],
      ['somebody who is not staff', () => ({ teams: [team({ people: ['nobody'] })] }), '/teams/0/people/0'],
      ['a shift that ends before it begins', () => ({ to: EVENING.from }), '/to'],
      ['a shift of ten days', () => ({ to: eveningOf(dayAfter(11)).from }), '/to'],
      [
        'legs that do not fit the stops',
        () => ({ rounds: [{ ...round(stop(null)), legs: ['street'] }] }),
        '/rounds/0/legs',
      ],
      ['a round of no team', () => ({ rounds: [{ ...round(), teamId: 'Z' }] }), '/rounds/0/teamId'],
      ['two teams of one letter', () => ({ teams: [team(), team()] }), '/teams/1/id'],
      [
        'a stop that stands twice',
        () => ({
          rounds: [
            round(
              ...Array.from({ length: 2 }, () => stop(null, { id: '00000000-0000-4000-8000-000000000001' })),
            ),
          ],
        }),
        '/rounds/0',
      ],
      ['a code of no cell', () => ({ area: ['990101001009'] }), '/area'],
      [
        'a place beyond the poles',
        () => ({ rounds: [round(stop(null, { lngLat: [120, 91] }))] }),
        '/rounds/0/stops/0/lngLat/1',
      ],
    ]
    test.each(refused)('%s', async (_what, more, at) => {
      const { status, body } = await call('POST', '/patrols/plans', plan(more()))
      expect({ status, body }).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
      expect(body.issues.map((issue: { at: string }) => issue.at)).toContain(at)
    })
    test('a plan that is too large says so and nothing is kept', async () => {
      const before = (await call('GET', '/patrols/plans?limit=500')).body.plans.length
      const long = round(...Array.from({ length: 2001 }, () => stop(null)))
      expect(await call('POST', '/patrols/plans', plan({ rounds: [long] }))).toMatchObject({ status: 422 })
      expect((await call('GET', '/patrols/plans?limit=500')).body.plans).toHaveLength(before)
    })
  })

  describe('publishing', () => {
    test('what was published stays, a change is seen when it is published again, and differences are told', async () => {
      const made = await make()
      const path = `/patrols/plans/${made.id}`
      expect(await call('POST', `${path}/publish`)).toMatchObject({ status: 428 })
      const published = await call('POST', `${path}/publish`, undefined, version(1))
      expect(published).toMatchObject({
        status: 200,
        body: { state: 'published', publishedVersion: 1, version: 1 },
      })
      const [first] = made.rounds
      const kept = { ...first, stops: [first.stops[2], first.stops[1], first.stops[0]] }
      const changed = await call('PUT', path, plan({ rounds: [kept], name: '夜巡二' }), version(1))
      expect(changed).toMatchObject({
        status: 200,
        body: { version: 2, state: 'published', publishedVersion: 1 },
      })
      expect((await call('GET', `${path}/versions/1`)).body).toMatchObject({
        name: '夜巡',
        rounds: made.rounds,
      })
      expect((await call('GET', `${path}/differences?from=1&to=2`)).body).toMatchObject({
        fields: ['name'],
        stops: { added: [], removed: [], moved: [{}, {}] },
      })
      await call('POST', `${path}/publish`, undefined, version(2))
      expect((await call('GET', `${path}/versions`)).body.versions).toMatchObject([
        { version: 2, name: '夜巡二', stops: 2 },
        { version: 1, name: '夜巡', publishedBy: expect.any(String) },
      ])
      // Twice is once.
      expect(await call('POST', `${path}/publish`, undefined, version(2))).toMatchObject({ status: 200 })
      expect((await call('GET', `${path}/versions`)).body.versions).toHaveLength(2)
      expect(await call('GET', `${path}/versions/7`)).toMatchObject({ status: 404 })
      expect(await call('DELETE', path, undefined, version(2))).toMatchObject({
        status: 409,
        body: { code: 'wrong-state' },
      })
    })
    test('a published version cannot be changed, not even by SQL', async () => {
      const { id } = await make()
      await call('POST', `/patrols/plans/${id}/publish`, undefined, version(1))
      await expect(
        context.database.sql`UPDATE patrol_plan_version SET plan = '{}' WHERE plan_id = ${id}`,
      ).rejects.toThrow(/stay as they were/)
    })
    test('a plan without a stop is not handed out, a closed one is changed no more', async () => {
      const empty = await make({ rounds: [] })
      expect(await call('POST', `/patrols/plans/${empty.id}/publish`, undefined, version(1))).toMatchObject({
        status: 422,
      })
      const { id } = await make()
      const path = `/patrols/plans/${id}`
      expect(await call('POST', `${path}/close`, undefined, version(1))).toMatchObject({
        status: 200,
        body: { state: 'closed', version: 2 },
      })
      for (const [method, more] of [
        ['PUT', ''],
        ['POST', '/publish'],
        ['POST', '/close'],
      ] as const)
        expect(
          await call(method, path + more, method === 'PUT' ? plan() : undefined, version(2)),
        ).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    })
    test('of two who change one version at once, one is told', async () => {
      const { id } = await make()
      const answers = await Promise.all(
        ['一', '二', '三'].map((name) => call('PUT', `/patrols/plans/${id}`, plan({ name }), version(1))),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
    })
  })

  describe('someone with an area', () => {
    test('sees plans for cells of it alone, and of a plan that was for more no earlier version', async () => {
      const everywhere = await make({ area: [], rounds: [round(stop(sites.b))] })
      const inOther = await make({ area: [codes.b], rounds: [round(stop(sites.b))] })
      const both = await make({ area: [codes.a, codes.b], rounds: [round(stop(sites.b))] })
      await call('POST', `/patrols/plans/${both.id}/publish`, undefined, version(1))
      const own = await make()
      const path = (id: number) => `/patrols/plans/${id}`
      for (const { id } of [everywhere, inOther, both])
        for (const asked of [path(id), `${path(id)}/versions`, `${path(id)}/differences?from=1&to=1`])
          expect(await inA().call('GET', asked), asked).toMatchObject({ status: 404 })
      expect(await inA().call('GET', path(own.id))).toMatchObject({ status: 200 })
      expect(await inWest().call('GET', path(own.id))).toMatchObject({ status: 404 })
      const seen = (await inA().call('GET', '/patrols/plans?limit=500')).body.plans
      const ids = seen.map(({ id }: { id: number }) => id)
      expect(ids).toContain(own.id)
      expect(ids).not.toContain(both.id)
      await call('PUT', path(both.id), plan(), version(1))
      expect(await inA().call('GET', path(both.id))).toMatchObject({ status: 200 })
      expect((await inA().call('GET', `${path(both.id)}/versions`)).body).toEqual({ versions: [] })
      expect(await inA().call('GET', `${path(both.id)}/versions/1`)).toMatchObject({ status: 404 })
    })
    test('plans within it: without cells for the whole area, never for sites or cells beyond', async () => {
      const made = await inA().call('POST', '/patrols/plans', plan({ area: [] }))
      expect(made).toMatchObject({ status: 201, body: { area: [codes.a] } })
      expect(await inA().call('POST', '/patrols/plans', plan({ area: [codes.b], rounds: [] }))).toMatchObject(
        {
          status: 422,
        },
      )
      expect(
        await inA().call('POST', '/patrols/plans', plan({ rounds: [round(stop(sites.b))] })),
      ).toMatchObject({ status: 422 })
      expect(
        await inA().call(
          'PUT',
          `/patrols/plans/${made.body.id}`,
          plan({ area: [codes.a, codes.b] }),
          version(1),
        ),
      ).toMatchObject({ status: 422 })
      const small = await inWest().call('POST', '/patrols/plans', plan({ area: [], rounds: [] }))
      expect(small).toMatchObject({ status: 201, body: { area: [codes.west] } })
    })
    test('a cell that is gone closes the plan to all but those who reach everything', async () => {
      const made = await make()
      await context.database.sql`
        INSERT INTO patrol_plan_area (plan_id, layer, cell_id) VALUES (${made.id}, 'grids', 999999)`
      expect(await inA().call('GET', `/patrols/plans/${made.id}`)).toMatchObject({ status: 404 })
      expect(await call('GET', `/patrols/plans/${made.id}`)).toMatchObject({ status: 200 })
    })
  })

  test('each change is in the audit trail with what it was before', async () => {
    const { id } = await make()
    await call('PUT', `/patrols/plans/${id}`, plan({ name: '改名' }), version(1))
    await call('POST', `/patrols/plans/${id}/publish`, undefined, version(2))
    const entries = await context.database.sql`
      SELECT before->>'name' AS before, after->>'name' AS after, after->>'state' AS state
      FROM event WHERE kind = 'plan' AND (after->>'id')::int = ${id} ORDER BY id`
    expect([...entries]).toEqual([
      { before: null, after: '夜巡', state: 'draft' },
      { before: '夜巡', after: '改名', state: 'draft' },
      { before: '改名', after: '改名', state: 'published' },
    ])
    expect((await call('GET', '/audit?kind=plan&limit=5')).status).toBe(200)
  })

  test('those who may walk are offered for teams, by name', async () => {
    const { body } = await call('GET', '/patrols/people')
    expect(body.people).toContainEqual({ username: 'lin.mei', name: '林梅', role: 'officer' })
    await call('POST', '/people', { username: 'guest', name: '访客', role: 'viewer' })
    expect(JSON.stringify((await call('GET', '/patrols/people')).body)).not.toContain('guest')
  })
})
