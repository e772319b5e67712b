import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createToken } from '../../server/access/token.store.ts'
import { connect, type Database, openDatabase, type Sql } from '../../server/platform/database.ts'
import { startPostgresCluster } from '../support/postgres-cluster.ts'
import { type StartedServer, startServer } from '../support/start-server.ts'
import { testEnv } from '../support/test-env.ts'

export interface LiveServers {
  engine: 'embedded' | 'postgres'
  /** Asks the database itself, also while a server has it. */
  ask<T>(question: (sql: Sql, database: Database) => Promise<T>): Promise<T>
  /** Headers of an administrator. */
  headers: Record<string, string>
  /** A server process on this database. Port 0: a free one; a second one is there on PostgreSQL alone. */
  start(port?: number): Promise<StartedServer>
  close(): Promise<void>
}

/** Makes an empty database, and server processes on it, until it is closed. */
export async function liveServers(engine: LiveServers['engine']): Promise<LiveServers> {
  const folder = await mkdtemp(join(tmpdir(), 'gridward-live-'))
  const cluster = engine === 'postgres' ? await startPostgresCluster() : undefined
  const servers = new Set<StartedServer>()
  let databaseUrl: string | undefined
  if (cluster) {
    const admin = connect(cluster.url('postgres'), 1)
    await admin.unsafe('CREATE DATABASE live')
    await admin.end()
    databaseUrl = cluster.url('live')
  }
  const dataFolder = join(folder, 'data')
  const start = async (port = 0) => {
    const more = {
      ...{ PORT: String(port), GRIDWARD_REQUESTS_PER_SECOND: '0' },
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    }
    const server = await startServer(dataFolder, { demo: false, more })
    servers.add(server)
    return server
  }
  const ask: LiveServers['ask'] = async (question) => {
    const database = await openDatabase(testEnv({ databaseUrl, dataFolder }), 'command')
    try {
      return await question(database.sql, database)
    } finally {
      await database.close()
    }
  }
  const { secret } = await ask((sql) =>
    createToken(sql, { name: 'bench' }, { role: 'administrator' }, 'everywhere', {
      ...{ kind: 'token', name: 'bench', everywhere: true, area: [] },
    }),
  )
  return {
    engine,
    ask,
    headers: { authorization: `Bearer ${secret}` },
    start,
    async close() {
      await Promise.all([...servers].map((server) => server.stop()))
      await cluster?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Most memory that a process ever had, megabytes. */
export async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024)
}

/** Reports one hazard over HTTP. Throws when it is not taken. */
export async function reportHazard(url: string, headers: Record<string, string>, n: number): Promise<number> {
  const answer = await fetch(`${url}/api/v1/hazards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [121.4 + (n % 100) / 1000, 31.2 + Math.floor(n / 100) / 1000] },
      properties: { title: `堆物 ${n}`, categoryCode: '06036', reportedAt: new Date().toISOString() },
    }),
  })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`${answer.status} ${text}`)
  return (JSON.parse(text) as { id: number }).id
}

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!
