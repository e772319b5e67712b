import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase, type Sql } from '../../server/platform/database.ts'
import { copyTemplate } from './embedded-template.ts'
import { testEnv } from './test-env.ts'

/** What a database holds, in a form that goes from the global setup to a worker. */
export interface Contents {
  /** Tables, columns, checks, indexes, functions, triggers and roles in one figure. */
  catalogue: string
  /** Rows as PostgreSQL writes them: nothing is lost on the way. */
  tables: { name: string; columns: string; rows: string[] }[]
  sequences: { name: string; value: number; isCalled: boolean }[]
  /** Triggers that refuse to let anything be deleted, whoever asks. */
  guards: { name: string; table: string }[]
}

export interface SharedEngines {
  /** For each worker the data folder of a running embedded database, to be joined as a command does. */
  folders: string[]
  asNew: Contents
}

/** Starts an embedded database for each worker, which lasts for all its files: starting one costs seconds. */
export async function startSharedEngines(
  template: string,
  count: number,
): Promise<SharedEngines & { stop(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'gridward-engines-'))
  const engines: Database[] = []
  const stop = async () => {
    await Promise.all(engines.map((engine) => engine.close()))
    await rm(parent, { recursive: true, force: true })
  }
  try {
    const folders = Array.from({ length: count }, (_, worker) => join(parent, String(worker)))
    await Promise.all(
      folders.map(async (dataFolder) => {
        await copyTemplate(template, dataFolder)
        engines.push(await openDatabase(testEnv({ dataFolder }), 'server'))
      }),
    )
    return { folders, asNew: await contentsOf(engines[0]!.sql), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Everything that a test may leave in a database, and its tables. */
export async function contentsOf(sql: Sql): Promise<Contents> {
  const tables: Contents['tables'] = []
  for (const { name, columns } of await sql<{ name: string; columns: string }[]>`
    SELECT c.relname AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'spatial_ref_sys'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname`) {
    const rows = await sql.unsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`)
    tables.push({ name, columns, rows: rows.map(({ row }) => row) })
  }
  const sequences: Contents['sequences'] = []
  for (const { name } of await sql<{ name: string }[]>`
    SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY relname`) {
    const [state] = await sql.unsafe<{ value: number; isCalled: boolean }[]>(
      `SELECT last_value AS value, is_called AS "isCalled" FROM "${name}"`,
    )
    sequences.push({ name, ...state! })
  }
  const guards = await sql<Contents['guards']>`
    SELECT t.tgname AS name, c.relname AS table FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgenabled = 'A' AND NOT t.tgisinternal ORDER BY t.tgname, c.relname`
  return { catalogue: await catalogueOf(sql), tables, sequences, guards: [...guards] }
}

/** Makes a shared engine as it was in the beginning. False when its tables were changed: then it is of no use. */
export const makeAsNew = (dataFolder: string, asNew: Contents): Promise<boolean> =>
  joined(dataFolder, async (sql) => {
    if ((await catalogueOf(sql)) !== asNew.catalogue) return false
    await restoreRows(sql, asNew)
    await rm(join(dataFolder, 'photos'), { recursive: true, force: true })
    return true
  })

/** Whether a shared engine has the tables that it had in the beginning; rows do not matter. */
export const hasTablesAsNew = (dataFolder: string, { catalogue }: Contents): Promise<boolean> =>
  joined(dataFolder, async (sql) => (await catalogueOf(sql)) === catalogue)

async function joined<T>(dataFolder: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const database = await openDatabase(testEnv({ dataFolder }), 'command')
  return work(database.sql).finally(() => database.close())
}

async function restoreRows(sql: Sql, { tables, sequences, guards }: Contents): Promise<void> {
  await sql.begin(async (tx) => {
    // Neither triggers nor the order of references.
    await tx`SET LOCAL session_replication_role = replica`
    for (const { name, table } of guards) await tx.unsafe(`ALTER TABLE "${table}" DISABLE TRIGGER "${name}"`)
    const used = await tx<{ name: string }[]>`
      SELECT quote_ident(relname) AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'spatial_ref_sys'
        AND pg_relation_size(oid) > 0`
    // Those that refer to them and were not used are empty anyway.
    await tx.unsafe(`TRUNCATE ${used.map(({ name }) => name).join(', ')} CASCADE`)
    for (const { name, columns, rows } of tables)
      if (rows.length > 0)
        await tx.unsafe(
          `INSERT INTO "${name}" (${columns}) OVERRIDING SYSTEM VALUE
           SELECT ${columns} FROM (SELECT (row::"${name}").* FROM unnest($1::text[]) row) rows`,
          [rows],
        )
    for (const { name, value, isCalled } of sequences)
      await tx`SELECT setval(${`"${name}"`}::regclass, ${value}, ${isCalled})`
    for (const { name, table } of guards)
      await tx.unsafe(`ALTER TABLE "${table}" ENABLE ALWAYS TRIGGER "${name}"`)
    // What was learned of other rows would choose other plans.
    await tx`DELETE FROM pg_statistic WHERE starelid IN (
      SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)`
  })
  // It does this by itself only when it closes; until then the files of what was thrown away stay.
  await sql`CHECKPOINT`
}

async function catalogueOf(sql: Sql): Promise<string> {
  const [row] = await sql<{ figure: string }[]>`
    SELECT concat_ws(' ',
      (SELECT md5(string_agg(concat_ws(' ', relname, relkind, relnatts, relchecks, relowner, relacl), ',' ORDER BY oid))
        FROM pg_class WHERE relnamespace = 'public'::regnamespace),
      (SELECT md5(string_agg(concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum))
        FROM pg_attribute WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)),
      (SELECT md5(string_agg(concat_ws(' ', proname, md5(prosrc)), ',' ORDER BY oid))
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
      (SELECT md5(string_agg(concat_ws(' ', tgname, tgenabled), ',' ORDER BY oid)) FROM pg_trigger),
      (SELECT md5(string_agg(concat_ws(' ', conname, convalidated), ',' ORDER BY oid)) FROM pg_constraint),
      (SELECT md5(string_agg(nspname, ',' ORDER BY oid)) FROM pg_namespace),
      (SELECT md5(string_agg(rolname, ',' ORDER BY oid)) FROM pg_roles),
      (SELECT count(*) FROM pg_db_role_setting),
      (SELECT count(*) FROM spatial_ref_sys)) AS figure`
  return row!.figure
}
