import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const GRIDWARD = fileURLToPath(new URL('../../server/cli/gridward.js', import.meta.url))

export interface StartedServer {
  url: string
  /** What it printed for whoever becomes the first administrator; never resolves where there is one. */
  setUpLink: Promise<string>
  pid: number
  stop(): Promise<void>
  /** Ends it at once, as a failing machine would. */
  kill(): Promise<void>
}

/** `gridward serve`, in demo mode unless told, in a process of its own on a free port; it ends with this one. `more`: variables. */
export async function startServer(
  dataFolder: string,
  { demo = true, more = {} }: { demo?: boolean; more?: Record<string, string> } = {},
): Promise<StartedServer> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    GRIDWARD_DATA: dataFolder,
    PORT: '0',
    GRIDWARD_DEMO: demo ? '1' : '0',
    ...more,
  }
  const child = spawn(process.execPath, [GRIDWARD, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let log = ''
  child.stderr!.on('data', (chunk) => {
    log = (log + chunk).slice(-4000)
  })
  const lines = createInterface(child.stdout!)
  const setUpLink = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const [found] = /http:\/\/\S+[?]set-up=\S+/.exec(line) ?? []
      if (found) resolve(found)
    })
  })
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const [found] = /http:\/\/\S+/.exec(line) ?? []
      if (found) resolve(found)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}. ${log}`)))
  })
  const end = (signal: 'SIGTERM' | 'SIGKILL') =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill(signal)
    })
  return { url, setUpLink, pid: child.pid!, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}
