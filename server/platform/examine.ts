import { existsSync, statfsSync } from 'node:fs'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { tableOf } from '../features/layer.columns.ts'
import { examinePhotos } from '../photos/examine-photos.ts'
import { type Database, openAsIs, type Progress, type Sql } from './database.ts'
import { databaseProblem } from './database-problem.ts'
import { inspectFolder } from './embedded/folder.ts'
import { findHolder } from './embedded/lock.ts'
import type { Env } from './env.ts'
import { appliedMigrations, knownMigrations } from './migrate.ts'

export interface Finding {
  check: string
  state: 'ok' | 'warning' | 'error'
  found: string
  /** What to do about it. */
  todo?: string
}

const LOW_DISK_BYTES = 1_000_000_000
const POSTGRES_MINIMUM = 150_000
const POSTGIS_MINIMUM = [3, 3] as const

/**
 * Looks at photo store, engine, extensions, migrations and data, and says what to do; changes nothing. A later check that cannot be
 * made because an earlier one failed is left out.
 */
export async function examine(env: Env, progress: Progress): Promise<Finding[]> {
  const findings: Finding[] = []
  if (!env.databaseUrl) {
    const { findings: folder, usable } = examineFolder(env.dataFolder)
    findings.push(...folder)
    if (!usable) return findings
  }
  findings.push(await examinePhotoStore(env))
  let database: Database | undefined
  try {
    database = await openAsIs(env, 'command', progress)
    findings.push(await examineEngine(database.sql, env))
    findings.push(await examinePostgis(database.sql))
    const { finding, current } = await examineMigrations(database.sql)
    findings.push(finding)
    if (current) findings.push(...(await examineData(database.sql)))
  } catch (error) {
    const todo = env.databaseUrl
      ? 'Check DATABASE_URL, that PostgreSQL runs, and that this user may connect.'
      : 'The message says what to do.'
    findings.push({
      check: 'connection',
      state: 'error',
      found: databaseProblem(error)?.message ?? String((error as Error).message || error),
      todo,
    })
  } finally {
    await database?.close()
  }
  return findings
}

function examineFolder(folder: string): { findings: Finding[]; usable: boolean } {
  try {
    const state = inspectFolder(folder)
    if (state !== 'complete') {
      const found =
        state === 'empty' ? `${folder} holds no database yet` : `creating ${folder} was interrupted`
      const todo = '“npm start” or “npx gridward migrate” creates it.'
      return { findings: [{ check: 'data folder', state: 'warning', found, todo }], usable: false }
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { findings: [{ check: 'data folder', state: 'error', found: error.message }], usable: false }
  }
  const holder = findHolder(folder)
  const use = holder
    ? `in use by a ${holder.role}, process ${holder.parentPid}, since ${holder.since}`
    : 'not in use'
  const findings: Finding[] = [{ check: 'data folder', state: 'ok', found: `${folder}, ${use}` }]
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : '.')
  const free = bavail * bsize
  findings.push({
    check: 'disk',
    found: `${(free / 1e9).toFixed(1)} GB free`,
    ...(free < LOW_DISK_BYTES
      ? { state: 'warning', todo: 'Free at least 1 GB, or move the folder and name it with GRIDWARD_DATA.' }
      : { state: 'ok' }),
  })
  return { findings, usable: true }
}

async function examinePhotoStore(env: Env): Promise<Finding> {
  const { place, problem } = await examinePhotos(env)
  const check = 'photos'
  return problem ? { check, state: 'error', found: problem } : { check, state: 'ok', found: place }
}

async function examineEngine(sql: Sql, env: Env): Promise<Finding> {
  const [row] = await sql`SELECT current_setting('server_version') AS version,
    current_setting('server_version_num')::int AS number, pg_size_pretty(pg_database_size(current_database())) AS size`
  const kind = env.databaseUrl ? 'PostgreSQL' : 'embedded PostgreSQL'
  const found = `${kind} ${row!.version}, ${row!.size}`
  if (row!.number >= POSTGRES_MINIMUM) return { check: 'engine', state: 'ok', found }
  return { check: 'engine', state: 'error', found, todo: 'Gridward needs PostgreSQL 15 or newer.' }
}

async function examinePostgis(sql: Sql): Promise<Finding> {
  const check = 'PostGIS'
  const [row] = await sql`SELECT extversion AS version FROM pg_extension WHERE extname = 'postgis'`
  if (!row) {
    const todo = '“npx gridward migrate” adds it; the package is named like postgresql-15-postgis-3.'
    return { check, state: 'error', found: 'not in this database', todo }
  }
  const [major = 0, minor = 0] = String(row.version).split('.').map(Number)
  const [wantedMajor, wantedMinor] = POSTGIS_MINIMUM
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) {
    return { check, state: 'ok', found: row.version }
  }
  return {
    check,
    state: 'error',
    found: row.version,
    todo: 'Install PostGIS 3.3 or newer, then ALTER EXTENSION postgis UPDATE.',
  }
}

async function examineMigrations(sql: Sql): Promise<{ finding: Finding; current: boolean }> {
  const check = 'migrations'
  const [known, applied] = await Promise.all([knownMigrations(), appliedMigrations(sql)])
  const newer = applied.filter((name) => !known.includes(name))
  const missing = known.filter((name) => !applied.includes(name))
  if (newer.length > 0) {
    const todo = 'A newer Gridward wrote this database: install that version, or use another database.'
    return {
      finding: { check, state: 'error', found: `not known here: ${newer.join(', ')}`, todo },
      current: false,
    }
  }
  if (missing.length > 0) {
    const todo = '“npx gridward migrate”, or start the server, which does it.'
    return {
      finding: { check, state: 'warning', found: `not applied: ${missing.join(', ')}`, todo },
      current: false,
    }
  }
  return {
    finding: { check, state: 'ok', found: `${applied.length}, up to ${applied.at(-1)}` },
    current: true,
  }
}

async function examineData(sql: Sql): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [layer, { geometry }] of Object.entries(LAYERS) as [LayerId, (typeof LAYERS)[LayerId]][]) {
    const table = sql(tableOf(layer))
    const invalid = geometry === 'Point' ? sql`0` : sql`count(*) FILTER (WHERE NOT ST_IsValid(geom))`
    const unassigned = ['buildings', 'facilities', 'checkpoints', 'hazards'].includes(layer)
      ? sql`count(*) FILTER (WHERE community_id IS NULL)`
      : sql`0`
    const [row] =
      await sql`SELECT count(*) AS rows, ${invalid} AS invalid, ${unassigned} AS unassigned FROM ${table}`
    const { rows, invalid: bad, unassigned: outside } = row as unknown as Record<string, number>
    const found = [
      `${rows}`,
      bad ? `${bad} invalid` : '',
      outside ? `${outside} outside every community` : '',
    ]
    const todo = [
      bad ? 'The topology report of each community names the invalid shapes: draw or import them again.' : '',
      outside ? 'Draw or import the communities that hold them; the cell is then found by location.' : '',
    ]
    findings.push({
      check: layer,
      state: bad ? 'warning' : 'ok',
      found: found.filter(Boolean).join(', '),
      ...(bad || outside ? { todo: todo.filter(Boolean).join(' ') } : {}),
    })
  }
  return findings
}
