import { createServer as createProbe } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Problem } from '../geodata/shared/problem.ts'
import { type Database, openDatabase, type Progress } from './platform/database.ts'
import type { Env } from './platform/env.ts'
import { isLoopback } from './platform/public-address.ts'

/** Of a request's headers; its address is among them. */
const MAX_HEADER_BYTES = 32 * 1024
/** How long a request may take to come in whole: an import of 512 MB over a slow line. Routes limit themselves. */
const REQUEST_TIMEOUT_MS = 3_600_000
/** How long requests that are being answered may take once the server was told to stop. */
const DRAIN_MS = 3000

export interface Running {
  /** Where it listens, e.g. http://127.0.0.1:8787 */
  url: string
  /** Where people find it: GRIDWARD_URL, else the same. */
  publicUrl: string
  database: Database
  /** Stops accepting, lets answers finish, closes the database. Safe to call more than once. */
  stop(drainMs?: number): Promise<void>
}

/**
 * Opens the database, prepares it, wires the parts and listens. Resolves when requests are answered. Throws a Problem when HOST
 * lets other machines in and GRIDWARD_URL is not set, the port is taken or the database cannot be opened.
 */
export async function serve(
  env: Env,
  progress: Progress = () => {},
  prepare: (database: Database) => Promise<void> = async () => {},
): Promise<Running> {
  requirePublicUrl(env, progress)
  await requireFreePort(env)
  // Some hundred files, read while the database opens.
  const loading = import('./start-parts.ts')
  loading.catch(() => {})
  const database = await openDatabase(env, 'server', progress)
  try {
    await prepare(database)
    const { startParts } = await loading
    const { app, end } = await startParts(database, env)
    const server = createAdaptorServer({
      fetch: app.fetch,
      hostname: env.host,
      serverOptions: { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: REQUEST_TIMEOUT_MS },
    })
    const port = await new Promise<number>((resolve, reject) => {
      server.once('error', (error) => reject(listenProblem(env, error)))
      server.listen(env.port, env.host, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : env.port)
      })
    })
    const stop = async (drainMs: number) => {
      const drained = new Promise<void>((resolve) => server.close(() => resolve()))
      end()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), drainMs)
      await drained
      clearTimeout(cut)
      await database.close()
    }
    let stopping: Promise<void> | undefined
    const url = `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`
    return {
      url,
      publicUrl: env.publicUrl ?? url,
      database,
      stop: (drainMs = DRAIN_MS) => (stopping ??= stop(drainMs)),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

function requirePublicUrl({ host, publicUrl }: Env, progress: Progress): void {
  if (!isLoopback(host) && publicUrl === undefined)
    throw new Problem(
      'invalid-parameter',
      `HOST=${host} lets other machines in, and the server must know under which address: requests that name another ` +
        'are refused. Set GRIDWARD_URL, e.g. GRIDWARD_URL=https://grid.example.cn, or leave HOST out.',
    )
  if (publicUrl?.startsWith('http:') && !isLoopback(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')))
    progress(
      `${publicUrl} is not encrypted: whoever is on the way reads passwords and data, and can change them. ` +
        'Put a proxy with TLS in front and set GRIDWARD_URL to its https address',
    )
}

/** Finds a taken port before the database is opened, which takes seconds. */
function requireFreePort(env: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createProbe()
    probe.once('error', (error) => reject(listenProblem(env, error)))
    probe.listen(env.port, env.host, () => probe.close(() => resolve()))
  })
}

function listenProblem({ host, port }: Env, error: NodeJS.ErrnoException): Problem {
  if (error.code === 'EADDRINUSE') {
    return new Problem(
      'unavailable',
      `Port ${port} on ${host} is used by another program, perhaps a Gridward that is already running. ` +
        `Stop it, or choose another port: PORT=${port + 1}.`,
    )
  }
  if (error.code === 'EACCES') {
    return new Problem(
      'unavailable',
      `This user may not listen on port ${port}. Choose one above 1023 (PORT).`,
    )
  }
  return new Problem('unavailable', `Cannot listen on ${host}:${port}: ${error.message}.`)
}
