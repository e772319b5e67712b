import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../../server/access/app-env.ts'
import type { Identity } from '../../server/access/identity.ts'

/** Someone who may do everything everywhere, for tests that are about something else. */
export const ADMINISTRATOR: Identity = {
  kind: 'person',
  name: 'local',
  personId: undefined,
  credentialId: undefined,
  role: 'administrator',
  scopes: undefined,
  reach: 'everywhere',
  layers: undefined,
  mustChangePassword: false,
}

/** In the place of the product's own way to find out who asks. */
export const askedBy =
  (identity: Identity): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    context.set('identity', identity)
    await next()
  }
