import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface PostgresCluster {
  /** Connection string of a database in the cluster. */
  url(database: string): string
  stop(): Promise<void>
}

/** A throw-away PostgreSQL on a free loopback port; gone when this process ends, however it ends. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('./cluster-keeper.js', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(keeper.stdout).once('line', resolve)
    keeper.once('error', reject)
    keeper.once('exit', () => reject(new Error('The PostgreSQL keeper ended without a word.')))
  })
  const answer = JSON.parse(line) as { port?: number; failed?: string }
  if (answer.failed) throw new Error(answer.failed)
  return {
    url: (database) => `postgres://postgres@127.0.0.1:${answer.port}/${database}`,
    stop: () =>
      new Promise((resolve) => {
        keeper.once('exit', () => resolve())
        keeper.stdin.end()
      }),
  }
}
