import { fork } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { Problem } from '../../../geodata/shared/problem.ts'
import type { Progress } from '../database.ts'

/** A server lends its database to commands; a command's database ends with the command. */
export type EmbeddedRole = 'server' | 'command'

export interface Embedded {
  socketPath: string
  close(): Promise<void>
}

export type ChildMessage = { progress: string } | { ready: string } | { failed: string }

/** Starts PGlite + PostGIS in a child process behind a PostgreSQL socket, or joins the one a running server has. */
export async function openEmbedded(
  folder: string,
  role: EmbeddedRole,
  progress: Progress,
): Promise<Embedded> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const child = fork(new URL('./child.ts', import.meta.url), [folder, role], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const socketPath = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: ChildMessage) => {
      if ('progress' in message) progress(message.progress)
      else if ('ready' in message) resolve(message.ready)
      else reject(new Problem('unavailable', message.failed))
    })
    child.once('exit', (code) =>
      reject(new Problem('unavailable', `The embedded database ended with code ${code}.`)),
    )
  })
  return {
    socketPath,
    close: () =>
      new Promise<void>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        if (child.connected) child.disconnect()
      }),
  }
}
