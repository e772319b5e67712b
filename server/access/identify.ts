import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { OPEN } from './identity.ts'

/** Finds out who asks, before any route. */
export const identify = (): MiddlewareHandler<AppEnv> => async (context, next) => {
  context.set('identity', OPEN)
  await next()
}
