import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { makeDemoData } from './demo-data.ts'
import { copyTemplate, embeddedTemplate } from './embedded-template.ts'
import { startServer } from './start-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** For each worker a running server with a small demo area, e.g. http://127.0.0.1:40001 */
    demoUrls: string[]
    /** Folder of an embedded database with that demo area, to copy. */
    demoTemplate: string
    /** A running server with an empty database. */
    emptyUrl: string
  }
}

/** Global setup of the browser tests: real servers over embedded databases in a folder of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'gridward-e2e-'))
  const stops: (() => Promise<void>)[] = []
  const teardown = async () => {
    await Promise.all(stops.map((stop) => stop()))
    await rm(folder, { recursive: true, force: true })
  }
  /** One that is still starting when the tests end, or cannot be started, is seen to by the teardown. */
  const serve = async (template: string, name: string) => {
    const dataFolder = join(folder, name)
    const started = copyTemplate(template, dataFolder).then(() => startServer(dataFolder))
    stops.push(() => started.then(({ stop }) => stop()).catch(() => {}))
    return (await started).url
  }
  try {
    const migrated = await embeddedTemplate()
    const template = join(folder, 'template')
    const [emptyUrl] = await Promise.all([serve(migrated, 'empty'), makeDemoData(template)])
    const names = Array.from({ length: Number(project.config.maxWorkers) }, (_, worker) => `demo-${worker}`)
    project.provide('demoTemplate', template)
    project.provide('demoUrls', await Promise.all(names.map((name) => serve(template, name))))
    project.provide('emptyUrl', emptyUrl)
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}
