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

/** A server's database that crashed is started again, unless it does so this often within the time. */
const RESTARTS = 3
const RESTART_WINDOW_MS = 60_000
const CLOSE_MS = 20_000

/**
 * Runs child.ts until close. Undefined when another process has the folder. When the database of a server ends by
 * itself it is started again on the same socket: connections fail once and are made anew, and what was acknowledged
 * is in its log. A command's is not: the command fails.
 */
export async function startChild(options: Options): Promise<ChildProcess | undefined> {
  const { socketPath, role, progress } = options
  let lose: (problem: Problem) => void = () => {}
  const lost = new Promise<Problem>((resolve) => {
    lose = resolve
  })
  let closing = false
  let restarts: number[] = []

  async function start() {
    const child = await run(options)
    child?.once('exit', (code, signal) => {
      if (!closing) void restart(`${signal ?? `code ${code}`}`)
    })
    return child
  }
  async function restart(why: string) {
    restarts = [...restarts.filter((at) => Date.now() - at < RESTART_WINDOW_MS), Date.now()]
    const ended = `The embedded database ended unexpectedly (${why})`
    if (role === 'command' || restarts.length > RESTARTS) {
      return lose(new Problem('unavailable', `${ended}. What was acknowledged is safe; start again.`))
    }
    progress(`${ended}; starting it again`)
    try {
      child = (await start()) ?? child
      if (closing) child.disconnect()
    } catch (error) {
      lose(error instanceof Problem ? error : new Problem('unavailable', `${ended}: ${error}`))
    }
  }

  const removeSocket = () => rmSync(dirname(socketPath), { recursive: true, force: true })
  let first: Awaited<ReturnType<typeof run>>
  try {
    first = await start()
  } catch (error) {
    removeSocket()
    throw error
  }
  if (!first) {
    removeSocket()
    return undefined
  }
  let child = first
  return {
    lost,
    close: () => {
      closing = true
      return new Promise<void>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        const kill = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS)
        child.once('exit', () => {
          clearTimeout(kill)
          resolve()
        })
        if (child.connected) child.disconnect()
      }).finally(removeSocket)
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
