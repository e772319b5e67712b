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

  // The embedded database does not end a statement that it has begun: that is given up before its end.
  test('the middle one of pipelined queries: the others get their own answers, and it is settled', async () => {
    for (let round = 0; round < 5; round++) {
      const abort = new AbortController()
      const plain = (text: string) => sql.unsafe<{ who: string }[]>(text).then(([row]) => row!.who)
      const asked = Promise.allSettled([
        plain(`SELECT 'a' AS who, pg_sleep(0.1)`),
        ask(`SELECT 'b' AS who, pg_sleep(${engine === 'embedded' ? 0.8 : 5})`, abort.signal),
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

/** A way to a server on which requests to cancel stay until they are let through, and nothing else. */
async function holdingCancels(url: string) {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  const held: (() => void)[] = []
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
      const pass = () => void (far.write(first) && near.pipe(far))
      if (isCancel) held.push(pass)
      else pass()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const at = typeof address === 'object' && address ? address.port : 0
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${at}` }).href,
    held,
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
  let other: Sql
  beforeAll(async () => {
    const fresh = await freshDatabase('postgres')
    databaseUrl = fresh.env.databaseUrl!
    other = connect(databaseUrl, 1)
    closers.push(() => other.end({ timeout: 1 }), fresh.remove)
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })
  const holding = async () => {
    const { url, held, close } = await holdingCancels(databaseUrl)
    const sql = connect(url, 1)
    closers.unshift(() => sql.end({ timeout: 1 }), close)
    return { sql, held }
  }
  const waitingForLock = async () =>
    (
      await other`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    ).length

  /** A read that is given up while it waits, and ends by itself once `unlock` was called; its request to cancel is held. */
  async function givenUpRead(sql: Sql, held: unknown[]) {
    await other`SELECT pg_advisory_lock(7)`
    const abort = new AbortController()
    const read = runCancellable(sql, 'SELECT pg_advisory_xact_lock(7)', [], abort.signal)
    const refused = expect(read).rejects.toThrow()
    await expect.poll(waitingForLock).toBe(1)
    abort.abort()
    await expect.poll(() => held.length).toBe(1)
    return { refused, unlock: () => other`SELECT pg_advisory_unlock(7)`.execute() }
  }

  test('stops neither the statement nor the transaction that its connection has to do next', async () => {
    const { sql, held } = await holding()
    for (let round = 0; round < 4; round++) {
      const { refused, unlock } = await givenUpRead(sql, held)
      const next =
        round % 2 === 0 ? sql`SELECT pg_sleep(0.3)`.execute() : sql.begin((tx) => tx`SELECT pg_sleep(0.3)`)
      await unlock()
      await expect.poll(waitingForLock).toBe(0)
      held.pop()!()
      expect(await next).toHaveLength(1)
      await refused
    }
  })

  test('holds its connection no longer than the connection lives', async () => {
    const { sql, held } = await holding()
    const [{ pid }] = (await sql<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`) as [{ pid: number }]
    const { refused, unlock } = await givenUpRead(sql, held)
    await unlock()
    await refused
    const waiting = Array.from({ length: 5 }, (_, at) => sql`SELECT ${at}::int AS at`.execute())
    await other`SELECT pg_terminate_backend(${pid})`
    expect((await Promise.all(waiting)).map(([row]) => row!.at)).toEqual([0, 1, 2, 3, 4])
  })
})
