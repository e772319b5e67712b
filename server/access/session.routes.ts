import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { deleteCookie } from 'hono/cookie'
import {
  demoSignInSchema,
  kioskSignInSchema,
  openSessionSchema,
  passwordChangeSchema,
  sessionSchema,
  setUpSchema,
  signInSchema,
} from '../../geodata/access/session.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { idParameter } from '../features/feature.schema.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { actorFor, actorOf } from './actor.ts'
import type { AppEnv } from './app-env.ts'
import { changePassword } from './change-password.ts'
import { demoPerson } from './demo-person.store.ts'
import { describeSession } from './describe-session.ts'
import { byToken, identityOfSession, setKioskCookie } from './identify.ts'
import { type Identity, may } from './identity.ts'
import { hashPassword } from './library/password.ts'
import type { Access } from './open-access.ts'
import { createPerson } from './person.store.ts'
import { refuseWeak } from './refuse-weak.ts'
import { endSession, listSessions } from './session.store.ts'
import { requireSetUpSecret, useSetUpSecret } from './set-up.store.ts'
import { clearCookies, endPresentSession, signInAs, signInByPassword } from './sign-in.ts'

const tags = ['Session']
const path = '/api/v1/session'
const wire = sessionSchema.openapi('Session')
const answers = {
  200: jsonAnswer('Who asks from now on', wire),
}
const { id } = idParameter.shape

/** Signing in and out, the password, and where one is signed in. */
export function sessionRoutes(access: Access) {
  const { sql } = access.database
  const answer = async (context: Context<AppEnv>, identity: Identity | undefined) => {
    context.header('cache-control', 'no-store')
    context.set('identity', identity ?? context.var.identity)
    return context.json(await describeSession(access, context.var.identity), 200)
  }
  const answerSignedIn = async (context: Context<AppEnv>, token: string) =>
    answer(context, await identityOfSession(access, token))

  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'public',
        summary: 'Who asks, what they may do, and how to sign in',
        responses: answers,
      }),
      (context) => {
        // A cookie of a session that is over would be sent, and refused, for days.
        if (context.var.identity.refused) clearCookies(access, context)
        return answer(context, undefined)
      },
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'public',
        summary: 'Sign in by user name and password',
        request: { body: jsonBody(signInSchema) },
        responses: answers,
      }),
      async (context) =>
        answerSignedIn(context, await signInByPassword(access, context, context.req.valid('json'))),
    )
    .openapi(
      route({
        method: 'delete',
        path,
        tags,
        permission: 'public',
        summary: 'Sign out',
        responses: { 204: { description: 'Signed out; the session is over' } },
      }),
      async (context) => {
        const { kind } = context.var.identity
        await endPresentSession(access, context)
        clearCookies(access, context)
        if (kind === 'person' || kind === 'kiosk')
          await recordAudit(sql, actorOf(context), { kind: 'sign-out' })
        return context.body(null, 204)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/demo`,
        tags,
        permission: 'public',
        summary: 'Sign in as the demo person of a role; not found outside demo mode',
        request: { body: jsonBody(demoSignInSchema) },
        responses: answers,
      }),
      async (context) => {
        if (!(await access.isDemo()))
          throw new Problem(
            'not-found',
            'This server is not in demo mode: sign in by user name and password.',
          )
        const { role } = context.req.valid('json')
        const person = { id: await demoPerson(sql, role), username: `demo-${role}` }
        return answerSignedIn(context, await signInAs(access, context, person, 'demo'))
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/kiosk`,
        tags,
        permission: 'public',
        summary: 'Make this browser a kiosk, by a kiosk token; it stays one for 90 days from its last use',
        request: { body: jsonBody(kioskSignInSchema) },
        responses: answers,
      }),
      async (context) => {
        const { token } = context.req.valid('json')
        const found = await byToken(access, token)
        if (found?.identity.kind !== 'kiosk')
          throw new Problem(
            'wrong-credentials',
            'This is no kiosk token, or it was revoked or is over. Ask for another.',
          )
        await endPresentSession(access, context)
        await recordAudit(sql, actorFor(context, found.identity), {
          kind: 'sign-in',
          detail: { how: 'kiosk' },
        })
        const { session, secure } = access.cookies
        deleteCookie(context, session, { path: '/', secure })
        setKioskCookie(access, context, token)
        return answer(context, found.identity)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/password`,
        tags,
        permission: 'self',
        summary: 'Change one’s password; every other session of one’s own ends',
        request: { body: jsonBody(passwordChangeSchema) },
        responses: answers,
      }),
      async (context) =>
        answerSignedIn(context, await changePassword(access, context, context.req.valid('json'))),
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/set-up',
        tags,
        permission: 'public',
        summary: 'Make the first administrator, by the link that the server printed, and sign in',
        request: { body: jsonBody(setUpSchema) },
        responses: answers,
      }),
      async (context) => {
        const { secret, username, name, password } = context.req.valid('json')
        await requireSetUpSecret(sql, secret)
        refuseWeak(password, username)
        const passwordHash = await hashPassword(password)
        const person = await sql.begin(async (tx) => {
          await useSetUpSecret(tx, secret)
          return createPerson(
            tx,
            actorFor(context, { name: username }),
            { username, name, role: 'administrator', everywhere: true, area: [] },
            { passwordHash, mustChange: false },
          )
        })
        return answerSignedIn(context, await signInAs(access, context, person, 'set-up'))
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/sessions',
        tags,
        permission: 'self',
        summary: 'Where one is signed in; where another person, or everyone, is needs the permission people',
        request: {
          query: z.strictObject({
            person: z
              .union([z.literal('all'), id])
              .optional()
              .openapi({ description: 'Id of a person, or “all”; left out: oneself' }),
          }),
        },
        responses: {
          200: jsonAnswer(
            'Open sessions, the last used first',
            z.object({ sessions: z.array(openSessionSchema.openapi('OpenSession')) }),
          ),
        },
      }),
      async (context) => {
        const { person } = context.req.valid('query')
        const { identity } = context.var
        const whose = person ?? identity.personId
        if (whose !== identity.personId) requirePeople(identity)
        const current = identity.credentialId === undefined ? undefined : Number(identity.credentialId)
        context.header('cache-control', 'no-store')
        return context.json({
          sessions: await listSessions(sql, whose === 'all' ? undefined : whose, current),
        })
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/api/v1/sessions/{id}',
        tags,
        permission: 'self',
        summary: 'End a session: one’s own, or with the permission people anyone’s',
        request: { params: idParameter },
        responses: { 204: { description: 'It is over' } },
      }),
      async (context) => {
        const { identity } = context.var
        const owner = may(identity, 'people') ? undefined : identity.personId
        await endSession(sql, actorOf(context), context.req.valid('param').id, owner)
        access.forget()
        return context.body(null, 204)
      },
    )
}

function requirePeople(identity: Identity): void {
  if (may(identity, 'people')) return
  throw new Problem('not-permitted', `${identity.name} sees only where they are signed in themselves.`)
}
