import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Keeps other web pages out while there is no sign-in. A Host that is not loopback is DNS rebinding; a write from
 * another origin is cross-site request forgery.
 */
export function guardOrigin(): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host')
    if (host !== undefined && !LOOPBACK.test(host)) {
      throw new Problem(
        'forbidden-host',
        `The request names the host “${host.slice(0, 100)}”. This server answers only to localhost, 127.0.0.1 and [::1].`,
      )
    }
    const origin = context.req.header('origin')
    if (origin !== undefined && !SAFE_METHODS.has(context.req.method) && origin !== `http://${host}`) {
      throw new Problem(
        'forbidden-origin',
        `The page at “${origin.slice(0, 100)}” asked for a change. Changes are taken from this server’s own pages and from programs that send no Origin.`,
      )
    }
    await next()
  }
}
