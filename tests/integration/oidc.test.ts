import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { throughProvider } from '../support/through-provider.ts'
import { signedIn, visitor } from '../support/visitor.ts'

onBothDatabases('signing in at an OpenID Connect provider', (context) => {
  let provider: FakeProvider
  beforeAll(async () => {
    provider = await startFakeProvider()
    await signedIn(context, { username: 'chen', role: 'administrator' })
    await signedIn(context, { username: 'lin', role: 'planner', everywhere: true })
  })
  afterAll(() => provider.stop())

  const { guestOf, begin, comeBack, goThrough, who } = throughProvider(context, () => provider)

  test('is not there without a provider, and named with one', async () => {
    for (const path of ['/session/oidc', '/session/oidc/callback?state=a&code=b'])
      expect((await visitor(context).call('GET', path)).status).toBe(404)
    expect((await who(guestOf())).oidc).toEqual({ title: '统一认证' })
  })
  test('the user name of the provider leads to the person of that name, and the subject from then on', async () => {
    provider.person = { sub: 'subject-lin', preferred_username: 'Lin', name: 'Someone else' }
    const guest = guestOf()
    const asked = new URL(await begin(guest)).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('nonce')).toBeTruthy()
    expect(asked.get('scope')).toContain('openid')
    expect(await goThrough(guest)).toBe('/')
    expect(await who(guest)).toMatchObject({ name: 'lin', role: 'planner', person: { name: 'lin' } })
    // Renamed at the provider to somebody more powerful: still the same person.
    provider.person = { sub: 'subject-lin', preferred_username: 'chen' }
    const again = guestOf()
    expect(await goThrough(again)).toBe('/')
    expect((await who(again)).name).toBe('lin')
  })
  test('people whom nobody added are refused, and come in with a role for newcomers and no area', async () => {
    provider.person = { sub: 'subject-new', preferred_username: 'new.one', name: '新人' }
    const refused = guestOf()
    expect(await goThrough(refused)).toBe('/?sign-in=refused')
    expect((await who(refused)).state).toBe('anonymous')
    const [none] = await context.database
      .sql`SELECT count(*)::int AS n FROM person WHERE username = 'new.one'`
    expect(none).toEqual({ n: 0 })
    const welcome = guestOf('officer')
    expect(await goThrough(welcome)).toBe('/')
    expect(await who(welcome)).toMatchObject({
      name: 'new.one',
      role: 'officer',
      area: [],
      person: { name: '新人' },
    })
  })
  test.each([undefined, '', 'demo-administrator', 'cli', 'a b', '../x'])(
    'the claim %s makes nobody, also where newcomers are welcome',
    async (preferred_username) => {
      provider.person = {
        sub: `subject-${preferred_username}`,
        ...(preferred_username === undefined ? {} : { preferred_username }),
      }
      const guest = guestOf('officer')
      expect(await goThrough(guest)).toBe('/?sign-in=refused')
      expect((await who(guest)).state).toBe('anonymous')
    },
  )
  test.each(['another key', 'another audience', 'another nonce'] as const)(
    'an id_token of %s is refused',
    async (fault) => {
      provider.person = { sub: 'subject-lin', preferred_username: 'lin' }
      provider.fault = fault
      const guest = guestOf()
      const back = await goThrough(guest)
      provider.fault = 'none'
      expect(back).toBe('/?sign-in=refused')
      expect((await who(guest)).state).toBe('anonymous')
    },
  )
  test('an answer that another browser asked for, a second use and a made-up state are refused', async () => {
    provider.person = { sub: 'subject-lin', preferred_username: 'lin' }
    const attacker = guestOf()
    const address = await provider.consent(await begin(attacker))
    const victim = guestOf()
    expect(await comeBack(victim, address)).toBe('/?sign-in=refused')
    expect((await who(victim)).state).toBe('anonymous')
    const honest = guestOf()
    const own = await provider.consent(await begin(honest))
    expect(await comeBack(honest, own)).toBe('/')
    expect(await comeBack(honest, own)).toBe('/?sign-in=refused')
    for (const query of ['', '?code=a', '?state=a', '?code=a&state=b', '?error=access_denied&state=b'])
      expect(await comeBack(guestOf(), `http://localhost/api/v1/session/oidc/callback${query}`)).toBe(
        '/?sign-in=refused',
      )
  })
  test('whoever is disabled here is refused whatever the provider says', async () => {
    await context.database.sql`UPDATE person SET disabled_at = now() WHERE username = 'lin'`
    provider.person = { sub: 'subject-lin', preferred_username: 'lin' }
    const guest = guestOf()
    expect(await goThrough(guest)).toBe('/?sign-in=refused')
    expect((await who(guest)).state).toBe('anonymous')
  })
  test('a provider that does not answer keeps nobody from signing in by password', async () => {
    const secret = 'a secret'
    const oidc = { issuer: 'http://127.0.0.1:9', ...CLIENT, title: 'x', role: undefined }
    const guest = visitor(context, { demo: true, access: { secret: secret.repeat(5), oidc } })
    expect((await guest.call('POST', '/session/demo', { role: 'viewer' })).status).toBe(200)
    const answer = await visitor(context, { access: { secret: undefined, oidc } }).call(
      'GET',
      '/session/oidc',
    )
    expect(answer.status).toBe(503)
  })
  test('nothing that the provider gave is kept', async () => {
    const rows = await context.database.sql<{ text: string }[]>`SELECT account::text AS text FROM account`
    expect(rows.map(({ text }) => text).join()).not.toMatch(/eyJ|access/)
  })
})
