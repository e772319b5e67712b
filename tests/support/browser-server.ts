import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { copyTemplate, embeddedTemplate } from './embedded-template.ts'
import { testEnv } from './test-env.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A running server with a small demo area, e.g. http://127.0.0.1:40001 */
    demoUrl: string
    /** A running server with an empty database. */
    emptyUrl: string
  }
}

const GRIDWARD = fileURLToPath(new URL('../../server/cli/gridward.js', import.meta.url))
const DEMO = { buildings: 500, seed: 1 }

/** Global setup of the browser tests: real servers over embedded databases in a folder of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'gridward-e2e-'))
  const stops: (() => Promise<void>)[] = []
  const teardown = async () => {
    await Promise.all(stops.map((stop) => stop()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const template = await embeddedTemplate()
    const [demo, empty] = [join(folder, 'demo'), join(folder, 'empty')]
    await Promise.all([copyTemplate(template, demo), copyTemplate(template, empty)])
    const database = await openDatabase(testEnv({ dataFolder: demo }), 'command')
    await seedDemo(database, DEMO).finally(() => database.close())
    for (const [key, dataFolder] of [
      ['demoUrl', demo],
      ['emptyUrl', empty],
    ] as const) {
      const server = await startServer(dataFolder)
      stops.push(server.stop)
      project.provide(key, server.url)
    }
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

/** A server process on a free port. */
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
