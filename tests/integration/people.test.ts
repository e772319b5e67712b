import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { signedIn, type Visitor } from '../support/visitor.ts'

const CODE = '990101001001'

onBothDatabases('people', (context) => {
  let administrator: Visitor & { id: number }
  let grids: { id: number; code: string }[]

  beforeAll(async () => {
    administrator = await signedIn(context, { username: 'chen', role: 'administrator' })
    await smallHierarchy(context, CODE)
    grids = await context.database.sql`SELECT id, code FROM grid ORDER BY code`
  })

  const add = (username: string, more: object = {}) =>
    administrator.call('POST', '/people', { username, name: username, role: 'planner', ...more })
  const change = (id: number, version: number | undefined, patch: object) =>
    administrator.call(
      'PATCH',
      `/people/${id}`,
      patch,
      version === undefined ? {} : { 'if-match': `"${version}"` },
    )
  const ids = async (guest: Visitor) =>
    (await guest.call('GET', '/grids')).body.features.map(({ id }: { id: number }) => id)

  test('a person is added with an area of cells of any level, and their password is told once', async () => {
    const made = await add(' Lin.W ', { name: '林伟', area: [CODE, grids[0]!.code] })
    expect(made).toMatchObject({
      status: 201,
      body: {
        person: {
          username: 'lin.w',
          name: '林伟',
          role: 'planner',
          disabled: false,
          mustChangePassword: true,
          version: 1,
          lastSeenAt: null,
          area: [
            { layer: 'communities', code: CODE, name: '柳堤社区' },
            { layer: 'grids', code: grids[0]!.code },
          ],
        },
      },
    })
    expect(made.body.password).toMatch(/^[a-z2-9-]{19}$/)
    const got = await administrator.call('GET', `/people/${made.body.person.id}`)
    expect(got.body).toEqual(made.body.person)
    expect(got.headers.get('etag')).toBe('"1"')
    expect(JSON.stringify(got.body)).not.toContain('invalid')
  })
  test('a password that the administrator chose is not told again', async () => {
    const made = await add('zhao', { password: 'a walk by the river' })
    expect(made.status).toBe(201)
    expect(made.body.password).toBeUndefined()
  })
  test.each([
    ['taken, in other letters', { username: 'ZHAO' }, 409],
    ['the name of the command line', { username: 'cli' }, 422],
    ['kept for demo mode', { username: 'demo-viewer' }, 422],
    ['with a space', { username: 'a b' }, 422],
    ['in Cyrillic letters that look Latin', { username: 'аdmin' }, 422],
  ])('a user name that is %s is refused', async (_what, more, status) => {
    expect((await add('x1', more)).status).toBe(status)
  })
  test.each([
    ['a role that there is not', { role: 'root' }],
    ['the role of kiosks', { role: 'kiosk' }],
    ['a code of no cell', { area: ['990101009999'] }],
    ['an area that is no code', { area: ["1' OR '1'='1"] }],
    ['a password that is the user name', { username: 'abcdefghij', password: 'abcdefghij' }],
    ['something unknown', { id: 1 }],
  ])('%s is refused and nobody is added', async (_what, more) => {
    expect(await add('x2', more)).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
    expect((await administrator.call('GET', '/people?q=x2')).body.people).toEqual([])
  })
  test('what is searched for is text, not a pattern', async () => {
    await add('under_score')
    const found = async (q: string) =>
      (await administrator.call('GET', `/people?q=${encodeURIComponent(q)}`)).body.people.map(
        ({ username }: { username: string }) => username,
      )
    expect(await found('_')).toEqual(['under_score'])
    expect(await found('%')).toEqual([])
    expect(await found('林')).toEqual(['lin.w'])
  })
  test('another area and another role are in force at the next request, without signing in again', async () => {
    const guest = await signedIn(context, { username: 'wu', role: 'viewer', area: [grids[0]!.code] })
    expect(await ids(guest)).toEqual([grids[0]!.id])
    const moved = await change(guest.id, 1, { area: [grids[1]!.code] })
    expect(moved).toMatchObject({ status: 200, body: { version: 2, area: [{ code: grids[1]!.code }] } })
    expect(await ids(guest)).toEqual([grids[1]!.id])
    expect((await guest.call('GET', '/people')).status).toBe(403)
    await change(guest.id, 2, { role: 'administrator' })
    expect((await guest.call('GET', '/people')).status).toBe(200)
    await change(guest.id, 3, { role: 'viewer' })
    expect((await guest.call('GET', '/people')).status).toBe(403)
  })
  test('a cell that is gone and comes back has its people again', async () => {
    const guest = await signedIn(context, { username: 'back', role: 'viewer', area: [grids[0]!.code] })
    await context.database.sql`UPDATE person_area SET cell_id = 999999 WHERE person_id = ${guest.id}`
    expect((await administrator.call('GET', `/people/${guest.id}`)).body.area).toEqual([])
    expect((await guest.call('GET', '/session')).body.area).toEqual([])
    await context.database.sql`UPDATE person_area SET cell_id = ${grids[0]!.id} WHERE person_id = ${guest.id}`
    expect((await administrator.call('GET', `/people/${guest.id}`)).body.area).toHaveLength(1)
  })
  test('a change is made of the version that was read alone', async () => {
    const { person } = (await add('versioned')).body
    expect((await change(person.id, undefined, { name: 'a' })).status).toBe(428)
    expect((await change(person.id, 1, { name: '甲' })).body).toMatchObject({ name: '甲', role: 'planner' })
    expect(await change(person.id, 1, { name: 'b' })).toMatchObject({
      status: 412,
      body: { code: 'version-conflict', currentVersion: 2 },
    })
    expect((await change(999999, 1, { name: 'a' })).status).toBe(404)
  })
  test('whoever is disabled is out at once and in again only after signing in anew', async () => {
    const guest = await signedIn(context, { username: 'sun', role: 'officer', everywhere: true })
    expect((await guest.call('GET', '/grids')).status).toBe(200)
    expect((await change(guest.id, 1, { disabled: true })).body.disabled).toBe(true)
    expect((await guest.call('GET', '/grids')).status).toBe(401)
    await change(guest.id, 2, { disabled: false })
    expect((await guest.call('GET', '/grids')).status).toBe(401)
  })
  test('the last administrator stays one, also when two take each other’s role at once', async () => {
    const { version } = (await administrator.call('GET', `/people/${administrator.id}`)).body
    for (const patch of [{ role: 'viewer' }, { disabled: true }])
      expect(await change(administrator.id, version, patch)).toMatchObject({
        status: 403,
        body: { code: 'not-permitted' },
      })
    const second = await signedIn(context, { username: 'second', role: 'administrator' })
    const answers = await Promise.all([
      second.call('PATCH', `/people/${administrator.id}`, { role: 'viewer' }, { 'if-match': `"${version}"` }),
      change(second.id, 1, { disabled: true }),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const [left] = await context.database.sql`
      SELECT count(*)::int AS n FROM person WHERE role = 'administrator' AND disabled_at IS NULL`
    expect(left).toEqual({ n: 1 })
    await context.database
      .sql`UPDATE person SET role = 'administrator', disabled_at = NULL WHERE id = ${administrator.id}`
  })
  test.each(['supervisor', 'coordinator', 'planner', 'officer', 'department', 'viewer'] as const)(
    'a %s sees and changes no people, and gives nobody a role',
    async (role) => {
      const guest = await signedIn(context, { username: `only-${role}`, role, everywhere: true })
      for (const [method, path, body] of [
        ['GET', '/people', undefined],
        ['GET', `/people/${administrator.id}`, undefined],
        ['POST', '/people', { username: 'mine', name: 'm', role: 'administrator' }],
        ['PATCH', `/people/${guest.id}`, { role: 'administrator' }],
        ['POST', `/people/${administrator.id}/password-reset`, undefined],
      ] as const)
        expect(await guest.call(method, path, body, { 'if-match': '"1"' })).toMatchObject({
          status: 403,
          body: { code: 'not-permitted' },
        })
    },
  )
  test('the audit trail has what somebody was and became, and no password', async () => {
    const entries = await context.database.sql<{ text: string; before: object; after: object }[]>`
      SELECT event::text AS text, before, after FROM event WHERE kind = 'person' ORDER BY id`
    expect(entries.some(({ before, after }) => before && after)).toBe(true)
    expect(entries.map(({ text }) => text).join()).not.toMatch(/scrypt|a walk by the river|gridward\.invalid/)
  })
})
