import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from '../access/app-env.ts'
import { clientAddress, networkOf } from './client-address.ts'
import { readEnv } from './env.ts'
import { guardOrigin } from './guard.ts'
import { createLog, type LogLevel } from './log.ts'
import { observe } from './observe.ts'
import { problemResponse } from './problem.ts'

const PUBLIC = 'https://grid.example.cn'

function appWith(variables: NodeJS.ProcessEnv = {}, level: LogLevel = 'info') {
  const env = readEnv(variables)
  const lines: string[] = []
  const app = new Hono<AppEnv>()
  app.onError((error, context) => problemResponse(context, error))
  app.use(observe(env, createLog(level, { write: (line: string) => void lines.push(line) }), () => {}))
  app.use(guardOrigin(env))
  app.get('/fails', () => {
    throw new Error('relation "person" does not exist at postgres://admin:hunter2@db/town')
  })
  app.get('/refused', () => {
    throw new Problem('unavailable', 'Not now.')
  })
  app.all('*', (context) => context.json({ from: context.var.clientAddress ?? null }))
  return {
    lines,
    ask: (path: string, init: RequestInit = {}) => app.request(path, init),
    line: () => JSON.parse(lines.at(-1)!) as Record<string, unknown>,
  }
}

describe('the origin of a change', () => {
  const { ask } = appWith({ GRIDWARD_URL: PUBLIC })
  const post = async (headers: Record<string, string>) =>
    (await ask('/x', { method: 'POST', headers: { host: 'grid.example.cn', ...headers } })).status

  test.each([
    ['the page itself', { origin: PUBLIC, cookie: 'a=b' }, 200],
    [
      'the page itself, through a proxy that keeps the host to itself',
      { host: '127.0.0.1:8787', origin: PUBLIC },
      200,
    ],
    ['the page without TLS', { origin: 'http://grid.example.cn', cookie: 'a=b' }, 403],
    ['another page', { origin: 'https://evil.example', cookie: 'a=b' }, 403],
    ['another page that signs the victim in', { origin: 'https://evil.example' }, 403],
    [
      'another page, with a password the browser keeps',
      { origin: 'https://evil.example', authorization: 'Basic eA==' },
      403,
    ],
    ['a sandboxed frame', { origin: 'null', cookie: 'a=b' }, 403],
    ['a sister domain', { origin: 'https://x.grid.example.cn', cookie: 'a=b' }, 403],
    ['a longer name', { origin: `${PUBLIC}.evil.example`, cookie: 'a=b' }, 403],
    ['a browser that keeps Origin back, same site', { 'sec-fetch-site': 'same-site', cookie: 'a=b' }, 403],
    ['a browser that keeps Origin back, cross site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a browser that keeps Origin back, own page', { 'sec-fetch-site': 'same-origin', cookie: 'a=b' }, 200],
    ['a cookie and no word of where from', { cookie: 'a=b' }, 403],
    ['a script with a token', { authorization: 'Bearer gw_x' }, 200],
    ['a script behind a proxy that gives cookies', { authorization: 'Bearer gw_x', cookie: 'lb=1' }, 200],
  ])('%s', async (_, headers, status) => {
    expect(await post(headers)).toBe(status)
  })

  test.each([
    ['grid.example.cn', 200],
    ['GRID.example.cn:443', 200],
    ['localhost:8787', 200],
    ['[::1]:8787', 200],
    ['grid.example.cn:80', 421],
    ['evil.example', 421],
    ['grid.example.cn.evil.example', 421],
    ['evil.example@grid.example.cn', 421],
    ['127.0.0.1.evil.example', 421],
  ])('host %s is answered with %i', async (host, status) => {
    expect((await ask('/x', { headers: { host } })).status).toBe(status)
  })

  test('an orchestrator may ask for health by the address of the machine, and for nothing else', async () => {
    const headers = { host: '10.1.2.3:8787' }
    expect((await ask('/healthz', { headers })).status).toBe(200)
    expect((await ask('/healthz/x', { headers })).status).toBe(421)
  })

  test('an endless address is refused before it is read', async () => {
    expect((await ask(`/x?q=${'a'.repeat(20_000)}`)).status).toBe(413)
  })
})

describe('the client’s address', () => {
  test.each([
    ['a forged header without a trusted proxy', '10.0.0.9', '1.2.3.4', 0, '10.0.0.9'],
    ['one proxy', '10.0.0.9', '1.2.3.4', 1, '1.2.3.4'],
    ['one proxy and a client that writes a hop of its own', '10.0.0.9', '6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
    ['two proxies and a forged hop', '10.0.0.9', '6.6.6.6, 1.2.3.4, 10.0.0.8', 2, '1.2.3.4'],
    ['rubbish', '10.0.0.9', '<script>', 1, '10.0.0.9'],
    ['with a port', '10.0.0.9', '1.2.3.4:5678', 1, '1.2.3.4'],
    ['IPv6 with a port', '10.0.0.9', '[2001:db8::1]:443', 1, '2001:db8::1'],
    ['IPv4 as IPv6', '::ffff:10.0.0.9', undefined, 0, '10.0.0.9'],
  ])('%s', (_, socket, header, proxies, expected) => {
    expect(clientAddress(socket, header, proxies)).toBe(expected)
  })
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::7:0:0:0:1', '2001:db8:0:7::/64'],
  ['::1', '0:0:0:0::/64'],
  ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
  ['1::5:6:192.0.2.1', '1:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('the address %j counts as %j', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

describe('answers', () => {
  test('data cannot run, be framed or be guessed to be a page; an https address stays https', async () => {
    const { headers } = await appWith({ GRIDWARD_URL: PUBLIC }).ask('/x')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('geolocation=(self)')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect((await appWith().ask('/x')).headers.has('strict-transport-security')).toBe(false)
  })

  test('an unexpected error says where it is logged and nothing else', async () => {
    const { ask, line } = appWith()
    const response = await ask('/fails')
    const body = await response.text()
    const requestId = response.headers.get('x-request-id')!
    expect(response.status).toBe(500)
    expect(body).toContain(requestId)
    expect(body).not.toMatch(/person|relation|postgres|hunter2/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(line()).toMatchObject({ level: 'error', status: 500, requestId, path: '/fails' })
    expect(JSON.stringify(line())).toContain('relation')
    expect(JSON.stringify(line())).not.toContain('hunter2')
  })

  test('an id is taken over from a trusted proxy alone, and only one that cannot forge a line', async () => {
    const headers = { 'x-request-id': 'proxy-given-1' }
    const idOf = async (variables: NodeJS.ProcessEnv, given: Record<string, string>) =>
      (await appWith(variables).ask('/x', { headers: given })).headers.get('x-request-id')
    expect(await idOf({ GRIDWARD_TRUST_PROXY: '1' }, headers)).toBe('proxy-given-1')
    expect(await idOf({}, headers)).not.toBe('proxy-given-1')
    expect(await idOf({ GRIDWARD_TRUST_PROXY: '1' }, { 'x-request-id': 'a b" c=d' })).toMatch(
      /^[0-9a-f-]{36}$/,
    )
  })
})

describe('the log', () => {
  test('tokens, set-up links and answers of an identity provider are not in it', async () => {
    const { ask, lines } = appWith()
    await ask('/?set-up=verysecret1&x=1')
    await ask('/x?access_token=verysecret2')
    await ask('/api/v1/session/oidc/callback?code=verysecret3&state=verysecret4')
    await ask('/x/gw_verysecret5', {
      headers: { authorization: 'Bearer verysecret6', cookie: 's=verysecret7' },
    })
    expect(lines).toHaveLength(4)
    expect(lines.join('')).not.toContain('verysecret')
    expect(lines[0]).toContain('x=1')
  })

  test('what should never be logged is left out even when it is handed over', () => {
    const lines: string[] = []
    createLog('info', { write: (line: string) => void lines.push(line) }).info({
      password: 'verysecret',
      headers: { authorization: 'verysecret', cookie: 'verysecret' },
      request: { body: { password: 'verysecret', token: 'verysecret' } },
    })
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('verysecret')
  })

  test('what people mistype is no warning; a server that is out is', async () => {
    const { ask, lines, line } = appWith({}, 'warn')
    await ask('/x')
    expect(lines).toEqual([])
    await ask('/refused')
    expect(line()).toMatchObject({ level: 'warn', status: 503, code: 'unavailable', detail: 'Not now.' })
  })
})

describe('the environment', () => {
  test.each([
    'grid.example.cn',
    'ftp://grid.example.cn',
    'https://grid.example.cn/path',
    'https://user:pw@grid.example.cn',
    'https://grid.example.cn?x',
  ])('GRIDWARD_URL=%s is refused', (text) => {
    expect(() => readEnv({ GRIDWARD_URL: text })).toThrow(/GRIDWARD_URL/)
  })

  test('GRIDWARD_URL may end in a slash', () => {
    expect(readEnv({ GRIDWARD_URL: 'https://Grid.example.cn/' }).publicUrl).toBe(PUBLIC)
  })
})
