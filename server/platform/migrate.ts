import { readdir, readFile } from 'node:fs/promises'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Progress, Sql } from './database.ts'

const FOLDER = new URL('../../migrations/', import.meta.url)

/** Names of the migrations that this version knows, in order. */
export async function knownMigrations(): Promise<string[]> {
  return (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()
}

export async function appliedMigrations(sql: Sql): Promise<string[]> {
  const [table] = await sql`SELECT to_regclass('gridward_migration') IS NOT NULL AS exists`
  if (!table?.exists) return []
  const rows = await sql<{ name: string }[]>`SELECT name FROM gridward_migration ORDER BY name`
  return rows.map((row) => row.name)
}

/**
 * Applies what is missing, all of it in one transaction, under a lock that other processes wait for: an upgrade that
 * fails leaves the schema as it was.
 * Throws `unavailable` when the database was written by a newer version.
 */
export async function migrate(sql: Sql, progress: Progress = () => {}): Promise<void> {
  const known = await knownMigrations()
  await refuseNewer(sql, known)
  const applied = new Set(await appliedMigrations(sql))
  if (known.every((name) => applied.has(name))) return
  await sql.begin(async (tx) => {
    await tx`SET LOCAL statement_timeout = 0`
    await tx`SELECT pg_advisory_xact_lock(hashtext('gridward_migration'))`
    await tx`CREATE EXTENSION IF NOT EXISTS postgis`
    await tx`CREATE TABLE IF NOT EXISTS gridward_migration (
      name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`
    const done = new Set(
      (await tx<{ name: string }[]>`SELECT name FROM gridward_migration`).map((row) => row.name),
    )
    for (const name of known.filter((file) => !done.has(file))) {
      progress(`Applying migration ${name}`)
      await tx.unsafe(await readFile(new URL(name, FOLDER), 'utf8'))
      await tx`INSERT INTO gridward_migration (name) VALUES (${name})`
    }
  })
}

async function refuseNewer(sql: Sql, known: string[]): Promise<void> {
  const newer = (await appliedMigrations(sql)).filter((name) => !known.includes(name))
  if (newer.length === 0) return
  throw new Problem(
    'unavailable',
    `This database was written by a newer Gridward: it has the migration ${newer.join(', ')}, this version knows up to ` +
      `${known.at(-1)}. Install the newer version, or use another database (GRIDWARD_DATA or DATABASE_URL).`,
  )
}
