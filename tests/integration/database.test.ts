import { expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'

onBothDatabases('a fresh database', (context) => {
  test('is migrated and empty', async () => {
    const [row] = await context.database.sql`SELECT count(*) AS rows FROM community`
    expect(row!.rows).toBe(0)
    expect(context.database.engine).toBe(context.engine)
  })

  test('bigint comes back as a number, jsonb as a value', async () => {
    const [row] = await context.database.sql`SELECT 9007199254740991::bigint AS id, '{"a": 1}'::jsonb AS json`
    expect(row).toEqual({ id: Number.MAX_SAFE_INTEGER, json: { a: 1 } })
  })

  test('generated columns transform, anchor and label a polygon', async () => {
    const square = 'MULTIPOLYGON(((121 31,121.01 31,121.01 31.01,121 31.01,121 31)))'
    const [row] = await context.database.sql`
      INSERT INTO community (code, name, kind, geom) VALUES ('000001001001', '测试', 'residential', ST_GeomFromText(${square}, 4326))
      RETURNING ST_X(ST_Transform(label_point, 4326)) AS lng, ST_Within(anchor, geom) AS inside, ST_SRID(geom_3857) AS srid`
    expect(row!.lng).toBeCloseTo(121.005, 4)
    expect(row).toMatchObject({ inside: true, srid: 3857 })
  })

  test('a parameter that cannot be written fails its own query, not those around it', async () => {
    const { sql } = context.database
    let answers: unknown[] = []
    const transaction = sql.begin(async (tx) => {
      const ask = (value: unknown) =>
        tx
          .unsafe('SELECT $1::timestamptz AS time', [value] as never[], { prepare: true })
          .then(([row]) => (row!.time as Date).getUTCFullYear())
          .catch((error: Error) => error.name)
      const number = (n: number) => tx`SELECT ${n}::int AS n`.then(([row]) => row!.n as number)
      // Prepared first: from then on queries are sent without waiting for the answers before.
      await Promise.all([ask('2001-01-01T00:00:00Z'), number(0)])
      answers = await Promise.all([
        number(1),
        ask('no time'),
        number(2),
        ask('2002-01-01T00:00:00Z'),
        number(3),
      ])
    })
    await expect(transaction).rejects.toThrow(RangeError)
    expect(answers).toEqual([1, 'RangeError', 2, 2002, 3])
  })
})
