import { type ChildProcess, fork } from 'node:child_process'
import type { LoadOrder, LoadReport } from './load.ts'

/** The next message of a process. */
export const reply = <T>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    const ended = () => reject(new Error('The process ended.'))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })

const start = (file: string, parameters: string[] = [], more: Record<string, string> = {}) =>
  fork(new URL(file, import.meta.url), parameters, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...more },
  })

/** The server on a PostgreSQL, in a process of its own until it is disconnected. `cacheBytes`: of tiles; 0: none. */
export async function startTileServer(databaseUrl: string, cacheBytes: number) {
  const child = start('./tile-server.ts', [String(cacheBytes)], { DATABASE_URL: databaseUrl })
  return { child, port: (await reply<{ port: number }>(child)).port }
}

/** Whoever asks a server for tiles, in a process of its own until it is disconnected. */
export function startGenerator() {
  const child = start('./load-process.ts')
  return {
    child,
    async load(order: LoadOrder): Promise<LoadReport> {
      child.send(order)
      return reply<LoadReport>(child)
    },
  }
}
