import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { signedIn, type Visitor, visitor } from '../support/visitor.ts'

const CODE = '990101001001'

onBothDatabases('a token of an administrator that reaches one community', (context) => {
  let administrator: Visitor
  let authorization: string
  beforeAll(async () => {
    administrator = await signedIn(context, { username: 'chen', role: 'administrator' })
    await smallHierarchy(context, CODE)
    await smallHierarchy(context, '990101001002', 100)
    const made = await administrator.call('POST', '/tokens', { name: 'script', area: [CODE] })
    authorization = `Bearer ${made.body.secret}`
  })
  const call = (method: string, path: string, body?: unknown, headers = {}) =>
    visitor(context).call(method, path, body, { authorization, ...headers })

  test('cannot publish every layer, and so read for itself what lies beyond', async () => {
    const settings = await call('GET', '/settings')
    const answer = await call(
      'PATCH',
      '/settings',
      { publishedLayers: ['communities'] },
      { 'if-match': settings.headers.get('etag')! },
    )
    expect(answer).toMatchObject({ status: 403, body: { code: 'outside-area' } })
    expect((await visitor(context).call('GET', '/communities')).status).toBe(401)
    expect((await call('GET', '/settings')).headers.get('etag')).toBe(settings.headers.get('etag'))
  })
  test('is told of its own community alone, also once its owner asks for everything', async () => {
    expect((await call('GET', '/communities')).body.features).toHaveLength(1)
    expect((await administrator.call('GET', '/communities')).body.features).toHaveLength(2)
  })
})
