import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const GRIDWARD = fileURLToPath(new URL('../../server/cli/gridward.js', import.meta.url))

/** `gridward serve` in a process of its own on a free port; it ends with this one. */
export async function startServer(dataFolder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, GRIDWARD_DATA: dataFolder, PORT: '0' }
  const child = spawn(process.execPath, [GRIDWARD, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let log = ''
  child.stderr!.on('data', (chunk) => {
    log = (log + chunk).slice(-4000)
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout!).on('line', (line) => {
      const [found] = /http:\/\/\S+/.exec(line) ?? []
      if (found) resolve(found)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}. ${log}`)))
  })
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}
