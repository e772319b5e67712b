import postgres, { type Sql } from 'postgres'
import { Problem } from '../../geodata/shared/problem.ts'
import { type EmbeddedRole, openEmbedded } from './embedded/open.ts'
import type { Env } from './env.ts'
import { migrate } from './migrate.ts'
import { isPostgresPatched } from './patch-postgres.js'

export type { Sql, TransactionSql } from 'postgres'

export interface Database {
  /** Reads and writes. bigint columns come back as numbers: ids stay below 2^53. */
  sql: Sql
  /** Reads that may lag a little: the replica of DATABASE_READ_URL, else the same as sql. */
  read: Sql
  engine: 'embedded' | 'postgres'
  /** Has ST_AsMVT: false for the embedded engine, whose tiles are encoded in JavaScript. */
  hasMvt: boolean
  /** Resolves when the embedded database ended by itself; undefined for PostgreSQL, which is connected to anew. */
  lost: Promise<Problem> | undefined
  close(): Promise<void>
}

export type Progress = (message: string) => void

const common = {
  onnotice: () => {},
  connection: { application_name: 'gridward', TimeZone: 'UTC' },
  types: {
    bigint: {
      to: 20,
      from: [20],
      parse: (text: string) => Number(text),
      serialize: (value: number) => String(value),
    },
  },
}

// PostGIS functions are priced so high that the planner compiles short queries: jit costs them more than it saves.
// Ranking the shapes of a tile of a big town takes 5 MB, a little more than work_mem has by default.
export const connect = (url: string, max = 10, statementSeconds = 0): Sql =>
  postgres(url, {
    ...common,
    connection: {
      ...common.connection,
      jit: 'off',
      work_mem: '16MB',
      ...(statementSeconds > 0 ? { statement_timeout: statementSeconds * 1000 } : {}),
    },
    max,
    idle_timeout: 60,
  }) as unknown as Sql

/** Opens the database that the environment names and brings its schema up to date. */
export async function openDatabase(
  env: Env,
  role: EmbeddedRole,
  progress: Progress = () => {},
): Promise<Database> {
  const database = await openAsIs(env, role, progress)
  try {
    await migrate(database.sql, progress)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Opens the database without looking at its schema: for the doctor. */
export async function openAsIs(env: Env, role: EmbeddedRole, progress: Progress): Promise<Database> {
  requirePatch()
  return env.databaseUrl ? openPostgres(env, role) : openEmbeddedDatabase(env, role, progress)
}

/** Without its changes the driver may give one request the answer of another. */
function requirePatch(): void {
  if (isPostgresPatched()) return
  throw new Problem(
    'unavailable',
    'The package postgres lacks the changes that Gridward makes to it. Run “npm run prepare”, or “npm start”, which does it.',
  )
}

function requireUrl(variable: string, url: string): void {
  if (/^postgres(ql)?:\/\//i.test(url)) return
  // The value is not shown: it may hold a password.
  throw new Problem(
    'invalid-parameter',
    `${variable} is not like postgres://user:password@host:5432/database. Correct it, or leave it out.`,
  )
}

/** What takes longer on purpose says so itself: SET LOCAL statement_timeout = 0. Commands take as long as they need. */
const STATEMENT_SECONDS = 60

function openPostgres(env: Env, role: EmbeddedRole): Database {
  requireUrl('DATABASE_URL', env.databaseUrl!)
  if (env.databaseReadUrl) requireUrl('DATABASE_READ_URL', env.databaseReadUrl)
  const seconds = role === 'server' ? Math.max(STATEMENT_SECONDS, env.limits.requestSeconds * 2) : 0
  const sql = connect(env.databaseUrl!, undefined, seconds)
  const read = env.databaseReadUrl ? connect(env.databaseReadUrl, undefined, seconds) : sql
  return {
    sql,
    read,
    engine: 'postgres',
    hasMvt: true,
    lost: undefined,
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), read === sql ? undefined : read.end({ timeout: 5 })])
    },
  }
}

async function openEmbeddedDatabase(env: Env, role: EmbeddedRole, progress: Progress): Promise<Database> {
  const embedded = await openEmbedded(env.dataFolder, role, progress)
  const sql = postgres({
    ...common,
    path: embedded.socketPath,
    host: 'localhost',
    database: 'postgres',
    username: 'postgres',
    max: 4,
  }) as unknown as Sql
  return {
    sql,
    read: sql,
    engine: 'embedded',
    hasMvt: false,
    lost: embedded.lost,
    close: async () => {
      await sql.end({ timeout: 5 })
      await embedded.close()
    },
  }
}
