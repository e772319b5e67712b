import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { signedIn, type Visitor, visitor } from '../support/visitor.ts'

const CODE = '990101001001'

onBothDatabases('what the trail tells of coming in and going out', (context) => {
  let administrator: Visitor & { id: number }
  beforeAll(async () => {
    administrator = await signedIn(context, { username: 'chen', role: 'administrator' })
    await smallHierarchy(context, CODE)
  })
  const trail = async (query: string) => (await administrator.call('GET', `/audit?${query}`)).body.entries

  test('a screen that becomes a kiosk, and one that is turned off, are in it', async () => {
    const { secret } = (
      await administrator.call('POST', '/tokens', { name: 'hall', kind: 'kiosk', area: [CODE] })
    ).body
    const screen = visitor(context)
    expect((await screen.call('POST', '/session/kiosk', { token: secret })).status).toBe(200)
    expect(await trail('kind=sign-in&actor=token:hall')).toMatchObject([
      { actor: 'token:hall', detail: { how: 'kiosk' } },
    ])
    expect((await screen.call('DELETE', '/session')).status).toBe(204)
    expect(await trail('kind=sign-out&actor=token:hall')).toHaveLength(1)
    expect(JSON.stringify(await trail('limit=500'))).not.toContain(secret)
  })
  test('a wrong present password is a refusal', async () => {
    const person = await signedIn(context, { username: 'lin', role: 'viewer' })
    const answer = await person.call('PUT', '/session/password', {
      current: 'not it at all',
      next: 'quite another one',
    })
    expect(answer.status).toBe(401)
    expect(await trail('kind=sign-in-refused')).toMatchObject([
      { actor: 'lin', personId: person.id, detail: { how: 'password-change' } },
    ])
  })
  test('a session does not end without being told', async () => {
    const person = await signedIn(context, { username: 'wang', role: 'viewer' })
    const [{ id }] = (await administrator.call('GET', `/sessions?person=${person.id}`)).body.sessions
    const { sql } = context.database
    const quiet = visitor(context, { logLevel: 'silent' })
    for (const [name, value] of administrator.cookies) quiet.cookies.set(name, value)
    await sql`ALTER TABLE event ADD CONSTRAINT no_more CHECK (kind <> 'sign-out') NOT VALID`
    try {
      expect((await quiet.call('DELETE', `/sessions/${id}`)).status).toBe(500)
    } finally {
      await sql`ALTER TABLE event DROP CONSTRAINT no_more`
    }
    expect((await administrator.call('GET', `/sessions?person=${person.id}`)).body.sessions).toHaveLength(1)
    expect((await administrator.call('DELETE', `/sessions/${id}`)).status).toBe(204)
    expect(await trail('kind=sign-out&q=wang')).toMatchObject([
      { actor: 'chen', detail: { username: 'wang' } },
    ])
  })
  test('whoever sets up an installation while a demo lets them in is told by their own name alone', async () => {
    await context.database.sql`UPDATE person SET role = 'viewer' WHERE role = 'administrator'`
    const { makeSetUpSecret } = await import('../../server/access/set-up.store.ts')
    const secret = await makeSetUpSecret(context.database.sql)
    const guest = visitor(context, { demo: true })
    await guest.call('POST', '/session/demo', { role: 'administrator' })
    const made = await guest.call('POST', '/set-up', {
      secret,
      username: 'zhao',
      name: '赵',
      password: 'a good long password',
    })
    expect(made.status).toBe(200)
    const [entry] = await context.database.sql`
      SELECT actor, person_id FROM event WHERE kind = 'person' AND after->>'username' = 'zhao'`
    expect(entry).toEqual({ actor: 'zhao', person_id: null })
  })
})
