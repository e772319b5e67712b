import { LRUCache } from 'lru-cache'
import type { Database } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { Env } from '../platform/env.ts'
import { isLoopback } from '../platform/public-address.ts'
import { type Attempts, limitAttempts } from './attempts.ts'
import type { Identity } from './identity.ts'
import { ADDRESS_HEADER, type Library, openLibrary, REQUEST_HEADER } from './library/open-library.ts'
import { isLinked, mayBeginSession, tellNewcomer } from './person.store.ts'
import { readSecret } from './secret.store.ts'

/** How long another process that shares the database may go on with a session or token that was ended. */
const TRUST_MS = 5000

/** What finding out who asks is made of; one for each database in a process. */
export interface Access {
  database: Database
  env: Env
  cookies: { session: string; kiosk: string; secure: boolean }
  attempts: Attempts
  secret(): Promise<string>
  /** `origin`: for sign-ins at a provider, which has to be told under which origin people reach this server. */
  library(origin?: string): Promise<Library>
  /** One click per role: asked for, or a demo that only this machine can reach. */
  isDemo(): Promise<boolean>
  /** Remembers who a cookie or token is for five seconds at most, until `forget`. */
  remember(credential: string, find: () => Promise<Identity | undefined>): Promise<Identity | undefined>
  /** After every change of people, tokens and sessions. */
  forget(): void
}

const opened = new WeakMap<Database, Access>()

export function openAccess({ database, env }: Pick<Deps, 'database' | 'env'>): Access {
  const known = opened.get(database)
  if (known) return known
  const { sql } = database
  const secure = env.publicUrl?.startsWith('https:') ?? false
  const prefix = secure ? '__Host-' : ''
  const identities = new LRUCache<string, Identity>({ max: 10_000, ttl: TRUST_MS })
  const libraries = new LRUCache<string, Promise<Library>>({ max: 8 })
  let secret: Promise<string> | undefined
  let generation = 0
  const access: Access = {
    database,
    env,
    cookies: { session: `${prefix}gridward.session`, kiosk: `${prefix}gridward.kiosk`, secure },
    attempts: limitAttempts(),
    secret() {
      secret ??= readSecret(sql, env.access.secret)
      // Asked for again when the database did not answer.
      secret.catch(() => {
        secret = undefined
      })
      return secret
    },
    library(origin) {
      const open = async () =>
        openLibrary({
          sql,
          secret: await access.secret(),
          origin: origin ?? 'http://localhost',
          cookie: { name: access.cookies.session, secure },
          // A provider that does not answer keeps nobody from signing in by password.
          oidc: origin === undefined ? undefined : env.access.oidc,
          mayBegin: async (personId) => mayBeginSession(sql, personId, await access.isDemo()),
          isLinked: (personId) => isLinked(sql, personId),
          brought: (personId, headers) =>
            tellNewcomer(sql, personId, {
              from: headers?.get(ADDRESS_HEADER) ?? undefined,
              requestId: headers?.get(REQUEST_HEADER) ?? undefined,
            }),
        })
      const key = origin ?? ''
      const library = libraries.get(key) ?? open()
      libraries.set(key, library)
      library.catch(() => libraries.delete(key))
      return library
    },
    async isDemo() {
      if (env.demo !== undefined) return env.demo
      if (database.engine !== 'embedded' || !isLoopback(env.host) || env.publicUrl !== undefined) return false
      // Somebody who opened the set-up link is past trying it out.
      const [row] = await sql<[{ demo: boolean }]>`
        SELECT EXISTS (SELECT FROM import_batch WHERE kind = 'demo')
          AND NOT EXISTS (SELECT FROM set_up_link WHERE used_at IS NOT NULL) AS demo`
      return row.demo
    },
    async remember(credential, find) {
      const remembered = identities.get(credential)
      if (remembered) return remembered
      const begun = generation
      const identity = await find()
      // What was read while somebody was signed out may be older than that.
      if (identity && begun === generation) identities.set(credential, identity)
      return identity
    },
    forget() {
      generation += 1
      identities.clear()
    },
  }
  opened.set(database, access)
  return access
}
