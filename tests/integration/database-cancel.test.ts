import { once } from 'node:events'
import { connect as connectSocket, createServer, type Socket } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Sql } from '../../server/platform/database.ts'
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
  })

  test('the middle one of pipelined queries: the others get their own answers, and it is settled', async () => {
    for (let round = 0; round < 5; round++) {
      const abort = new AbortController()
      const plain = (text: string) => sql.unsafe<{ who: string }[]>(text).then(([row]) => row!.who)
      const asked = Promise.allSettled([
        plain(`SELECT 'a' AS who, pg_sleep(0.1)`),
        ask(`SELECT 'b' AS who, pg_sleep(0.4)`, abort.signal),
        plain(`SELECT 'c' AS who`),
        plain(`SELECT 'd' AS who`),
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
  })
})

const CANCEL_REQUEST = 80_877_102

/** A way to a server on which requests to cancel are slow, and nothing else. */
async function slowToCancel(url: string, delayMs: number): Promise<{ url: string; close(): void }> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connectSocket(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    far.pipe(near)
    near.once('data', (first) => {
      const isCancel = first.length === 16 && first.readInt32BE(4) === CANCEL_REQUEST
      near.pause()
      setTimeout(() => far.write(first) && near.pipe(far), isCancel ? delayMs : 0).unref()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const at = typeof address === 'object' && address ? address.port : 0
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${at}` }).href,
    close() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

// The embedded database takes a request to cancel before anything that was sent after it.
describe('a request to cancel that comes late (postgres)', () => {
  const closers: (() => unknown)[] = []
  let databaseUrl: string
  beforeAll(async () => {
    const fresh = await freshDatabase('postgres')
    databaseUrl = fresh.env.databaseUrl!
    closers.push(fresh.remove)
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })
  const slowly = async (delayMs: number, connections: number) => {
    const { url, close } = await slowToCancel(databaseUrl, delayMs)
    const sql = connect(url, connections)
    closers.unshift(() => sql.end({ timeout: 1 }), close)
    return sql
  }

  test('stops neither the statement nor the transaction that its connection has to do next', async () => {
    const sql = await slowly(500, 1)
    for (let round = 0; round < 4; round++) {
      const abort = new AbortController()
      // Over before the request to cancel comes, and long enough that it is given up in time on a busy machine.
      const read = runCancellable(sql, 'SELECT pg_sleep(0.4)', [], abort.signal)
      const refused = expect(read).rejects.toThrow()
      await new Promise((resolve) => setTimeout(resolve, 10))
      abort.abort()
      const next =
        round % 2 === 0 ? sql`SELECT pg_sleep(0.3)`.execute() : sql.begin((tx) => tx`SELECT pg_sleep(0.3)`)
      expect(await next).toHaveLength(1)
      await refused
    }
  })

  test('holds its connection no longer than the connection lives', async () => {
    const sql = await slowly(60_000, 1)
    const [{ pid }] = (await sql<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`) as [{ pid: number }]
    const abort = new AbortController()
    const read = runCancellable(sql, 'SELECT pg_sleep(0.5)', [], abort.signal)
    setTimeout(() => abort.abort(), 10)
    await expect(read).rejects.toThrow()
    const waiting = Array.from({ length: 5 }, (_, at) => sql`SELECT ${at}::int AS at`.execute())
    const other = await slowly(0, 1)
    await other`SELECT pg_terminate_backend(${pid})`
    expect((await Promise.all(waiting)).map(([row]) => row!.at)).toEqual([0, 1, 2, 3, 4])
  })
})
