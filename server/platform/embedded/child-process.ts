import { fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Problem } from '../../../geodata/shared/problem.ts'
import type { Progress } from '../database.ts'
import type { ChildMessage, EmbeddedRole } from './open.ts'

export interface ChildProcess {
  lost: Promise<Problem>
  close(): Promise<void>
}

interface Options {
  folder: string
  role: EmbeddedRole
  socketPath: string
  progress: Progress
}

const CLOSE_MS = 20_000

/**
 * Runs child.ts until close. Undefined when another process has the folder. When the database ends by itself, `lost`
 * resolves; what was acknowledged is in its log, and opening the folder again brings it back.
 */
export async function startChild(options: Options): Promise<ChildProcess | undefined> {
  const removeSocket = () => rmSync(dirname(options.socketPath), { recursive: true, force: true })
  const child = await run(options).catch((error) => {
    removeSocket()
    throw error
  })
  if (!child) {
    removeSocket()
    return undefined
  }
  let closing = false
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
  const lost = new Promise<Problem>((resolve) => {
    void ended.then((why) => {
      if (!closing) resolve(new Problem('unavailable', `The embedded database ended unexpectedly (${why}).`))
    })
  })
  return {
    lost,
    close: async () => {
      closing = true
      const kill = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS)
      if (child.connected) child.disconnect()
      await ended
      clearTimeout(kill)
      removeSocket()
    },
  }
}

/** Resolves with the process once it answers connections; undefined when another process has the folder. */
function run({ folder, role, socketPath, progress }: Options) {
  const tsx = createRequire(import.meta.url).resolve('tsx')
  const child = fork(
    fileURLToPath(new URL('./child.ts', import.meta.url)),
    [folder, role, socketPath, String(process.pid)],
    {
      execArgv: ['--import', pathToFileURL(tsx).href],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  return new Promise<typeof child | undefined>((resolve, reject) => {
    child.on('message', (message: ChildMessage) => {
      if ('progress' in message) progress(message.progress)
      else if ('ready' in message) resolve(child)
      else if ('held' in message) resolve(undefined)
      else reject(new Problem('unavailable', message.failed))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      const why = signal ?? `code ${code}`
      reject(new Problem('unavailable', `The embedded database could not be started (${why}).`))
    })
  })
}
