import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { ZodError } from 'zod'
import { Problem, type ProblemCode, type ProblemIssue } from '../../geodata/shared/problem.ts'
import type { AppEnv } from '../access/app-env.ts'
import { databaseProblem } from './database-problem.ts'

/** The one place that gives a problem its HTTP status. */
const STATUS: Record<ProblemCode, [status: number, title: string]> = {
  'bad-request': [400, 'The request cannot be understood'],
  'invalid-parameter': [400, 'A parameter has a value that cannot be used'],
  'unknown-parameter': [400, 'A parameter is not known'],
  'invalid-body': [422, 'The body does not fit the schema'],
  'invalid-geometry': [422, 'The geometry cannot be stored'],
  'not-found': [404, 'Not found'],
  'not-acceptable': [406, 'No such representation'],
  'version-required': [428, 'The version must be named'],
  'version-conflict': [412, 'Someone changed it first'],
  'has-children': [409, 'It still holds other features'],
  'no-parent': [422, 'No parent holds it'],
  'code-conflict': [409, 'The code is taken'],
  'name-conflict': [409, 'The name is taken'],
  'id-reused': [409, 'The id was used before'],
  'wrong-state': [409, 'Its state does not allow this'],
  'code-mismatch': [422, 'The code does not fit its place'],
  'no-border': [422, 'The area has no single border'],
  'no-team': [422, 'There is no team to plan for'],
  'split-shifts': [422, 'The hours of the teams do not fit'],
  'no-time': [422, 'There is not enough time'],
  'too-many-stops': [422, 'There are too many stops'],
  'unsupported-format': [415, 'The format is not supported'],
  'unreadable-file': [422, 'The file cannot be read'],
  'too-large': [413, 'Too large'],
  'too-many-kept': [409, 'As much is kept as may be'],
  'forbidden-host': [421, 'Not the host of this server'],
  'forbidden-origin': [403, 'Another site may not change data here'],
  'not-signed-in': [401, 'Nobody is signed in'],
  'wrong-credentials': [401, 'The user name or the password is not right'],
  'not-permitted': [403, 'Not permitted'],
  'outside-area': [403, 'Outside your area'],
  'password-change-required': [403, 'The password has to be changed first'],
  'too-many-requests': [429, 'Too many requests'],
  unavailable: [503, 'Not available now'],
  internal: [500, 'Something went wrong here'],
}

export const statusOf = (code: ProblemCode): number => STATUS[code][0]

/** RFC 9457 document. `type` is a URN so that it never points to a page that does not exist. */
export function problemDocument(problem: Problem, instance: string) {
  const [status, title] = STATUS[problem.code]
  return {
    type: `urn:gridward:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    instance,
    ...(problem.issues ? { issues: problem.issues } : {}),
    ...problem.extra,
  }
}

/** What failed is logged with the request (observe.ts), under the id that the answer names. */
export function problemResponse(context: Context<AppEnv>, error: unknown): Response {
  const problem = toProblem(error, context.var.requestId)
  return new Response(JSON.stringify(problemDocument(problem, context.req.path)), {
    status: statusOf(problem.code),
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...hints(context, problem),
    },
  })
}

/** When to try again, and how to sign in. A browser would ask for a name and a password itself if it heard of Basic. */
function hints({ req }: Context, { code, extra }: Problem): Record<string, string> {
  const after = Number(extra?.retryAfterSeconds)
  const isBrowser = req.header('sec-fetch-mode') !== undefined
  return {
    ...(after > 0 ? { 'retry-after': String(after) } : {}),
    ...(code === 'not-signed-in'
      ? {
          'www-authenticate': `Bearer realm="Gridward"${isBrowser ? '' : ', Basic realm="Gridward", charset="UTF-8"'}`,
        }
      : {}),
  }
}

export function issuesOf(error: ZodError): ProblemIssue[] {
  return error.issues.map((issue) => ({ at: `/${issue.path.map(String).join('/')}`, message: issue.message }))
}

function toProblem(error: unknown, requestId: string | undefined): Problem {
  if (error instanceof Problem) return error
  if (error instanceof ZodError) {
    return new Problem('invalid-body', 'The body does not fit the schema; each issue says where.', {
      issues: issuesOf(error),
    })
  }
  if (error instanceof HTTPException && error.status < 500) return new Problem('bad-request', error.message)
  const unreachable = databaseProblem(error)
  if (unreachable) return unreachable
  return new Problem(
    'internal',
    `The server met an error that it did not expect. It is in the server’s log${requestId ? ` under ${requestId}` : ''}.`,
  )
}
