import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { ownOrigin } from '../platform/public-address.ts'
import { route, router } from '../platform/route.ts'
import { actorFor } from './actor.ts'
import type { AppEnv } from './app-env.ts'
import { identityOfSession } from './identify.ts'
import { OIDC_PROVIDER } from './library/profile-to-person.ts'
import type { Access } from './open-access.ts'
import { dropGivenPassword } from './person.store.ts'
import { endPresentSession, isRefusal, libraryHeaders } from './sign-in.ts'

const tags = ['Session']
const path = '/api/v1/session/oidc'
/** The page tells why somebody was not signed in; by this parameter it knows. */
const REFUSED = '/?sign-in=refused'

/** Signing in at an OpenID Connect provider: there and back by redirects. */
export function oidcRoutes(access: Access) {
  const { sql } = access.database
  const library = (context: Context<AppEnv>) => {
    if (!access.env.access.oidc)
      throw new Problem(
        'not-found',
        'This server has no OpenID Connect provider: sign in by user name and password.',
      )
    return access.library(access.env.publicUrl ?? ownOrigin(context, undefined) ?? 'http://localhost')
  }
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'public',
        summary: 'Sign in at the OpenID Connect provider',
        responses: { 302: { description: 'To the provider' } },
      }),
      async (context) => {
        const { api } = await library(context)
        const answer = await api
          .signInSocial({
            body: {
              provider: OIDC_PROVIDER,
              callbackURL: '/',
              errorCallbackURL: REFUSED,
              disableRedirect: true,
            },
            headers: libraryHeaders(context),
            returnHeaders: true,
          })
          .catch((error: unknown) => {
            if (isRefusal(error)) return undefined
            throw error
          })
        if (!answer?.response.url)
          throw new Problem(
            'unavailable',
            'The OpenID Connect provider does not say where to sign in. Try again later, or sign in by user name and password.',
          )
        passCookies(context, answer.headers)
        context.header('cache-control', 'no-store')
        return context.redirect(answer.response.url, 302)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/callback`,
        tags,
        permission: 'public',
        summary: 'Where the provider sends people back to',
        request: {
          query: z.object({
            code: z.string().max(4000).optional(),
            state: z.string().max(4000).optional(),
            iss: z.string().max(2000).optional(),
            error: z.string().max(200).optional(),
            error_description: z.string().max(2000).optional(),
          }),
        },
        responses: { 302: { description: 'To the page, signed in or told why not' } },
      }),
      async (context) => {
        const { api } = await library(context)
        const query = context.req.valid('query')
        // Whatever comes back is written down: anyone could fill the trail.
        const address = context.var.clientAddress ?? 'unknown'
        await access.attempts.begin(address, undefined)
        const answer = await api.callbackOAuth({
          params: { id: OIDC_PROVIDER },
          query,
          method: 'GET',
          headers: libraryHeaders(context),
          asResponse: true,
        })
        const token = sessionToken(access, answer)
        if (token) await endPresentSession(access, context)
        passCookies(context, answer.headers)
        const identity = token ? await identityOfSession(access, token) : undefined
        const actor = actorFor(context, identity ?? { name: 'anonymous' })
        if (identity) {
          await access.attempts.succeed(address, undefined)
          if (identity.mustChangePassword) await dropGivenPassword(sql, actor, identity.personId!)
        }
        await recordAudit(sql, actor, {
          kind: identity ? 'sign-in' : 'sign-in-refused',
          detail: { how: 'oidc' },
        })
        context.header('cache-control', 'no-store')
        return context.redirect(identity ? '/' : REFUSED, 302)
      },
    )
}

function passCookies(context: Context, headers: Headers | null | undefined): void {
  for (const cookie of headers?.getSetCookie() ?? []) context.header('set-cookie', cookie, { append: true })
}

/** Of the cookie that the library set: `token.signature`. */
function sessionToken({ cookies }: Access, answer: Response): string | undefined {
  const prefix = `${cookies.session}=`
  const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(prefix))
  const value = line?.slice(prefix.length).split(';')[0]
  return value ? decodeURIComponent(value).split('.')[0] : undefined
}
