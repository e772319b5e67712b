import { describe, expect, test } from 'vitest'
import { openAccess } from '../../server/access/open-access.ts'
import { makeSetUpSecret } from '../../server/access/set-up.store.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { signedIn, type Visitor, visitor } from '../support/visitor.ts'

const PASSWORD = 'correct horse battery'

onBothDatabases('signing in', (context) => {
  const sql = () => context.database.sql
  const secretOf = async () => (await makeSetUpSecret(sql()))!
  const setUp = (secret: string, username = 'chen') =>
    visitor(context).call('POST', '/set-up', { secret, username, name: '陈主任', password: PASSWORD })
  const signIn = (guest: Visitor, username: string, password: string) =>
    guest.call('POST', '/session', { username, password })
  const reads = async (guest: Visitor) => (await guest.call('GET', '/communities')).status

  describe('the first administrator', () => {
    test('nobody is let in before there is one, and the page learns that', async () => {
      const guest = visitor(context)
      expect((await guest.call('GET', '/session')).body).toMatchObject({
        state: 'set-up',
        person: null,
        role: null,
        permissions: ['public'],
        demoRoles: [],
        oidc: null,
        area: [],
      })
      expect(await guest.call('GET', '/communities')).toMatchObject({
        status: 401,
        body: { code: 'not-signed-in' },
      })
    })
    test('a link is good until the next one is made, and a made-up one never', async () => {
      const older = await secretOf()
      await secretOf()
      for (const secret of [older, 'A'.repeat(43), ''])
        expect(await setUp(secret)).toMatchObject({ status: 403, body: { code: 'not-permitted' } })
    })
    test('a link older than a day is refused', async () => {
      const secret = await secretOf()
      await sql()`UPDATE set_up_link SET created_at = now() - interval '25 hours'`
      expect(await setUp(secret)).toMatchObject({ status: 403 })
    })
    test.each(['chen', 'chenchen12', 'aaaaaaaaaaaa', 'short', 'x'.repeat(129)])(
      'the password %s is refused, and the link stays good',
      async (password) => {
        const answer = await visitor(context).call('POST', '/set-up', {
          secret: await secretOf(),
          username: 'chenchen12',
          name: '陈',
          password,
        })
        expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
      },
    )
    test('of two who open one link at once, one is let in; then no link is made any more', async () => {
      const secret = await secretOf()
      const answers = await Promise.all([setUp(secret, 'chen'), setUp(secret, 'wang')])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
      expect(answers.find(({ status }) => status === 200)!.body).toMatchObject({
        state: 'signed-in',
        role: 'administrator',
        area: 'everywhere',
        permissions: expect.arrayContaining(['people', 'audit']),
      })
      expect(await setUp(secret, 'zhao')).toMatchObject({ status: 403 })
      expect(await makeSetUpSecret(sql())).toBeUndefined()
      expect((await visitor(context).call('GET', '/session')).body.state).toBe('anonymous')
      await sql()`UPDATE person SET username = 'chen', email = 'chen@gridward.invalid' WHERE username = 'wang'`
    })
  })

  describe('sessions', () => {
    test('the cookie is for this server’s pages alone, and the database does not hold it', async () => {
      const guest = visitor(context)
      const answer = await signIn(guest, ' CHEN ', PASSWORD)
      expect(answer).toMatchObject({ status: 200, body: { person: { username: 'chen' }, kind: 'person' } })
      const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('gridward.session='))!
      expect(cookie).toMatch(/; HttpOnly/)
      expect(cookie).toMatch(/; SameSite=Lax/)
      expect(cookie).toMatch(/; Path=\//)
      expect(cookie).not.toMatch(/Domain|Secure/)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const [token] = decodeURIComponent(guest.cookies.get('gridward.session')!).split('.')
      const [stored] = await sql()`SELECT count(*)::int AS n FROM session WHERE token = ${token!}`
      expect(stored).toEqual({ n: 0 })
      expect(await reads(guest)).toBe(200)
    })
    test('behind https the cookie is sent over https alone and cannot be set by another host', async () => {
      const guest = visitor(context, { publicUrl: 'https://grid.example.cn' })
      const answer = await signIn(guest, 'chen', PASSWORD)
      expect(answer.headers.getSetCookie().join()).toMatch(/^__Host-gridward\.session=.*; Secure/)
      expect(answer.headers.getSetCookie().join()).not.toMatch(/Domain/)
    })
    test('a cookie that somebody planted before the sign-in is not the one that counts after it', async () => {
      const attacker = visitor(context)
      await signIn(attacker, 'chen', PASSWORD)
      const planted = attacker.cookies.get('gridward.session')!
      const victim = visitor(context)
      victim.cookies.set('gridward.session', planted)
      await signIn(victim, 'chen', PASSWORD)
      expect(victim.cookies.get('gridward.session')).not.toBe(planted)
      expect(await reads(victim)).toBe(200)
      expect(await reads(attacker)).toBe(401)
    })
    test('a cookie is of no use after signing out, wherever it was copied to', async () => {
      const guest = await signedIn(context, { username: 'out', role: 'viewer', everywhere: true })
      const copy = visitor(context)
      for (const [name, value] of guest.cookies) copy.cookies.set(name, value)
      expect(await reads(copy)).toBe(200)
      expect((await guest.call('DELETE', '/session')).status).toBe(204)
      expect(guest.cookies.size).toBe(0)
      expect(await copy.call('GET', '/communities')).toMatchObject({
        status: 401,
        body: { code: 'not-signed-in', detail: expect.stringContaining('over') },
      })
      // What is public is answered all the same, and takes the cookie back.
      expect((await copy.call('GET', '/session')).body.state).toBe('anonymous')
      expect(copy.cookies.size).toBe(0)
    })
    test.each([
      ['a letter changed', (value: string) => `${value[0] === 'a' ? 'b' : 'a'}${value.slice(1)}`],
      ['its signature cut off', (value: string) => value.split('.')[0]!],
      ['another signature', (value: string) => `${value.slice(0, -10)}AAAAAAA%3D`],
      ['empty', () => ''],
      ['far too long', () => 'x'.repeat(5000)],
    ])('a cookie with %s lets nobody in', async (_what, forge) => {
      const guest = await signedIn(context, {
        username: `forged-${Math.random().toString(36).slice(2, 8)}`,
        role: 'viewer',
      })
      guest.cookies.set('gridward.session', forge(guest.cookies.get('gridward.session')!))
      expect(await reads(guest)).toBe(401)
    })
    test.each([
      ['is idle for twelve hours', `updated_at = now() - interval '12 hours 1 minute'`],
      ['began a week ago', `expires_at = now() - interval '1 second'`],
    ])('a session that %s is over', async (what, set) => {
      const guest = await signedIn(context, { username: `idle-${what.length}`, role: 'viewer' })
      expect(await reads(guest)).toBe(200)
      await sql().unsafe(`UPDATE session SET ${set} WHERE user_id = $1`, [guest.id])
      openAccess(context.deps).forget()
      expect(await reads(guest)).toBe(401)
    })
    test('one’s sessions are listed and ended; another’s are not there', async () => {
      const mine = await signedIn(context, { username: 'mine', role: 'officer' })
      const theirs = await signedIn(context, { username: 'theirs', role: 'officer' })
      const [own] = (await mine.call('GET', '/sessions')).body.sessions
      expect(own).toMatchObject({ username: 'mine', current: true, personId: mine.id })
      const [other] = (await theirs.call('GET', '/sessions')).body.sessions
      expect((await mine.call('DELETE', `/sessions/${other.id}`)).status).toBe(404)
      for (const person of [theirs.id, 'all'])
        expect((await mine.call('GET', `/sessions?person=${person}`)).status).toBe(403)
      const administrator = visitor(context)
      await signIn(administrator, 'chen', PASSWORD)
      expect((await administrator.call('GET', `/sessions?person=${theirs.id}`)).body.sessions).toMatchObject([
        { id: other.id, current: false },
      ])
      expect((await administrator.call('DELETE', `/sessions/${other.id}`)).status).toBe(204)
      expect(await reads(theirs)).toBe(401)
      expect(await reads(mine)).toBe(200)
    })
  })

  describe('passwords', () => {
    test('unknown, disabled, without a password and wrong: one answer', async () => {
      await signedIn(context, { username: 'gone', role: 'viewer' })
      await sql()`UPDATE person SET disabled_at = now(), username = 'gone' WHERE username = 'gone'`
      await sql()`INSERT INTO person (username, name, email, role, demo)
        VALUES ('demo-viewer', 'demo', 'demo-viewer@gridward.invalid', 'viewer', true)`
      // The password that is right for somebody who may not sign in.
      await sql()`UPDATE account SET password = (SELECT a.password FROM account a JOIN person p ON p.id = a.user_id
        WHERE p.username = 'chen') WHERE user_id = (SELECT id FROM person WHERE username = 'gone')`
      const answers = []
      for (const [username, password] of [
        ['nobody', PASSWORD],
        ['gone', PASSWORD],
        ['demo-viewer', PASSWORD],
        ['chen', `${PASSWORD}!`],
        ["' OR 1=1 --", PASSWORD],
      ] as const)
        answers.push(await signIn(visitor(context), username, password))
      expect(new Set(answers.map(({ body }) => JSON.stringify({ ...body, instance: '' }))).size).toBe(1)
      expect(answers[0]).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
      expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
    })
    test('a password that somebody else gave opens nothing until it is changed', async () => {
      const administrator = visitor(context)
      await signIn(administrator, 'chen', PASSWORD)
      const { password } = (
        await administrator.call('POST', '/people', {
          username: 'lin',
          name: '林',
          role: 'planner',
          everywhere: true,
        })
      ).body
      const lin = visitor(context)
      expect((await signIn(lin, 'lin', password)).body).toMatchObject({
        mustChangePassword: true,
        state: 'signed-in',
      })
      for (const [method, path] of [
        ['GET', '/communities'],
        ['GET', '/tokens'],
        ['GET', '/sessions'],
        ['POST', '/tokens'],
      ] as const)
        expect(
          await lin.call(method, path, method === 'POST' ? { name: 'x', everywhere: true } : undefined),
        ).toMatchObject({ status: 403, body: { code: 'password-change-required' } })
      const change = (current: string, next: string) =>
        lin.call('PUT', '/session/password', { current, next })
      expect(await change('not the one', 'another password')).toMatchObject({
        status: 401,
        body: { code: 'wrong-credentials' },
      })
      expect((await change(password, password)).status).toBe(422)
      expect((await change(password, 'lin-lin-lin')).status).toBe(422)
      expect(await change(password, 'tidal basin walk')).toMatchObject({
        status: 200,
        body: { mustChangePassword: false, name: 'lin' },
      })
      expect(await reads(lin)).toBe(200)
      expect((await signIn(visitor(context), 'lin', password)).status).toBe(401)
    })
    test('a changed password ends every other session, and a reset all of them', async () => {
      const [one, other, administrator] = [visitor(context), visitor(context), visitor(context)]
      await signIn(one, 'lin', 'tidal basin walk')
      await signIn(other, 'lin', 'tidal basin walk')
      expect(await reads(other)).toBe(200)
      const before = one.cookies.get('gridward.session')
      await one.call('PUT', '/session/password', { current: 'tidal basin walk', next: 'quiet river stone' })
      expect(one.cookies.get('gridward.session')).not.toBe(before)
      expect([await reads(one), await reads(other)]).toEqual([200, 401])
      await signIn(administrator, 'chen', PASSWORD)
      const { id } = (await administrator.call('GET', '/people?q=lin')).body.people[0]
      const reset = await administrator.call('POST', `/people/${id}/password-reset`)
      expect(reset.body.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
      expect(await reads(one)).toBe(401)
      expect((await signIn(visitor(context), 'lin', 'quiet river stone')).status).toBe(401)
    })
    test('guesses are held up, the right one among them, and say for how long', async () => {
      const guess = (password: string) => signIn(visitor(context), 'chen', password)
      const statuses = []
      for (let at = 0; at < 10; at++) statuses.push((await guess(`guess number ${at}`)).status)
      expect(statuses).toEqual(Array(10).fill(401))
      const held = await guess(PASSWORD)
      expect(held).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
      expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(Number(held.headers.get('retry-after'))).toBeLessThanOrEqual(600)
      expect((await signIn(visitor(context), 'nobody2', PASSWORD)).status).toBe(401)
    })
    test('the audit trail tells of sign-ins and refusals, and never what was typed', async () => {
      const entries = await sql()<{ kind: string; actor: string; text: string }[]>`
        SELECT kind, actor, event::text AS text FROM event WHERE kind LIKE 'sign-%'`
      const kinds = new Set(entries.map(({ kind }) => kind))
      expect(kinds).toEqual(new Set(['sign-in', 'sign-in-refused', 'sign-out']))
      const all = entries.map(({ text }) => text).join('\n')
      expect(all).not.toMatch(/guess number|correct horse|nobody|OR 1=1/)
    })
  })

  describe('demo mode', () => {
    const asDemo = (guest: Visitor, role: string) => guest.call('POST', '/session/demo', { role })
    test('is not there unless it is asked for', async () => {
      expect((await asDemo(visitor(context), 'administrator')).status).toBe(404)
    })
    test('one click signs in as a role; what it made lets nobody in outside it', async () => {
      const guest = visitor(context, { demo: true })
      expect((await guest.call('GET', '/session')).body.demoRoles).toHaveLength(7)
      expect((await asDemo(guest, 'kiosk')).status).toBe(422)
      expect((await asDemo(guest, 'officer')).body).toMatchObject({
        state: 'signed-in',
        role: 'officer',
        name: 'demo-officer',
        area: [],
      })
      expect((await asDemo(guest, 'administrator')).body).toMatchObject({ area: 'everywhere' })
      expect((await asDemo(guest, 'administrator')).status).toBe(200)
      const outside = visitor(context)
      for (const [name, value] of guest.cookies) outside.cookies.set(name, value)
      expect(await reads(guest)).toBe(200)
      expect(await reads(outside)).toBe(401)
    })
  })
})
