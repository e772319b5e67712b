import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { throughProvider } from '../support/through-provider.ts'
import { signedIn, type Visitor } from '../support/visitor.ts'

onBothDatabases('people of an OpenID Connect provider', (context) => {
  let provider: FakeProvider
  let administrator: Visitor
  beforeAll(async () => {
    provider = await startFakeProvider()
    administrator = await signedIn(context, { username: 'chen', role: 'administrator' })
  })
  afterAll(() => provider.stop())
  const { guestOf, begin, comeBack, goThrough, who } = throughProvider(context, () => provider)

  const trail = async (query: string) => (await administrator.call('GET', `/audit?${query}`)).body.entries

  test('whoever was added with a password that they never got need not change it to come in', async () => {
    const added = await administrator.call('POST', '/people', {
      username: 'lin',
      name: '林',
      role: 'planner',
      everywhere: true,
    })
    expect(added.status).toBe(201)
    provider.person = { sub: 'subject-lin', preferred_username: 'lin' }
    const guest = guestOf()
    expect(await goThrough(guest)).toBe('/')
    expect((await who(guest)).mustChangePassword).toBe(false)
    expect((await guest.call('GET', '/communities')).status).toBe(200)
    // Whoever read it out, or overheard it, cannot come in by it either.
    const { status } = await guestOf().call('POST', '/session', {
      username: 'lin',
      password: added.body.password,
    })
    expect(status).toBe(401)
    expect(await trail('kind=person&q=password-dropped')).toMatchObject([
      { actor: 'lin', detail: { username: 'lin', what: 'password-dropped' } },
    ])
  })
  test('a user name that the provider gave to somebody else does not lead to the person who had it', async () => {
    provider.person = { sub: 'subject-of-a-newcomer', preferred_username: 'lin' }
    const newcomer = guestOf('officer')
    expect(await goThrough(newcomer)).toBe('/?sign-in=refused')
    expect((await who(newcomer)).state).toBe('anonymous')
    provider.person = { sub: 'subject-lin', preferred_username: 'lin' }
    const guest = guestOf()
    expect(await goThrough(guest)).toBe('/')
  })
  test('a new password by an administrator lets the person be linked anew', async () => {
    const { people } = (await administrator.call('GET', '/people?q=lin')).body
    await administrator.call('POST', `/people/${people[0].id}/password-reset`)
    provider.person = { sub: 'subject-lin-after-a-move', preferred_username: 'lin' }
    const guest = guestOf()
    expect(await goThrough(guest)).toBe('/')
    provider.person = { sub: 'subject-lin', preferred_username: 'lin' }
    expect(await goThrough(guestOf())).toBe('/?sign-in=refused')
  })
  test('of two subjects that come back at the same instant with one user name, one is linked', async () => {
    await administrator.call('POST', '/people', {
      username: 'wang',
      name: '王',
      role: 'planner',
      everywhere: true,
    })
    const comings = []
    for (const sub of ['subject-wang', 'subject-of-another-wang']) {
      provider.person = { sub, preferred_username: 'wang' }
      const guest = guestOf()
      const address = await provider.consent(await begin(guest))
      comings.push(() => comeBack(guest, address))
    }
    const ends = await Promise.all(comings.map((come) => come()))
    expect(ends.sort()).toEqual(['/', '/?sign-in=refused'])
    const [row] = await context.database.sql`
      SELECT count(*) FROM account a JOIN person p ON p.id = a.user_id WHERE p.username = 'wang' AND a.provider_id = 'oidc'`
    expect(row).toEqual({ count: 1 })
  })
  test('a person whom the provider brought is written down as one whom somebody added', async () => {
    provider.person = { sub: 'subject-new', preferred_username: 'new.one', name: '新人' }
    expect(await goThrough(guestOf('officer'))).toBe('/')
    const [entry] = await trail('kind=person&q=new.one')
    expect(entry).toMatchObject({
      actor: 'new.one',
      before: null,
      after: { username: 'new.one', name: '新人', role: 'officer', area: [] },
    })
  })
  test('the trail cannot be filled by coming back from nowhere again and again', async () => {
    const guest = guestOf()
    const statuses = new Set<number>()
    for (let time = 0; time < 220; time++)
      statuses.add((await guest.call('GET', '/session/oidc/callback?state=a&code=b')).status)
    expect(statuses).toEqual(new Set([302, 429]))
    const [{ refused }] = await context.database.sql<[{ refused: number }]>`
      SELECT count(*)::int AS refused FROM event WHERE kind = 'sign-in-refused'`
    expect(refused).toBeLessThan(210)
    expect(await comeBack(guestOf(), 'http://localhost/api/v1/session/oidc/callback')).toBe(
      '/?sign-in=refused',
    )
  })
})
