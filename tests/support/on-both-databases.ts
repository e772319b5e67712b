import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import type { Identity } from '../../server/access/identity.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { openPhotoStore } from '../../server/photos/open-photo-store.ts'
import { connect, type Database, openDatabase } from '../../server/platform/database.ts'
import type { Deps } from '../../server/platform/deps.ts'
import type { EmbeddedRole } from '../../server/platform/embedded/open.ts'
import type { Env } from '../../server/platform/env.ts'
import { ADMINISTRATOR, askedBy } from './administrator.ts'
import { TEMPLATE_DATABASE } from './databases.ts'
import { copyTemplate } from './embedded-template.ts'
import { hasTablesAsNew, makeAsNew } from './shared-engines.ts'
import { testEnv } from './test-env.ts'

type Engine = Database['engine']

/** Valid inside tests and hooks, not while the describe is being collected. */
export interface DatabaseContext {
  readonly engine: Engine
  readonly database: Database
  readonly deps: Deps
  /** The Hono app over this database, asked by an administrator; the same one each time. Use `app.request(path, init)`. */
  app(): Promise<TestApp>
  /** The same for anyone: a fixed identity, or the product's own way to find out who asks. */
  appFor(identity: Identity | 'as-signed-in'): Promise<TestApp>
}

export interface TestApp {
  request(path: string, init?: RequestInit): Response | Promise<Response>
}

interface FreshDatabase {
  env: Env
  /** As whom to open it. */
  role: EmbeddedRole
  remove(): Promise<void>
}

/**
 * Runs the tests once for each engine, each time on a migrated, empty database that nobody else uses. Rows may be left,
 * tables not.
 */
export function onBothDatabases(title: string, body: (context: DatabaseContext) => void): void {
  forBothEngines(title, body, emptyDatabase)
}

/** The same for tests that change tables. */
export function onBothDatabasesOfItsOwn(title: string, body: (context: DatabaseContext) => void): void {
  forBothEngines(title, body, freshDatabase)
}

function forBothEngines(
  title: string,
  body: (context: DatabaseContext) => void,
  make: (engine: Engine) => Promise<FreshDatabase>,
): void {
  for (const engine of ['embedded', 'postgres'] as const) {
    describe(`${title} (${engine})`, () => {
      let deps: Deps | undefined
      let app: ReturnType<DatabaseContext['app']> | undefined
      let signedIn: TestApp | undefined
      let remove: (() => Promise<void>) | undefined

      beforeAll(async () => {
        const fresh = await make(engine)
        remove = fresh.remove
        const database = await openDatabase(fresh.env, fresh.role)
        deps = {
          database,
          env: fresh.env,
          outbox: await startOutbox(database),
          photos: openPhotoStore(fresh.env),
        }
      })
      afterAll(async () => {
        deps?.outbox.close()
        await deps?.database.close()
        await remove?.()
      })

      const ready = () => {
        if (!deps) throw new Error('The database is there in tests and hooks only, not while collecting.')
        return deps
      }
      const appFor: DatabaseContext['appFor'] = async (identity) => {
        const { createApp } = await import('../../server/app.ts')
        if (identity === 'as-signed-in') {
          signedIn ??= createApp(ready())
          return signedIn
        }
        return createApp(ready(), askedBy(identity))
      }
      body({
        engine,
        get database() {
          return ready().database
        },
        get deps() {
          return ready()
        },
        app() {
          app ??= appFor(ADMINISTRATOR)
          return app
        },
        appFor,
      })
    })
  }
}

/** A migrated, empty database until the next is asked for in this worker, not yet opened; its tables stay as they are. */
export const emptyDatabase = (engine: Engine): Promise<FreshDatabase> =>
  engine === 'embedded' ? lentDatabase() : freshDatabase(engine)

/**
 * A migrated, empty embedded database in an engine that runs already, to be opened as by a command. Whoever gets it has
 * it to himself until the next call in this worker.
 */
async function lentDatabase(): Promise<FreshDatabase> {
  const { folders, asNew } = inject('sharedEngines')
  const dataFolder = folders[Number(process.env.VITEST_POOL_ID) - 1]
  if (!dataFolder || !(await makeAsNew(dataFolder, asNew))) return freshDatabase('embedded')
  return {
    env: testEnv({ dataFolder }),
    role: 'command',
    remove: async () => {
      if (await hasTablesAsNew(dataFolder, asNew)) return
      throw new Error('Tables were changed: onBothDatabasesOfItsOwn is for such tests.')
    },
  }
}

/** A migrated, empty database that no other test sees, not yet opened. */
export async function freshDatabase(engine: Engine): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'gridward-test-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  if (engine === 'embedded') {
    const dataFolder = join(folder, 'data')
    await copyTemplate(inject('embeddedTemplate'), dataFolder)
    return { env: testEnv({ dataFolder }), role: 'server', remove: removeFolder }
  }
  const url = new URL(inject('postgresUrl'))
  const name = `gridward_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await administer(url.href, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`)
  const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).href
  return {
    env: testEnv({ databaseUrl, dataFolder: join(folder, 'data') }),
    role: 'server',
    remove: async () => {
      await administer(url.href, `DROP DATABASE ${name} WITH (FORCE)`)
      await removeFolder()
    },
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const admin = connect(url, 1)
  try {
    await admin.unsafe(statement)
  } finally {
    await admin.end()
  }
}
