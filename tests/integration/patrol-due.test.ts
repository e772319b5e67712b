import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'

const EVENING = 'from=2026-11-22T18:00:00%2B08:00&to=2026-11-22T22:00:00%2B08:00'

onBothDatabases('what is due', (context) => {
  const { areas, inA } = twoAreas(context)
  const call = callApi(context)
  const sites: Record<string, number> = {}

  async function add(name: string, north: number, properties: object) {
    const { body, status } = await call('POST', '/checkpoints', {
      type: 'Feature',
      geometry: spot(5, north),
      properties: { name, siteType: 'estate-gate', risk: 'low', ...properties },
    })
    expect(status, JSON.stringify(body)).toBe(201)
    sites[name] = body.id
  }
  const visit = (name: string, at: string, state = 'visited') =>
    context.database.sql`
      INSERT INTO patrol_visit (id, checkpoint_id, started_at, ended_at, source, state, person)
      VALUES (${randomUUID()}, ${sites[name]!}, ${at}::text::timestamptz, ${at}::text::timestamptz, 'check-in', ${state}, 'lin.mei')`
  const due = async (query = '') => (await call('GET', `/patrols/due?${EVENING}${query}`)).body
  // biome-ignore lint/suspicious/noExplicitAny: an answer
  const siteOf = (body: any, name: string) => body.sites.find((site: any) => site.name === name)

  beforeAll(async () => {
    await add('两小时', 5, {
      siteType: 'crowded-venue',
      risk: 'high',
      intervalMinutes: 120,
      graceMinutes: 30,
      serviceMinutes: 10,
    })
    await add('从未', 6, { intervalMinutes: 1440, graceMinutes: 0, serviceMinutes: 5 })
    await add('昨天', 7, { intervalMinutes: 720, graceMinutes: 60, serviceMinutes: 5 })
    await add('刚去过', 8, { intervalMinutes: 10_080, graceMinutes: 0, serviceMinutes: 5 })
    await add('按规范', 9, { siteType: 'fire-lane', risk: 'medium' })
    await add('北区', 25, { intervalMinutes: 720 })
    await context.database.sql`UPDATE checkpoint SET created_at = '2026-11-01T00:00:00+08:00'`
    await visit('两小时', '2026-11-22T15:00:00+08:00')
    await visit('两小时', '2026-11-22T17:00:00+08:00')
    await visit('昨天', '2026-11-21T20:00:00+08:00')
    await visit('刚去过', '2026-11-22T10:00:00+08:00')
    await visit('按规范', '2026-11-21T10:00:00+08:00')
    await visit('北区', '2026-11-22T10:00:00+08:00')
  })

  test('each site has its state, limit and visits needed, the first to break first', async () => {
    const body = await due()
    expect(body.sites.map(({ name }: { name: string }) => name)).toEqual([
      '从未',
      '昨天',
      '两小时',
      '北区',
      '按规范',
      '刚去过',
    ])
    expect(siteOf(body, '两小时')).toMatchObject({
      state: 'due',
      lastVisitAt: '2026-11-22T09:00:00.000Z',
      limitAt: '2026-11-22T11:00:00.000Z',
      breaksAt: '2026-11-22T11:30:00.000Z',
      neededVisits: 2,
      windows: null,
      communityCode: '990101001001',
      lngLat: [120.005, 31.005],
    })
    expect(siteOf(body, '从未')).toMatchObject({ state: 'never', lastVisitAt: null, neededVisits: 1 })
    expect(siteOf(body, '昨天')).toMatchObject({ state: 'overdue', breaksAt: '2026-11-22T01:00:00.000Z' })
    expect(siteOf(body, '刚去过')).toMatchObject({ state: 'later', neededVisits: 0 })
    expect(body.counts).toMatchObject({
      never: 1,
      overdue: 1,
      later: 3,
      due: 1,
      neededVisits: 4,
      serviceMinutes: 30,
    })
    // 19:30 China is in the second hour of the shift.
    expect(body.forecast[1]).toEqual({
      from: '2026-11-22T11:00:00.000Z',
      to: '2026-11-22T12:00:00.000Z',
      breaking: 1,
    })
    expect(body.forecast).toHaveLength(24)
  })

  test('a visit that is only probable or unknown resets no limit, and the probable one is told', async () => {
    await visit('昨天', '2026-11-22T12:00:00+08:00', 'probable')
    await visit('昨天', '2026-11-22T13:00:00+08:00', 'unknown')
    expect(siteOf(await due(), '昨天')).toMatchObject({
      state: 'overdue',
      probableAt: '2026-11-22T04:00:00.000Z',
    })
  })

  test('a visit after the shift does not change what was due in it', async () => {
    await visit('从未', '2026-11-23T09:00:00+08:00')
    expect(siteOf(await due(), '从未').state).toBe('never')
  })

  test('pages hold every site once, and the sums are those of all', async () => {
    const whole = await due()
    const names: string[] = []
    let cursor: string | null = ''
    do {
      const page: { sites: { name: string }[]; next: string | null; counts: object } = await due(
        `&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      )
      names.push(...page.sites.map(({ name }) => name))
      expect(page.counts).toEqual(whole.counts)
      cursor = page.next
    } while (cursor)
    expect(names).toEqual(whole.sites.map(({ name }: { name: string }) => name))
  })

  test('states, ids and cells narrow the list and its sums', async () => {
    expect((await due('&state=never,overdue')).counts).toMatchObject({
      never: 1,
      overdue: 1,
      due: 0,
      later: 0,
    })
    expect((await due(`&ids=${sites.北区}`)).sites).toHaveLength(1)
    expect((await due('&area=990101001002')).sites.map(({ name }: { name: string }) => name)).toEqual([
      '北区',
    ])
    const grid = (await call('GET', `/grids/${areas.a.east}`)).body.properties.code
    expect((await due(`&area=${grid}`)).sites).toEqual([])
  })

  test('someone with an area is told of sites in it alone', async () => {
    const { body } = await inA().call('GET', `/patrols/due?${EVENING}`)
    expect(JSON.stringify(body)).not.toContain('北区')
    expect(body.sites).toHaveLength(5)
    expect(await inA().call('GET', `/patrols/due?${EVENING}&area=990101001002`)).toMatchObject({
      status: 400,
    })
  })

  test.each([
    ['an end before the beginning', 'from=2026-11-22T22:00:00Z&to=2026-11-22T18:00:00Z'],
    ['a shift of a month', 'from=2026-11-01&to=2026-11-30'],
    ['no shift', ''],
    ['a state that there is not', `${EVENING}&state=gone`],
    ['a cell that there is not', `${EVENING}&area=990101001777`],
    ['a cursor that is none', `${EVENING}&cursor=x`],
  ])('%s is refused', async (_what, query) => {
    expect(await call('GET', `/patrols/due?${query}`)).toMatchObject({ status: 400 })
  })

  describe('norms', () => {
    test('a checkpoint that says nothing is as its norm says, and follows it when that changes', async () => {
      expect(siteOf(await due(), '按规范')).toMatchObject({
        intervalMinutes: 2880,
        graceMinutes: 720,
        serviceMinutes: 5,
        limitAt: '2026-11-23T02:00:00.000Z',
      })
      const norms = await call('GET', '/patrols/norms')
      expect(norms.headers.get('etag')).toBe('"1"')
      expect(norms.body.norms).toHaveLength(33)
      expect(norms.body.norms.every(({ example }: { example: boolean }) => example)).toBe(true)
      // biome-ignore lint/suspicious/noExplicitAny: an answer
      const changed = norms.body.norms.map((norm: any) =>
        norm.siteType === 'fire-lane' && norm.risk === 'medium' ? { ...norm, intervalMinutes: 1440 } : norm,
      )
      const answer = await call('PUT', '/patrols/norms', { norms: changed }, { 'if-match': '"1"' })
      expect(answer).toMatchObject({ status: 200, body: { version: 2 } })
      // An example that was changed is one no more; the others still are.
      expect(answer.body.norms.filter(({ example }: { example: boolean }) => !example)).toHaveLength(1)
      expect(siteOf(await due(), '按规范')).toMatchObject({
        intervalMinutes: 1440,
        limitAt: '2026-11-22T02:00:00.000Z',
        state: 'due',
      })
      expect(await call('PUT', '/patrols/norms', { norms: changed }, { 'if-match': '"1"' })).toMatchObject({
        status: 412,
      })
      const [entry] = await context.database.sql`
        SELECT before, after FROM event WHERE kind = 'norm' ORDER BY id DESC LIMIT 1`
      expect(entry).toMatchObject({
        before: { norms: [{ intervalMinutes: 2880 }] },
        after: { norms: [{ intervalMinutes: 1440 }] },
      })
    })
    test('norms that leave a type out, or name one twice, are refused', async () => {
      const { norms, version } = (await call('GET', '/patrols/norms')).body
      const ifMatch = { 'if-match': `"${version}"` }
      for (const wrong of [norms.slice(1), [...norms.slice(1), norms[1]], [...norms, norms[0]]])
        expect(await call('PUT', '/patrols/norms', { norms: wrong }, ifMatch)).toMatchObject({ status: 422 })
      expect(await inA().call('PUT', '/patrols/norms', { norms }, ifMatch)).toMatchObject({ status: 403 })
    })
    test('the figures of visits a day count what the norms say where checkpoints say nothing', async () => {
      const { body } = await call('GET', '/figures/patrols?cells=communities')
      expect(Number.isFinite(body.visitsPerDay)).toBe(true)
      expect(body.visitsPerDay).toBeGreaterThan(12)
    })
  })
})
