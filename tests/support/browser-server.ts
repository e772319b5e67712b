import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { copyTemplate, embeddedTemplate } from './embedded-template.ts'
import { startServer } from './start-server.ts'
import { testEnv } from './test-env.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A running server with a small demo area, e.g. http://127.0.0.1:40001 */
    demoUrl: string
    /** A running server with an empty database. */
    emptyUrl: string
  }
}

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
