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
  const serve = async (template: string, name: string) => {
    const dataFolder = join(folder, name)
    await copyTemplate(template, dataFolder)
    const server = await startServer(dataFolder)
    stops.push(server.stop)
    return server.url
  }
  try {
    const template = join(folder, 'template')
    await makeDemoData(template)
    project.provide('demoTemplate', template)
    const demoUrls: string[] = []
    for (let worker = 0; worker < Number(project.config.maxWorkers); worker++)
      demoUrls.push(await serve(template, `demo-${worker}`))
    project.provide('demoUrls', demoUrls)
    project.provide('emptyUrl', await serve(await embeddedTemplate(), 'empty'))
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}
