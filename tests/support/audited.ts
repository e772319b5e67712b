import { randomUUID } from 'node:crypto'
import type { Identity } from '../../server/access/identity.ts'
import { createApp } from '../../server/app.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { supervisor } from './writer.ts'

export const ADDRESS = '203.0.113.9'
export const AED = { kind: 'aed' }
export const PERSON = supervisor('everywhere')

/** Calls that tell which entries of the audit trail they made, and the trail itself. */
export function audited(context: DatabaseContext) {
  /** Asked from `ADDRESS`, as a proxy tells; the request gets an id of its own. */
  async function ask(
    method: string,
    path: string,
    {
      body,
      headers = {},
      who = PERSON,
    }: { body?: unknown; headers?: Record<string, string>; who?: Identity } = {},
  ) {
    const env = { ...context.deps.env, trustProxies: 1 }
    const app = createApp({ ...context.deps, env }, async (asked, next) => {
      asked.set('identity', who)
      await next()
    })
    const requestId = randomUUID()
    const sent = body === undefined || body instanceof FormData || body instanceof Uint8Array
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        'x-forwarded-for': ADDRESS,
        'x-request-id': requestId,
        ...(sent ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: sent ? (body as FormData) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const events = await context.database.sql`
      SELECT kind, layer, actor, person_id, origin_address, before, after, detail, feature_id
      FROM event WHERE request_id = ${requestId} ORDER BY id`
    // biome-ignore lint/suspicious/noExplicitAny: the tests look into every kind of answer
    const answer: any = isJson ? JSON.parse(text) : text
    return { status: response.status, headers: response.headers, body: answer, events, requestId }
  }
  const entriesOf = async (query: string) => (await ask('GET', `/audit?${query}`)).body
  return { ask, entriesOf }
}
