import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sql } from '../../server/platform/database.ts'
import { openEmbedded } from '../../server/platform/embedded/open.ts'
import { runCancellable } from '../../server/platform/run-cancellable.store.ts'
import { freshDatabase } from '../support/on-both-databases.ts'

describe.each(['embedded', 'postgres'] as const)('cancelling on one connection (%s)', (engine) => {
  const closers: (() => Promise<unknown>)[] = []
  let sql: Sql
  beforeAll(async () => {
    const fresh = await freshDatabase(engine)
    closers.push(fresh.remove)
    const common = { max: 1, onnotice: () => {} }
    if (fresh.env.databaseUrl) sql = postgres(fresh.env.databaseUrl, common) as unknown as Sql
    else {
      const embedded = await openEmbedded(fresh.env.dataFolder, 'server', () => {})
      closers.unshift(embedded.close)
      const at = { path: embedded.socketPath, host: 'localhost', database: 'postgres', username: 'postgres' }
      sql = postgres({ ...common, ...at }) as unknown as Sql
    }
    closers.unshift(() => sql.end({ timeout: 1 }))
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })

  const ask = (text: string, signal = new AbortController().signal) =>
    runCancellable<{ who: string }>(sql, text, [], signal).then(([row]) => row!.who)

  test('while it is being made: it can be used afterwards', async () => {
    const query = sql`SELECT 'never' AS who`
    const settled = Promise.allSettled([query.execute()])
    await Promise.resolve()
    await Promise.resolve()
    query.cancel()
    expect(await settled).toMatchObject([{ status: 'rejected', reason: { code: '57014' } }])
    expect(await ask(`SELECT 'next' AS who`)).toBe('next')
  }, 10_000)

  test('the middle one of pipelined queries: the others get their own answers, and it is settled', async () => {
    for (let round = 0; round < 5; round++) {
      const abort = new AbortController()
      const asked = Promise.allSettled([
        ask(`SELECT 'a' AS who, pg_sleep(0.1)`),
        ask(`SELECT 'b' AS who, pg_sleep(0.1)`, abort.signal),
        ask(`SELECT 'c' AS who`),
        ask(`SELECT 'd' AS who`),
      ])
      await new Promise((resolve) => setTimeout(resolve, 20 * round))
      abort.abort()
      expect(await asked).toMatchObject([
        { status: 'fulfilled', value: 'a' },
        { status: 'rejected' },
        { status: 'fulfilled', value: 'c' },
        { status: 'fulfilled', value: 'd' },
      ])
    }
  }, 10_000)
})
