import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { openPhotoStore } from '../../server/photos/open-photo-store.ts'
import { connect, openDatabase } from '../../server/platform/database.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { freshDatabase } from '../support/on-both-databases.ts'

const SECURITY = new URL('../../.github/SECURITY.md', import.meta.url)

/** The statements of the guide, for a role that no other test has. */
async function statements(role: string): Promise<string> {
  const [, sql] = /```sql\n([\s\S]*?)```/.exec(await readFile(SECURITY, 'utf8'))!
  return sql!.replaceAll('gridward_app', role)
}

test('the role that the guide makes runs the server and cannot touch the audit trail', async () => {
  const { env, remove } = await freshDatabase('postgres')
  const role = `gridward_app_${process.pid}`
  const owner = connect(env.databaseUrl!, 1)
  try {
    await owner.unsafe(await statements(role))
    await owner.unsafe(`ALTER ROLE ${role} PASSWORD 'for this test'`)
    const databaseUrl = Object.assign(new URL(env.databaseUrl!), {
      username: role,
      password: 'for this test',
    }).href
    const database = await openDatabase({ ...env, databaseUrl }, 'server')
    const outbox = await startOutbox(database)
    try {
      const [who] = await database.sql<[{ name: string }]>`SELECT current_user AS name`
      expect(who.name).toBe(role)
      const app = createApp({ database, outbox, env, photos: openPhotoStore(env) }, askedBy(ADMINISTRATOR))
      const ask = (method: string, path: string, body?: unknown, headers = {}) =>
        app.request(`/api/v1${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
      const feature = {
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: [
            [120, 31],
            [120.01, 31],
          ],
        },
        properties: { name: '槐荫路', kind: 'main' },
      }
      expect((await ask('POST', '/roads', feature)).status).toBe(201)
      expect(
        (await ask('PATCH', '/roads/1', { properties: { name: '柳堤路' } }, { 'if-match': '"1"' })).status,
      ).toBe(200)
      expect((await ask('DELETE', '/roads/1', undefined, { 'if-match': '"2"' })).status).toBe(204)
      const [told] = await database.sql<[{ count: number }]>`SELECT count(*)::int AS count FROM event`
      expect(told.count).toBe(3)

      // Gives what it has to give, which is nothing.
      await database.sql.unsafe('GRANT UPDATE, DELETE, TRUNCATE ON event TO CURRENT_USER')
      const DENIED = { code: '42501' }
      for (const statement of [
        `UPDATE event SET actor = 'nobody'`,
        'DELETE FROM event',
        'TRUNCATE event',
        'DROP TABLE event',
        'ALTER TABLE event DISABLE TRIGGER ALL',
        'DROP TRIGGER only_grows ON event',
        `SET session_replication_role = 'replica'`,
      ])
        await expect(database.sql.unsafe(statement), statement).rejects.toMatchObject(DENIED)
      const [after] = await database.sql<
        [{ count: number }]
      >`SELECT count(*)::int AS count FROM event WHERE actor <> 'nobody'`
      expect(after.count).toBe(3)
    } finally {
      outbox.close()
      await database.close()
    }
  } finally {
    await owner.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`).catch(() => {})
    await owner.end()
    await remove()
  }
})
