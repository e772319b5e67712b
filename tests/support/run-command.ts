import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DatabaseContext } from './on-both-databases.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** `gridward …` in a process of its own, over the database of a describe, which stays open here as it is while a server runs. */
export function runCommand(context: DatabaseContext, ...args: string[]) {
  const { databaseUrl, dataFolder } = context.deps.env
  const child = spawn(process.execPath, [`${ROOT}server/cli/gridward.js`, ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : { GRIDWARD_DATA: dataFolder }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  )
  return { child, ended, told: () => stderr }
}
