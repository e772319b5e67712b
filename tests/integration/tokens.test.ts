import { beforeAll, describe, expect, test } from 'vitest'
import { identify } from '../../server/access/identify.ts'
import { openAccess } from '../../server/access/open-access.ts'
import { createToken } from '../../server/access/token.store.ts'
import { router } from '../../server/platform/route.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { signedIn, type Visitor, visitor } from '../support/visitor.ts'

const CODE = '990101001001'
const OTHER = '990101001002'

onBothDatabases('tokens', (context) => {
  let administrator: Visitor & { id: number }
  let planner: Visitor & { id: number }
  let grids: { id: number; code: string }[]

  beforeAll(async () => {
    administrator = await signedIn(context, { username: 'chen', role: 'administrator' })
    await smallHierarchy(context, CODE)
    await smallHierarchy(context, OTHER, 100)
    planner = await signedIn(context, { username: 'lin', role: 'planner', area: [CODE] })
    grids = await context.database.sql`SELECT id, code FROM grid ORDER BY code`
  })

  const make = (owner: Visitor, body: object) => owner.call('POST', '/tokens', { name: 'QGIS', ...body })
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
  const ask = (secret: string, path = '/grids', method = 'GET', body?: unknown) =>
    visitor(context).call(method, path, body, bearer(secret))
  const ids = async (secret: string) =>
    (await ask(secret)).body.features.map(({ id }: { id: number }) => id).sort()
  const gridIds = (prefix: string) =>
    grids
      .filter(({ code }) => code.startsWith(prefix))
      .map(({ id }) => id)
      .sort()

  test('a token is told once, and what is kept opens nothing', async () => {
    const made = await make(planner, { everywhere: true })
    expect(made).toMatchObject({
      status: 201,
      body: { token: { owner: 'lin', role: 'planner', scopes: null } },
    })
    expect(made.body.secret).toMatch(/^gw_[\w-]{43}$/)
    expect(made.headers.get('cache-control')).toBe('no-store')
    const listed = await planner.call('GET', '/tokens')
    expect(JSON.stringify(listed.body)).not.toContain('gw_')
    const [{ secret_hash: hash }] = await context.database.sql<[{ secret_hash: string }]>`
      SELECT secret_hash FROM access_token WHERE id = ${made.body.token.id}`
    for (const wrong of [hash, `gw_${hash.slice(0, 43)}`]) expect((await ask(wrong)).status).toBe(401)
    expect((await ask(made.body.secret)).status).toBe(200)
    expect((await ask(made.body.secret, '/session')).body).toMatchObject({
      kind: 'token',
      name: 'token:QGIS',
      role: 'planner',
      person: null,
    })
  })
  test('programs that know only names and passwords send it as the password', async () => {
    const { secret } = (await make(planner, { everywhere: true })).body
    const basic = (text: string) =>
      visitor(context).call('GET', '/grids', undefined, { authorization: `Basic ${btoa(text)}` })
    expect((await basic(`qgis:${secret}`)).status).toBe(200)
    expect((await basic(`:${secret}`)).status).toBe(200)
    expect((await basic(`${secret}:`)).status).toBe(401)
    expect((await basic(secret)).status).toBe(401)
  })
  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer gw_',
    `Bearer gw_${'A'.repeat(43)}`,
    'Digest x',
    'Basic %%%',
    `Bearer ${'x'.repeat(1001)}`,
  ])('the header “%s” is refused, never taken for nobody', async (authorization) => {
    const guest = await signedIn(context, {
      username: `h${Math.random().toString(36).slice(2, 9)}`,
      role: 'viewer',
    })
    for (const path of ['/grids', '/session']) {
      const answer = await guest.call('GET', path, undefined, { authorization })
      expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="Gridward", Basic/)
    }
  })
  test('a browser is not told of Basic: it would ask for a password over the page', async () => {
    const answer = await visitor(context).call('GET', '/grids', undefined, { 'sec-fetch-mode': 'cors' })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Gridward"')
  })

  describe('never more than its owner', () => {
    test('its area is that within its owner’s, now and later', async () => {
      const { secret } = (await make(planner, { area: [grids[0]!.code] })).body
      expect(await ids(secret)).toEqual([grids[0]!.id])
      const whole = (await make(planner, { everywhere: true })).body.secret
      expect(await ids(whole)).toEqual(gridIds(CODE))
      await administrator.call('PATCH', `/people/${planner.id}`, { area: [OTHER] }, { 'if-match': '"1"' })
      expect(await ids(whole)).toEqual(gridIds(OTHER))
      expect(await ids(secret)).toEqual([])
      await administrator.call('PATCH', `/people/${planner.id}`, { area: [CODE] }, { 'if-match': '"2"' })
    })
    test('cells outside the area answer as cells that there are not', async () => {
      const [outside, missing] = await Promise.all([
        make(planner, { area: [OTHER] }),
        make(planner, { area: ['990101009999'] }),
      ])
      expect(outside.status).toBe(422)
      expect(outside.body.detail.replace(OTHER, '')).toBe(missing.body.detail.replace('990101009999', ''))
    })
    test('scopes limit it; a scope that the owner may not is refused', async () => {
      expect(await make(planner, { everywhere: true, scopes: ['read', 'configure'] })).toMatchObject({
        status: 403,
        body: { code: 'not-permitted', detail: expect.stringContaining('configure') },
      })
      for (const scope of ['people', 'self', 'public'])
        expect((await make(administrator, { everywhere: true, scopes: [scope] })).status).toBe(422)
      const { secret } = (await make(planner, { everywhere: true, scopes: ['read'] })).body
      expect((await ask(secret)).status).toBe(200)
      expect((await ask(secret, '/views', 'POST', { name: 'a', query: '' })).status).toBe(403)
    })
    test('it looks after no account and makes no further tokens, an administrator’s neither', async () => {
      const { secret } = (await make(administrator, { everywhere: true })).body
      expect((await ask(secret, '/settings')).status).toBe(200)
      for (const [method, path, body] of [
        ['GET', '/tokens', undefined],
        ['POST', '/tokens', { name: 'more', everywhere: true }],
        ['GET', '/people', undefined],
        ['POST', '/people', { username: 'x3', name: 'x', role: 'administrator' }],
        ['GET', '/sessions', undefined],
        ['PUT', '/session/password', { current: 'a', next: 'b'.repeat(10) }],
      ] as const)
        expect((await ask(secret, path, method, body)).status, path).toBe(403)
    })
    test('a role that its owner lost is lost at once, and with the owner it goes', async () => {
      const owner = await signedIn(context, { username: 'fading', role: 'planner', everywhere: true })
      const { secret } = (await make(owner, { everywhere: true })).body
      const save = () => ask(secret, '/views', 'POST', { name: `v${Math.random()}`, query: '' })
      expect((await save()).status).toBe(201)
      await administrator.call('PATCH', `/people/${owner.id}`, { role: 'viewer' }, { 'if-match': '"1"' })
      expect((await save()).status).toBe(403)
      await administrator.call('PATCH', `/people/${owner.id}`, { disabled: true }, { 'if-match': '"2"' })
      expect((await ask(secret)).status).toBe(401)
    })
  })

  test('an answer that lasts learns that its token was revoked, or reaches less than when it began', async () => {
    const access = openAccess(context.deps)
    const app = router()
    const kept: (() => Promise<boolean>)[] = []
    app.use(identify(access))
    app.get('/stream', (asked) => {
      kept.push(asked.var.isStillGood!)
      return asked.text('…')
    })
    const owner = await signedIn(context, { username: 'listening', role: 'planner', everywhere: true })
    for (const name of ['first', 'second']) {
      const { token, secret } = (await make(owner, { name, everywhere: true })).body
      await app.request('/stream', { headers: bearer(secret) })
      const isStillGood = kept.pop()!
      expect(await isStillGood()).toBe(true)
      if (name === 'first') await owner.call('DELETE', `/tokens/${token.id}`)
      else {
        const change = { everywhere: false, area: [CODE] }
        await administrator.call('PATCH', `/people/${owner.id}`, change, { 'if-match': '"1"' })
      }
      expect(await isStillGood(), name).toBe(false)
    }
  })

  test('revoked it is refused at once; another’s is not there', async () => {
    const { token, secret } = (await make(planner, { everywhere: true })).body
    expect((await ask(secret)).status).toBe(200)
    const stranger = await signedIn(context, { username: 'stranger', role: 'planner' })
    expect((await stranger.call('DELETE', `/tokens/${token.id}`)).status).toBe(404)
    expect((await stranger.call('GET', '/tokens')).body.tokens).toEqual([])
    expect((await ask(secret)).status).toBe(200)
    expect((await planner.call('DELETE', `/tokens/${token.id}`)).status).toBe(204)
    expect((await ask(secret)).status).toBe(401)
    expect((await planner.call('DELETE', `/tokens/${token.id}`)).status).toBe(404)
    expect((await administrator.call('GET', '/tokens')).body.tokens.length).toBeGreaterThan(1)
  })
  test('it ends when it was said to', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString()
    const { token, secret } = (await make(planner, { everywhere: true, expiresAt })).body
    expect((await ask(secret)).status).toBe(200)
    await context.database.sql`UPDATE access_token SET expires_at = now() WHERE id = ${token.id}`
    openAccess(context.deps).forget()
    expect((await ask(secret)).status).toBe(401)
    expect((await make(planner, { everywhere: true, expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(422)
    expect((await make(planner, {})).status).toBe(422)
  })

  describe('kiosks', () => {
    const kiosk = async (body: object = {}) =>
      (await make(administrator, { kind: 'kiosk', area: [CODE], ...body })).body
    test('are hung up by those who manage people', async () => {
      expect((await make(planner, { kind: 'kiosk', area: [CODE] })).status).toBe(403)
      expect((await kiosk()).token).toMatchObject({
        kind: 'kiosk',
        role: 'kiosk',
        owner: null,
        scopes: ['read'],
      })
    })
    test('a browser becomes one, reads its area and nothing else, and is one no more when it is revoked', async () => {
      const { secret, token } = await kiosk()
      const screen = visitor(context)
      expect((await screen.call('POST', '/session/kiosk', { token: secret })).body).toMatchObject({
        kind: 'kiosk',
        role: 'kiosk',
        permissions: ['public', 'read'],
        area: [{ code: CODE }],
      })
      expect([...screen.cookies.keys()]).toEqual(['gridward.kiosk'])
      const features = (await screen.call('GET', '/grids')).body.features
      expect(features.map(({ id }: { id: number }) => id).sort()).toEqual(gridIds(CODE))
      for (const [method, path, body] of [
        ['POST', '/views', { name: 'a', query: '' }],
        ['GET', '/tokens', undefined],
        ['POST', '/tokens', { name: 'a', everywhere: true }],
        ['PATCH', '/settings', { areaName: 'x' }],
      ] as const)
        expect((await screen.call(method, path, body)).status, path).toBe(403)
      await administrator.call('DELETE', `/tokens/${token.id}`)
      expect((await screen.call('GET', '/grids')).status).toBe(401)
      expect((await screen.call('POST', '/session/kiosk', { token: secret })).status).toBe(401)
    })
    test('lasts ninety days from its last use, of which the cookie is told once a day', async () => {
      const { secret, token } = await kiosk()
      const screen = visitor(context)
      await screen.call('POST', '/session/kiosk', { token: secret })
      const used = async () => {
        openAccess(context.deps).forget()
        const answer = await screen.call('GET', '/grids')
        return answer.headers.getSetCookie().join()
      }
      expect(await used()).toBe('')
      await context.database.sql`UPDATE access_token SET last_used_at = now() - interval '25 hours',
        expires_at = now() + interval '1 hour' WHERE id = ${token.id}`
      expect(await used()).toMatch(/^gridward\.kiosk=.*Max-Age=7776000.*HttpOnly/)
      expect(await used()).toBe('')
      const [row] = await context.database.sql`
        SELECT expires_at > now() + interval '89 days' AS later FROM access_token WHERE id = ${token.id}`
      expect(row).toEqual({ later: true })
    })
    test('a token that is none does not make a browser a kiosk', async () => {
      const { secret } = (await make(planner, { everywhere: true })).body
      for (const token of [secret, 'gw_', `gw_${'A'.repeat(43)}`])
        expect((await visitor(context).call('POST', '/session/kiosk', { token })).status).toBe(401)
      const forged = visitor(context)
      forged.cookies.set('gridward.kiosk', secret)
      expect((await forged.call('GET', '/grids')).status).toBe(401)
    })
  })

  test('one of the command line has a role and an area of its own and no owner', async () => {
    const { secret } = await createToken(
      context.database.sql,
      { name: 'cli' },
      { role: 'viewer' },
      'everywhere',
      { name: 'backup', kind: 'token', everywhere: false, area: [OTHER] },
    )
    expect(await ids(secret)).toEqual(gridIds(OTHER))
    expect((await ask(secret, '/views', 'POST', { name: 'a', query: '' })).status).toBe(403)
  })
  test('the audit trail has tokens made and revoked, and none of their secrets', async () => {
    const entries = await context.database.sql<{ text: string; after: { revokedAt: string | null } }[]>`
      SELECT event::text AS text, after FROM event WHERE kind = 'token'`
    expect(entries.some(({ after }) => after.revokedAt)).toBe(true)
    expect(entries.map(({ text }) => text).join()).not.toMatch(/gw_|secret/)
  })
})
