import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { connect, openDatabase } from '../../server/platform/database.ts'
import { testEnv } from '../support/test-env.ts'

test('a role that owns the database, and is no superuser, can do all but change the audit trail', async () => {
  const name = `plain_${randomUUID().slice(0, 8)}`
  const maintenance = new URL(inject('postgresUrl'))
  const address = (user: string) =>
    Object.assign(new URL(maintenance), { username: user, pathname: `/${name}` }).href
  const dataFolder = await mkdtemp(join(tmpdir(), 'gridward-test-'))
  const admin = connect(maintenance.href, 1)
  try {
    await admin.unsafe(`CREATE ROLE ${name} LOGIN`)
    await admin.unsafe(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0`)
    const superuser = connect(address(maintenance.username), 1)
    await superuser`CREATE EXTENSION postgis`
    await superuser.end()
    const database = await openDatabase(testEnv({ databaseUrl: address(name), dataFolder }), 'server')
    try {
      const { sql } = database
      await seedDemo(database, { buildings: 100 })
      await seedDemo(database, { buildings: 100, seed: 2, replace: true })
      const [before] = await sql`SELECT count(*), max(id) AS last FROM event`
      expect(before!.count).toBeGreaterThan(10)
      for (const statement of [`UPDATE event SET actor = 'nobody'`, 'DELETE FROM event', 'TRUNCATE event'])
        await expect(sql.unsafe(statement), statement).rejects.toMatchObject({
          code: '42501',
          message: 'permission denied for table event',
        })
      // Were the right given back, the trigger would still stand.
      await sql.unsafe(`GRANT UPDATE, DELETE, TRUNCATE ON event TO ${name}`)
      for (const statement of [`UPDATE event SET actor = 'nobody'`, 'DELETE FROM event', 'TRUNCATE event'])
        await expect(sql.unsafe(statement), statement).rejects.toMatchObject({
          code: '42501',
          message: expect.stringContaining('only grows'),
        })
      expect((await sql`SELECT count(*), max(id) AS last FROM event`)[0]).toEqual(before)
    } finally {
      await database.close()
    }
  } finally {
    await admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.unsafe(`DROP ROLE IF EXISTS ${name}`)
    await admin.end()
    await rm(dataFolder, { recursive: true, force: true })
  }
})
