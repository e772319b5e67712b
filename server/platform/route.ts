import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { ZodError } from 'zod'
import type { Permission } from '../../geodata/access/permissions.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from '../access/app-env.ts'
import { requirePermission } from '../access/require-permission.ts'
import { acceptBody, inTurn, limitBody, timeLimit } from './limits.ts'
import { issuesOf } from './problem.ts'

export type Router = OpenAPIHono<AppEnv>

/** A router whose parameter and body checks answer with problems. */
export function router(): Router {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw misfit(result.error, result.target === 'json' ? 'body' : 'parameters')
    },
  })
}

/** What is wrong with a body, or with parameters. */
export function misfit(error: ZodError, where: 'body' | 'parameters'): Problem {
  const issues = issuesOf(error)
  return new Problem(
    where === 'body' ? 'invalid-body' : unknownKeys(error) ? 'unknown-parameter' : 'invalid-parameter',
    `The ${where} do not fit: ${issues.map(({ at, message }) => `${at} ${message}`).join('; ')}`,
    { issues },
  )
}

const unknownKeys = (error: { issues: { code: string }[] }) =>
  error.issues.every((issue) => issue.code === 'unrecognized_keys')

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string(),
    issues: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

interface Owed {
  permission: Permission
  /**
   * The one layer that it reads, also for those who are not signed in once the layer is published; `by-address`: the
   * handler sees to that (readableLayer).
   */
  published?: LayerId | 'by-address'
  /** Own time limit; Infinity for an answer that ends with its reader. */
  seconds?: number
  /** Long work, of which one person has a few at once. */
  heavy?: true
}

/**
 * createRoute with what every route owes: the permission it needs, which is asked for, its limits, and the problems it
 * answers with.
 */
export function route<R extends RouteConfig>(config: R & Owed) {
  const { permission, published, seconds, heavy, ...rest } = config
  const responses = {
    ...rest.responses,
    default: {
      description: 'A problem (RFC 9457)',
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  }
  const bodyTypes = Object.keys(rest.request?.body?.content ?? {})
  const body = bodyTypes.length > 0 ? [acceptBody(bodyTypes), limitBody(permission === 'public')] : []
  return createRoute({
    ...(rest as unknown as R),
    responses,
    middleware: [
      requirePermission(permission, published),
      ...(heavy ? [inTurn] : []),
      timeLimit(seconds),
      ...body,
    ],
    'x-permission': permission,
  } as unknown as R)
}
