import type { TestProject } from 'vitest/node'
import { connect } from '../../server/platform/database.ts'
import { migrate } from '../../server/platform/migrate.ts'
import { embeddedTemplate } from './embedded-template.ts'
import { startPostgresCluster } from './postgres-cluster.ts'
import { type SharedEngines, startSharedEngines } from './shared-engines.ts'

export const TEMPLATE_DATABASE = 'gridward_template'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the throw-away cluster's maintenance database. */
    postgresUrl: string
    /** Folder of a migrated, empty embedded database to copy. */
    embeddedTemplate: string
    /** Running embedded databases, one for each worker. */
    sharedEngines: SharedEngines
  }
}

/** Global setup of the integration tests: both engines must be there; nothing is skipped. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = await Promise.allSettled([startPostgres(project), startEmbedded(project)])
  const stop = async () => {
    await Promise.all(started.map((each) => each.status === 'fulfilled' && each.value()))
  }
  const failed = started.find((each) => each.status === 'rejected')
  if (!failed) return stop
  await stop()
  throw failed.reason
}

async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgresCluster()
  try {
    const admin = connect(cluster.url('postgres'), 1)
    await admin.unsafe(`CREATE DATABASE ${TEMPLATE_DATABASE}`)
    await admin.end()
    const template = connect(cluster.url(TEMPLATE_DATABASE), 1)
    await migrate(template)
    await template.end()
    project.provide('postgresUrl', cluster.url('postgres'))
    return cluster.stop
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

async function startEmbedded(project: TestProject): Promise<() => Promise<void>> {
  const template = await embeddedTemplate()
  project.provide('embeddedTemplate', template)
  const { stop, ...engines } = await startSharedEngines(template, Number(project.config.maxWorkers))
  project.provide('sharedEngines', engines)
  return stop
}
