import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from '../access/app-env.ts'
import { clientAddress } from './client-address.ts'
import type { Env } from './env.ts'
import { hideSecrets, type Log } from './log.ts'
import { addSecurityHeaders } from './security-headers.ts'

export interface Answered {
  method: string
  /** The path with names in place of values. */
  route: string
  status: number
  seconds: number
}

/**
 * Around every request: its id and its client's address before, the headers that all answers have, a line in the log
 * and `answered` after. For a stream that is when it begins.
 */
export function observe(
  env: Pick<Env, 'publicUrl' | 'trustProxies'>,
  log: Log,
  answered: (answer: Answered) => void,
): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const began = performance.now()
    const { req } = context
    const requestId = readRequestId(req.header('x-request-id'), env.trustProxies) ?? randomUUID()
    context.set('requestId', requestId)
    const address = clientAddress(
      context.env?.incoming?.socket.remoteAddress,
      env.trustProxies > 0 ? req.header('x-forwarded-for') : undefined,
      env.trustProxies,
    )
    if (address !== undefined) context.set('clientAddress', address)
    await next()
    const { headers, status } = context.res
    addSecurityHeaders(headers, env)
    headers.set('x-request-id', requestId)
    const milliseconds = performance.now() - began
    answered({ method: req.method, route: routePath(context, -1), status, seconds: milliseconds / 1000 })
    const level = levelOf(context)
    if (!log.isLevelEnabled(level)) return
    log[level](
      {
        method: req.method,
        path: pathOf(req.url),
        status,
        ms: Math.round(milliseconds * 10) / 10,
        actor: context.var.identity?.name,
        from: address,
        requestId,
        ...failureOf(context.error),
      },
      'request',
    )
  }
}

/** One that a proxy gave, so that its log and ours can be read side by side. Anyone else could fill the log with it. */
const readRequestId = (header: string | undefined, trustedProxies: number): string | undefined =>
  trustedProxies > 0 && header !== undefined && /^[\w.:-]{8,100}$/.test(header) ? header : undefined

/** Refusals that an operator should see are warnings; what people mistype is not. */
function levelOf({ res, req, error }: Context<AppEnv>): 'error' | 'warn' | 'info' {
  const { status } = res
  if (status >= 500) {
    if (!(error instanceof Problem) && status !== 503) return 'error'
    return req.raw.signal.aborted ? 'info' : 'warn'
  }
  if (status === 421 || status === 429) return 'warn'
  return error instanceof Problem && error.code === 'forbidden-origin' ? 'warn' : 'info'
}

function failureOf(error: unknown): Record<string, unknown> {
  if (error === undefined) return {}
  return error instanceof Problem
    ? { code: error.code, detail: hideSecrets(error.message.slice(0, 500)) }
    : { err: error }
}

/** Answers of an identity provider come as parameters, all of them secret. */
function pathOf(url: string): string {
  const path = url.slice(url.indexOf('/', url.indexOf('://') + 3))
  return hideSecrets(/\/oidc\//.test(path) ? path.replace(/\?.*$/, '?…') : path).slice(0, 500)
}
