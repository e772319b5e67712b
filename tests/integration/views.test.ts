import { describe, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

onBothDatabases('views and settings', (context) => {
  async function call(method: string, path: string, body?: unknown, version?: number | string) {
    const response = await (await context.app()).request(`/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined
          ? {}
          : { 'if-match': typeof version === 'number' ? `"${version}"` : version }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      etag: response.headers.get('etag'),
      body: text ? JSON.parse(text) : null,
    }
  }
  const view = (name: string, query = '?map=15/31.3/120.6', more: object = {}) => ({ name, query, ...more })

  describe('views', () => {
    test('a view is kept as it is, changed by its version alone, and deleted', async () => {
      const query = '?f-hazards=state:reported;q:%E6%9F%B3&map=15/31.3/120.6'
      const made = await call('POST', '/views', view(' 夜间巡查 ', query, { workspace: 'map' }))
      expect(made).toMatchObject({
        status: 201,
        etag: '"1"',
        body: { name: '夜间巡查', query, version: 1, workspace: 'map' },
      })
      const { id } = made.body
      expect((await call('GET', '/views')).body).toEqual({ views: [made.body] })
      const changed = await call('PUT', `/views/${id}`, view('夜间巡查', ''), 1)
      expect(changed).toMatchObject({
        status: 200,
        etag: '"2"',
        body: { query: '', version: 2, workspace: null },
      })
      expect(await call('PUT', `/views/${id}`, view('旧'), 1)).toMatchObject({
        status: 412,
        body: { code: 'version-conflict', currentVersion: 2 },
      })
      expect(await call('DELETE', `/views/${id}`, undefined, 1)).toMatchObject({ status: 412 })
      expect(await call('DELETE', `/views/${id}`)).toMatchObject({ status: 428 })
      expect(await call('PUT', `/views/${id}`, view('旧'), '*')).toMatchObject({ status: 428 })
      expect((await call('GET', '/views')).body).toEqual({ views: [changed.body] })
      expect(await call('DELETE', `/views/${id}`, undefined, 2)).toMatchObject({ status: 204 })
      expect(await call('DELETE', `/views/${id}`, undefined, 2)).toMatchObject({ status: 404 })
      expect((await call('GET', '/views')).body).toEqual({ views: [] })
    })
    test('a name is taken whatever the case of its letters, and by a change too', async () => {
      const first = await call('POST', '/views', view('Night shift'))
      const second = await call('POST', '/views', view('Day shift'))
      expect(await call('POST', '/views', view('NIGHT shift'))).toMatchObject({
        status: 409,
        body: { code: 'name-conflict', detail: expect.stringContaining('NIGHT shift') },
      })
      expect(await call('PUT', `/views/${second.body.id}`, view('night Shift'), 1)).toMatchObject({
        status: 409,
      })
      expect(await call('PUT', `/views/${first.body.id}`, view('night Shift'), 1)).toMatchObject({
        status: 200,
      })
    })
    test('of two who save one name at once, one is told that it is taken', async () => {
      const answers = await Promise.all(Array.from({ length: 4 }, () => call('POST', '/views', view('同名'))))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    })
    test.each([
      ['an empty name', view('  ')],
      ['81 characters', view('长'.repeat(81))],
      ['a query that is an address', view('a', 'https://example.com/?a=1')],
      ['a script', view('a', '?next=javascript:alert(1)')],
      ['a script in capitals and escapes', view('a', '?next=JAVA%53cript%3aalert(1)')],
      ['a control character', view('a', '?a=\u0001')],
      ['NUL', view('a', '?a=\u0000')],
      ['a line break', view('a', '?a=1\n?b=2')],
      ['half a character', view('a\ud800', '?')],
      ['too long a query', view('a', `?${'x'.repeat(8000)}`)],
      ['a workspace that is an address', view('a', '?', { workspace: '//evil' })],
      ['something unknown', view('a', '?', { owner: 'x' })],
      ['a query that is a number', { name: 'a', query: 1 }],
    ])('%s is refused', async (_what, body) => {
      expect(await call('POST', '/views', body)).toMatchObject({
        status: 422,
        body: { code: 'invalid-body' },
      })
    })
    test('the longest name and query are kept whole', async () => {
      const longest = view('长'.repeat(80), `?${'x'.repeat(7999)}`)
      expect(await call('POST', '/views', longest)).toMatchObject({ status: 201, body: longest })
    })
  })

  describe('settings', () => {
    const defaults = {
      areaName: null,
      householdBand: { min: 300, max: 500 },
      reviewNumber: null,
      divisionCode: null,
      readoutCrs: 'EPSG:4490',
      trackDays: 30,
      publishedLayers: [],
    }
    test('a merge patch changes what it names, in one version, and shows in the workspace', async () => {
      expect(await call('GET', '/settings')).toMatchObject({
        status: 200,
        etag: '"0"',
        body: { version: 0, values: defaults },
      })
      expect((await call('GET', '/workspace')).body).toMatchObject({ name: null, reviewNumber: null })
      const named = await call('PATCH', '/settings', { areaName: '柳堤街道', householdBand: { max: 450 } }, 0)
      expect(named).toMatchObject({ status: 200, etag: '"2"' })
      expect(named.body.values).toEqual({
        ...defaults,
        areaName: '柳堤街道',
        householdBand: { min: 300, max: 450 },
      })
      expect((await call('GET', '/workspace')).body).toMatchObject({ name: '柳堤街道' })
      const same = await call('PATCH', '/settings', { areaName: '柳堤街道' }, 2)
      expect(same.body.version).toBe(2)
      const back = await call('PATCH', '/settings', { areaName: '', householdBand: null }, 2)
      expect(back.body).toEqual({ version: 4, values: defaults })
    })
    test('of two who changed one version, the second is told', async () => {
      const { version } = (await call('GET', '/settings')).body
      const answers = await Promise.all(
        ['EPSG:4549', 'EPSG:4326'].map((readoutCrs) => call('PATCH', '/settings', { readoutCrs }, version)),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
      const won = answers.find(({ status }) => status === 200)!
      expect((await call('GET', '/settings')).body).toEqual(won.body)
      expect(await call('PATCH', '/settings', { areaName: 'x' })).toMatchObject({ status: 428 })
    })
    test.each([
      ['a band upside down', { householdBand: { min: 501 } }],
      ['a band of fractions', { householdBand: { min: 1.5 } }],
      ['half a band that does not fit the other half', { householdBand: { max: 299 } }],
      ['a projection that is not CGCS2000', { readoutCrs: 'EPSG:3857' }],
      ['a published layer that there is not', { publishedLayers: ['event'] }],
      ['a layer published twice', { publishedLayers: ['roads', 'roads'] }],
      ['a name that is too long', { areaName: '长'.repeat(81) }],
      ['an unknown setting', { colour: 'red' }],
      ['a prototype', JSON.parse('{"__proto__": {"areaName": "x"}, "constructor": 1}')],
      ['a list', []],
    ])('%s is refused and changes nothing', async (_what, patch) => {
      const before = (await call('GET', '/settings')).body
      expect(await call('PATCH', '/settings', patch, before.version)).toMatchObject({
        status: 422,
        body: { code: 'invalid-body' },
      })
      expect((await call('GET', '/settings')).body).toEqual(before)
    })
    test('the review number of the environment holds until another is set, and again when that is taken back', async () => {
      const app = createApp(
        { ...context.deps, env: { ...context.deps.env, reviewNumber: 'GS(2026)1' } },
        askedBy(ADMINISTRATOR),
      )
      const settings = async () => (await app.request('/api/v1/settings')).json()
      const patch = async (reviewNumber: string | null) =>
        app.request('/api/v1/settings', {
          method: 'PATCH',
          headers: { 'content-type': 'application/json', 'if-match': `"${(await settings()).version}"` },
          body: JSON.stringify({ reviewNumber }),
        })
      const shown = async () => (await (await app.request('/api/v1/workspace')).json()).reviewNumber
      expect(await shown()).toBe('GS(2026)1')
      await patch('苏S(2026)002号')
      expect(await shown()).toBe('苏S(2026)002号')
      await patch(null)
      expect([await shown(), (await settings()).values.reviewNumber]).toEqual(['GS(2026)1', 'GS(2026)1'])
    })
    test('a stored value that is not understood leaves the default', async () => {
      await context.database.sql`
        INSERT INTO setting (key, value, updated_by) VALUES ('householdBand', '{"min": "many"}', 'test'), ('later', '1', 'test')
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = setting.version + 1`
      const { body } = await call('GET', '/settings')
      expect(body.values.householdBand).toEqual(defaults.householdBand)
      expect(body.values).not.toHaveProperty('later')
    })
  })
})
