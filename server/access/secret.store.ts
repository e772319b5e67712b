import { randomBytes } from 'node:crypto'
import type { Sql } from '../platform/database.ts'

/** What cookies are signed with: of the environment, else made once and kept in the database. */
export async function readSecret(sql: Sql, given: string | undefined): Promise<string> {
  if (given) return given
  const made = randomBytes(32).toString('base64url')
  await sql`INSERT INTO secret (name, value) VALUES ('session', ${made}) ON CONFLICT (name) DO NOTHING`
  const [row] = await sql<[{ value: string }]>`SELECT value FROM secret WHERE name = 'session'`
  return row.value
}
