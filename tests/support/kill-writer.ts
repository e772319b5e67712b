// Writes until it is killed: each acknowledged row goes to a file at once. Started by kill-rounds.ts.
import { appendFileSync, readFileSync } from 'node:fs'
import { openDatabase } from '../../server/platform/database.ts'
import { testEnv } from './test-env.ts'

const [dataFolder, acknowledgedFile] = process.argv.slice(2) as [string, string]
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`)

const database = await openDatabase(testEnv({ dataFolder }), 'server')
const { sql } = database
await sql`CREATE TABLE IF NOT EXISTS kill_test (id integer PRIMARY KEY, half integer NOT NULL, padding text NOT NULL)`

const acknowledged = readFileSync(acknowledgedFile, 'utf8').split('\n').filter(Boolean).map(Number)
const stored = await sql<
  { id: number; rows: number }[]
>`SELECT id / 2 AS id, count(*)::int AS rows FROM kill_test GROUP BY 1`
const found = new Map(stored.map(({ id, rows }) => [id, rows]))
say({
  acknowledged: acknowledged.length,
  lost: acknowledged.filter((id) => !found.has(id)),
  halves: stored.filter(({ rows }) => rows !== 2).map(({ id }) => id),
})

// A loop: there may be more numbers than a call takes arguments.
let next = 1
for (const ids of [found.keys(), acknowledged]) for (const id of ids) next = Math.max(next, id + 1)

/** Two rows a transaction, so that half a transaction would show. */
async function writer() {
  for (;;) {
    const id = next++
    try {
      await sql.begin(async (tx) => {
        await tx`INSERT INTO kill_test VALUES (${id * 2}, 0, ${'x'.repeat((id * 37) % 3000)})`
        await tx`INSERT INTO kill_test VALUES (${id * 2 + 1}, 1, '')`
      })
      appendFileSync(acknowledgedFile, `${id}\n`)
    } catch {
      // The database was killed under the transaction: nothing was acknowledged.
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
await Promise.all([writer(), writer(), writer()])
