import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from '../access/app-env.ts'
import type { Limits } from './env.ts'
import { identityKey } from './identity-key.ts'
import { createRateLimit } from './rate-limit.ts'
import { createTurns } from './turns.ts'

/** A page that is opened asks for a lot at once. */
const BURST_SECONDS = 5
/** A comparison of two moments asks for every layer at once. */
const WAITING_JOBS = 30
const STANDARD_SECONDS = 30

/**
 * Quotas of those who ask, behind `identify`. The page and plain tiles are not counted: they cost little, and come in
 * hundreds. Tiles with a filter are: of those there are any number to be made anew.
 */
export function limits({ requestsPerSecond, heavyJobs, requestSeconds }: Limits): MiddlewareHandler<AppEnv> {
  const wait = createRateLimit(requestsPerSecond, requestsPerSecond * BURST_SECONDS)
  const turns = createTurns(heavyJobs, WAITING_JOBS)
  return async (context, next) => {
    context.set('turns', turns)
    context.set('requestSeconds', requestSeconds)
    if (requestsPerSecond > 0 && isCounted(context.req.url)) {
      const seconds = wait(identityKey(context))
      if (seconds > 0)
        throw new Problem(
          'too-many-requests',
          `More than ${requestsPerSecond} requests a second. Ask more slowly, or for more at once.`,
          { extra: { retryAfterSeconds: Math.ceil(seconds) } },
        )
    }
    await next()
  }
}

const isCounted = (url: string): boolean => {
  const { pathname, search } = new URL(url)
  return /^\/(api|ogc)\//.test(pathname) || (search !== '' && pathname.startsWith('/tiles/'))
}

/**
 * Answers for a handler that takes too long, and aborts what it does under `signalOf`. `seconds`: the route's own limit;
 * Infinity for one that ends with its reader.
 */
export const timeLimit =
  (seconds?: number): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    const limit = seconds ?? context.var.requestSeconds ?? STANDARD_SECONDS
    if (limit === Number.POSITIVE_INFINITY) return next()
    let timer: NodeJS.Timeout | undefined
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const problem = new Problem(
          'unavailable',
          `This took longer than ${limit} s and was given up. Ask for less at once, or again later.`,
        )
        context.var.deadline?.abort(problem)
        reject(problem)
      }, limit * 1000)
    })
    try {
      await Promise.race([next(), expired])
    } finally {
      clearTimeout(timer)
    }
  }

/** Aborted when the client goes away or the time of the request is over. */
export function signalOf(context: Context<AppEnv>): AbortSignal {
  const deadline = context.var.deadline ?? new AbortController()
  context.set('deadline', deadline)
  return AbortSignal.any([context.req.raw.signal, deadline.signal])
}

/** Long work waits for its turn among that of the same person, which lasts until the answer has been read. */
export const inTurn: MiddlewareHandler<AppEnv> = async (context, next) => {
  const { signal } = context.req.raw
  const end = (await context.var.turns?.(identityKey(context), signal)) ?? (() => {})
  try {
    await next()
  } catch (error) {
    end()
    throw error
  }
  const { body, ok, headers } = context.res
  // A problem and JSON are whole already, whether or not somebody reads them.
  const isStream = ok && body !== null && !isJson(headers.get('content-type')?.replace(/;.*/s, '') ?? '')
  if (!isStream) return end()
  if (context.req.method === 'HEAD') {
    // Nobody reads what a GET would have got.
    await body.cancel()
    end()
  } else context.res = new Response(untilRead(body, end), context.res)
}

function untilRead(body: ReadableStream<Uint8Array>, end: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read()
          if (!done) return controller.enqueue(value)
          end()
          controller.close()
        } catch (error) {
          end()
          throw error
        }
      },
      async cancel(reason) {
        end()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

/** A body of another type than the route names is refused: a page elsewhere can send a form, but no JSON. */
export const acceptBody =
  (types: readonly string[]): MiddlewareHandler<AppEnv> =>
  async ({ req }, next) => {
    const given = req.header('content-type')
    const isSent =
      Number(req.header('content-length') ?? 0) > 0 || req.header('transfer-encoding') !== undefined
    const type = given?.replace(/;.*/s, '').trim().toLowerCase()
    const fits =
      type !== undefined && types.some((known) => known === type || (isJson(known) && isJson(type)))
    if (!fits && (given !== undefined || isSent))
      throw new Problem(
        'unsupported-format',
        `The body is ${given?.slice(0, 80) ?? 'of no stated type'}, expected ${types.join(' or ')}.`,
      )
    await next()
  }

const isJson = (type: string): boolean => /^application\/(?!geo\+)([a-z0-9.-]+\+)?json$/.test(type)

const MAX_BODY_BYTES = 8 * 1024 * 1024
/** Sign-in and the like: whoever asks may be anyone. */
const MAX_PUBLIC_BODY_BYTES = 64 * 1024

export function limitBody(isPublic: boolean): MiddlewareHandler<AppEnv> {
  const maxSize = isPublic ? MAX_PUBLIC_BODY_BYTES : MAX_BODY_BYTES
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem(
        'too-large',
        `The body is larger than ${isPublic ? '64 kB' : '8 MB'}.${isPublic ? '' : ' Send large data as a file to /api/v1/imports.'}`,
      )
    },
  })
}
