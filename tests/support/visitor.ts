import { serializeSigned } from 'hono/utils/cookie'
import type { PersonRole } from '../../geodata/access/people.schema.ts'
import { openAccess } from '../../server/access/open-access.ts'
import { createPerson } from '../../server/access/person.store.ts'
import { createApp } from '../../server/app.ts'
import type { Env } from '../../server/platform/env.ts'
import type { DatabaseContext } from './on-both-databases.ts'

export interface VisitorAnswer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into every kind of answer
  body: any
}

export interface Visitor {
  cookies: Map<string, string>
  /** `path` begins behind /api/v1. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<VisitorAnswer>
}

/** A browser as the product sees it: whoever it signs in as, it keeps the cookies. `env`: of a server set up otherwise. */
export function visitor(context: DatabaseContext, env?: Partial<Env>): Visitor {
  const cookies = new Map<string, string>()
  // Another database object: what is kept for one in a process is not shared with the server set up as usual.
  const deps = env && {
    ...context.deps,
    database: { ...context.database },
    env: { ...context.deps.env, ...env },
  }
  const own = deps && createApp(deps)
  return {
    cookies,
    async call(method, path, body, headers = {}) {
      const app = own ?? (await context.appFor('as-signed-in'))
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await app.request(`/api/v1${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(cookie ? { cookie, origin: 'http://localhost' } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        if (value && !/max-age=0/i.test(line)) cookies.set(name!, value)
        else cookies.delete(name!)
      }
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json')
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
    },
  }
}

interface Wanted {
  username: string
  role: PersonRole
  everywhere?: boolean
  /** Codes of cells. */
  area?: string[]
}

/** A person who is signed in already, without the work of a password. */
export async function signedIn(
  context: DatabaseContext,
  { username, role, everywhere = false, area = [] }: Wanted,
): Promise<Visitor & { id: number }> {
  const { sql } = context.database
  const person = await sql.begin((tx) =>
    createPerson(
      tx,
      { name: 'test' },
      { username, name: username, role, everywhere, area },
      {
        passwordHash: 'none',
        mustChange: false,
      },
    ),
  )
  const guest = visitor(context)
  guest.cookies.set(...(await sessionCookie(context, person.id)))
  return { ...guest, id: person.id }
}

/** Name and value of the cookie of a new session. */
export async function sessionCookie(context: DatabaseContext, personId: number): Promise<[string, string]> {
  const access = openAccess(context.deps)
  const library = await (await access.library()).$context
  const { token } = await library.internalAdapter.createSession(String(personId))
  const line = await serializeSigned('name', token, await access.secret())
  return [access.cookies.session, /^name=([^;]+)/.exec(line)![1]!]
}
