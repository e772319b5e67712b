import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Env } from './env.ts'
import { ownOrigin } from './public-address.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Asked for by the address of a machine rather than its name, and telling nothing. */
const ANY_HOST = new Set(['/healthz', '/readyz'])
const MAX_ADDRESS_LENGTH = 16_000

/**
 * Keeps other web pages out. A Host that is not ours is DNS rebinding; a change that another origin asks for is
 * cross-site request forgery. Browsers send Origin or Sec-Fetch-Site with every change; programs send neither, and no
 * cookie.
 */
export function guardOrigin({ publicUrl }: Pick<Env, 'publicUrl'>): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context
    if (req.url.length > MAX_ADDRESS_LENGTH)
      throw new Problem(
        'too-large',
        `The address is ${req.url.length} characters long; at most ${MAX_ADDRESS_LENGTH} are read. Ask for less at once.`,
      )
    if (ANY_HOST.has(req.path)) return next()
    const own = ownOrigin(context, publicUrl)
    if (own === undefined)
      throw new Problem(
        'forbidden-host',
        `The request names the host “${req.header('host')!.slice(0, 100)}”. This server answers to ${
          publicUrl === undefined ? '' : `${new URL(publicUrl).host}, `
        }localhost, 127.0.0.1 and [::1]; GRIDWARD_URL names its public address.`,
      )
    if (!SAFE_METHODS.has(req.method)) {
      const origin = req.header('origin')
      const site = req.header('sec-fetch-site')
      const isOurs =
        origin !== undefined
          ? origin === own || origin === publicUrl
          : site !== undefined
            ? site === 'same-origin' || site === 'none'
            : req.header('cookie') === undefined || req.header('authorization') !== undefined
      if (!isOurs)
        throw new Problem(
          'forbidden-origin',
          origin === undefined
            ? 'The change was asked for with a cookie and without saying from which page. Send Origin, or a token instead of the cookie.'
            : `The page at “${origin.slice(0, 100)}” asked for a change. Changes are taken from this server’s own pages and from programs that send no Origin.`,
        )
    }
    return next()
  }
}
