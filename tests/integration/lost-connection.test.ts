import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database, openDatabase } from '../../server/platform/database.ts'
import { freshDatabase } from '../support/on-both-databases.ts'

// PostgreSQL alone: a server opens the embedded database anew, with a new pool.
let database: Database
let other: ReturnType<typeof connect>
let remove: () => Promise<void>
beforeAll(async () => {
  const fresh = await freshDatabase('postgres')
  remove = fresh.remove
  database = await openDatabase(fresh.env, 'server')
  other = connect(fresh.env.databaseUrl!, 1)
})
afterAll(async () => {
  await other.end()
  await database.close()
  await remove()
})

const untilItWorks = async <T>(query: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries++) {
    try {
      return await query()
    } catch (error) {
      if (tries === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

test('connections lost in mid-transaction fail that transaction alone, and the whole pool works again', async () => {
  const { sql } = database
  await sql`CREATE TABLE lost (id integer)`
  for (let round = 0; round < 3; round++) {
    let began = 0
    const work = Array.from({ length: 8 }, () =>
      sql.begin(async (tx) => {
        for (let row = 0; ; row++) {
          await tx`INSERT INTO lost VALUES (${row})`
          if (row === 3) began++
        }
      }),
    )
    const settled = Promise.allSettled(work)
    while (began < work.length) await new Promise((resolve) => setTimeout(resolve, 5))
    // What a restart of the database does to every connection of the pool.
    await other`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`
    expect(new Set((await settled).map(({ status }) => status))).toEqual(new Set(['rejected']))
    expect(await untilItWorks(() => sql`SELECT count(*) AS rows FROM lost`)).toEqual([{ rows: 0 }])
  }
  const everyConnection = Array.from({ length: 30 }, (_, at) =>
    untilItWorks(() => sql`SELECT ${at}::int AS at`),
  )
  expect((await Promise.all(everyConnection)).map(([row]) => row!.at)).toEqual(
    everyConnection.map((_, at) => at),
  )
})
