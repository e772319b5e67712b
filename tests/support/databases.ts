import type { TestProject } from 'vitest/node'
import { connect } from '../../server/platform/database.ts'
import { migrate } from '../../server/platform/migrate.ts'
import { embeddedTemplate } from './embedded-template.ts'
import { startPostgresCluster } from './postgres-cluster.ts'

export const TEMPLATE_DATABASE = 'gridward_template'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the throw-away cluster's maintenance database. */
    postgresUrl: string
    /** Folder of a migrated, empty embedded database to copy. */
    embeddedTemplate: string
  }
}

/** Global setup of the integration tests: both engines must be there; nothing is skipped. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgresCluster()
  try {
    const admin = connect(cluster.url('postgres'), 1)
    await admin.unsafe(`CREATE DATABASE ${TEMPLATE_DATABASE}`)
    await admin.end()
    const template = connect(cluster.url(TEMPLATE_DATABASE), 1)
    await migrate(template)
    await template.end()
    project.provide('postgresUrl', cluster.url('postgres'))
    project.provide('embeddedTemplate', await embeddedTemplate())
    return cluster.stop
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
