import { createServer as createProbe } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Problem } from '../geodata/shared/problem.ts'
import { createApp } from './app.ts'
import { startOutbox } from './live/outbox.ts'
import { openPhotoStore } from './photos/open-photo-store.ts'
import { sweepPhotosHourly } from './photos/sweep-photos.ts'
import { type Database, openDatabase, type Progress } from './platform/database.ts'
import type { Env } from './platform/env.ts'
import { staticFiles } from './platform/static.ts'

/** How long requests that are being answered may take once the server was told to stop. */
const DRAIN_MS = 3000

export interface Running {
  /** Where it listens, e.g. http://127.0.0.1:8787 */
  url: string
  database: Database
  /** Stops accepting, lets answers finish, closes the database. Safe to call more than once. */
  stop(drainMs?: number): Promise<void>
}

/**
 * Opens the database, prepares it, wires the parts and listens. Resolves when requests are answered. Throws a Problem when HOST is
 * not loopback, the port is taken or the database cannot be opened.
 */
export async function serve(
  env: Env,
  progress: Progress = () => {},
  prepare: (database: Database) => Promise<void> = async () => {},
): Promise<Running> {
  requireLoopback(env.host)
  await requireFreePort(env)
  const database = await openDatabase(env, 'server', progress)
  try {
    await prepare(database)
    const outbox = await startOutbox(database)
    const photos = openPhotoStore(env)
    const app = createApp({ database, outbox, env, photos })
    const endSweeps = sweepPhotosHourly(database.sql, photos)
    app.route('/', await staticFiles(undefined, env))
    const server = createAdaptorServer({ fetch: app.fetch, hostname: env.host })
    const port = await new Promise<number>((resolve, reject) => {
      server.once('error', (error) => reject(listenProblem(env, error)))
      server.listen(env.port, env.host, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : env.port)
      })
    })
    const stop = async (drainMs: number) => {
      const drained = new Promise<void>((resolve) => server.close(() => resolve()))
      outbox.close()
      endSweeps()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), drainMs)
      await drained
      clearTimeout(cut)
      await database.close()
    }
    let stopping: Promise<void> | undefined
    return {
      url: `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`,
      database,
      stop: (drainMs = DRAIN_MS) => (stopping ??= stop(drainMs)),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

function requireLoopback(host: string): void {
  if (/^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)) return
  throw new Problem(
    'invalid-parameter',
    `HOST=${host} would let other machines in, and there is no sign-in yet. Leave HOST out, or set it to 127.0.0.1, ` +
      '::1 or localhost; reach the server from elsewhere through an SSH tunnel.',
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
