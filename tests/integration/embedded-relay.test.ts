import { createConnection } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Embedded, openEmbedded } from '../../server/platform/embedded/open.ts'
import { message, startupMessage } from '../../server/platform/embedded/wire.ts'
import { freshDatabase } from '../support/on-both-databases.ts'

describe('many connections share the one embedded backend', () => {
  let embedded: Embedded
  let remove: () => Promise<void>
  const open: postgres.Sql[] = []
  const client = (options: postgres.Options<Record<string, never>> = {}) => {
    const sql = postgres({
      path: embedded.socketPath,
      host: 'localhost',
      database: 'postgres',
      username: 'postgres',
      max: 1,
      onnotice: () => {},
      ...options,
    })
    open.push(sql)
    return sql
  }
  beforeAll(async () => {
    const fresh = await freshDatabase('embedded')
    remove = fresh.remove
    embedded = await openEmbedded(fresh.env.dataFolder, 'server', () => {})
    await client()`CREATE TABLE counter (id integer PRIMARY KEY, value integer NOT NULL)`
  })
  afterAll(async () => {
    await Promise.all(open.map((sql) => sql.end({ timeout: 1 })))
    await embedded.close()
    await remove()
  })

  test.each([true, false])(
    'eight clients that read and write in transactions lose no update (prepared: %s)',
    async (prepare) => {
      const sql = client()
      await sql`INSERT INTO counter VALUES (1, 0) ON CONFLICT (id) DO UPDATE SET value = 0`
      const work = Array.from({ length: 8 }, async (_, who) => {
        const own = client({ prepare })
        for (let round = 0; round < 15; round++) {
          await own.begin(async (tx) => {
            const [row] = await tx`SELECT value FROM counter WHERE id = 1`
            await new Promise((resolve) => setTimeout(resolve, who % 3))
            await tx`UPDATE counter SET value = ${row!.value + 1} WHERE id = 1`
          })
          const [mine] = await own`SELECT ${who}::int AS who, ${`${who}/${round}`} AS text`
          expect(mine).toEqual({ who, text: `${who}/${round}` })
        }
      })
      await Promise.all(work)
      expect(await sql`SELECT value FROM counter`).toEqual([{ value: 120 }])
    },
  )

  test.each([true, false])(
    'a statement that cannot be read leaves the next query of its connection with its own rows (prepared: %s)',
    async (prepare) => {
      const sql = client()
      for (let round = 0; round < 3; round++) {
        const bad = sql.unsafe(`SELECT nothing_${round} + $1::int`, [1], { prepare })
        await expect(bad).rejects.toMatchObject({ code: '42703' })
        expect([...(await sql.unsafe('SELECT $1::int AS n', [round], { prepare }))]).toEqual([{ n: round }])
      }
    },
  )

  test('a refused row does not empty the answers to queries that were sent behind it', async () => {
    const sql = client()
    await sql`INSERT INTO counter VALUES (2, 0) ON CONFLICT DO NOTHING`
    await sql`SELECT ${1}::int AS n`
    const again = () => sql`INSERT INTO counter VALUES (2, 0)`.catch(({ code }: { code: string }) => code)
    const ask = (n: number) => sql`SELECT ${n}::int AS n`.then(([row]) => row?.n)
    expect(await Promise.all([ask(1), again(), ask(2), ask(3), again(), ask(4)])).toEqual([
      1,
      '23505',
      2,
      3,
      '23505',
      4,
    ])
  })

  test('the portal of a cursor is not run over by another client', async () => {
    const [reader, other] = [client(), client()]
    const seen: number[] = []
    const noise = Array.from({ length: 30 }, (_, at) => other`SELECT ${at}::int AS at`)
    await reader`SELECT generate_series(1, 1000) AS n`.cursor(100, async (rows) => {
      await new Promise((resolve) => setTimeout(resolve, 2))
      seen.push(...rows.map(({ n }) => n))
    })
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1))
    expect((await Promise.all(noise)).map(([row]) => row!.at)).toEqual(noise.map((_, at) => at))
  })

  test('a statement that fails leaves its connection and the others working', async () => {
    const [failing, other] = [client(), client()]
    const results = await Promise.allSettled([
      failing`SELECT 1/${0}::int AS no`,
      other`SELECT 1 AS fine`,
      failing`SELECT 2 AS after`,
      failing.begin(async (tx) => {
        await tx`INSERT INTO counter VALUES (50, 1)`
        await tx`SELECT * FROM missing`
      }),
      other`SELECT 3 AS last`,
    ])
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(await other`SELECT 1 FROM counter WHERE id = 50`).toHaveLength(0)
  })

  test('a client that vanishes in its transaction is rolled back and holds nobody up', async () => {
    const socket = createConnection(embedded.socketPath)
    socket.write(startupMessage({ user: 'postgres', database: 'postgres' }))
    socket.write(message('Q', 'BEGIN; INSERT INTO counter VALUES (60, 1)'))
    await new Promise<void>((resolve) => {
      let answer = Buffer.alloc(0)
      socket.on('data', (chunk) => {
        answer = Buffer.concat([answer, chunk as Buffer])
        if (answer.includes('INSERT')) resolve()
      })
    })
    const waiting = client()`SELECT count(*)::int AS rows FROM counter WHERE id = 60`
    socket.destroy()
    expect(await waiting).toEqual([{ rows: 0 }])
  })

  test('a request that waits its turn can be cancelled', async () => {
    const [holder, other] = [client(), client()]
    await other`SELECT 1`
    let cancelled: PromiseSettledResult<unknown> | undefined
    await holder.begin(async (tx) => {
      await tx`SELECT 1`
      const query = other`SELECT 2`
      const settled = Promise.allSettled([query.execute()])
      await new Promise((resolve) => setTimeout(resolve, 50))
      query.cancel()
      ;[cancelled] = await settled
    })
    expect(cancelled).toMatchObject({ status: 'rejected', reason: { code: '57014' } })
    expect(await other`SELECT 4 AS works`).toEqual([{ works: 4 }])
  })

  test('a parameter and an answer of many megabytes arrive whole', async () => {
    const text = 'かな字母'.repeat(700_000)
    const [row] = await client()`SELECT ${text} || 'x' AS text`
    expect(row!.text.length).toBe(text.length + 1)
    expect(row!.text === `${text}x`).toBe(true)
  })

  test('prepared statements go with the connection that made them', async () => {
    const brief = client()
    await brief`SELECT ${1}::int + ${2}::int AS sum_of_a_brief_client`
    const other = client()
    const remembered = async () =>
      (
        await other`SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%sum_of_a_brief_client%'
        AND statement NOT LIKE '%pg_prepared_statements%'`
      ).length
    expect(await remembered()).toBe(1)
    await brief.end()
    await expect.poll(remembered, { timeout: 30_000 }).toBe(0)
  })

  test('bytes that are not the protocol end that connection alone', async () => {
    const socket = createConnection(embedded.socketPath)
    socket.write('GET / HTTP/1.1\r\n\r\n')
    await new Promise((resolve) => socket.once('close', resolve).resume())
    expect(await client()`SELECT 1 AS fine`).toEqual([{ fine: 1 }])
  })
})
