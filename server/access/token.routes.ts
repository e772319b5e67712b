import { z } from '@hono/zod-openapi'
import { mayRole } from '../../geodata/access/roles.ts'
import { createdTokenSchema, newTokenSchema, tokenSchema } from '../../geodata/access/token.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { idParameter } from '../features/feature.schema.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { actorOf } from './actor.ts'
import { type Identity, may } from './identity.ts'
import type { Access } from './open-access.ts'
import { createToken, listTokens, revokeToken } from './token.store.ts'

const tags = ['Tokens']
const path = '/api/v1/tokens'
const permission = 'self'
const wire = tokenSchema.openapi('Token')

/** Tokens for programs, and for screens on walls. They look after no account: who asks here is signed in. */
export function tokenRoutes(access: Access) {
  const { sql } = access.database
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission,
        summary: 'One’s own tokens; with the permission people everyone’s',
        responses: {
          200: jsonAnswer('All of them, the latest first', z.object({ tokens: z.array(wire) })),
        },
      }),
      async (context) => {
        context.header('cache-control', 'no-store')
        return context.json({ tokens: await listTokens(sql, ownerOf(context.var.identity)) })
      },
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission,
        summary: 'Make a token; it can never do more than its owner. Kiosk tokens need the permission people',
        request: { body: jsonBody(newTokenSchema) },
        responses: {
          201: jsonAnswer('The token, and its secret this once', createdTokenSchema),
        },
      }),
      async (context) => {
        const { identity } = context.var
        const wanted = context.req.valid('json')
        const made = await createToken(
          sql,
          actorOf(context),
          tokenOwner(identity, wanted.kind),
          identity.reach,
          {
            ...wanted,
            scopes: wanted.kind === 'kiosk' ? ['read'] : refuseBeyond(identity, wanted.scopes),
          },
        )
        context.header('cache-control', 'no-store')
        return context.json(made, 201)
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${path}/{id}`,
        tags,
        permission,
        summary: 'Revoke a token: one’s own, or with the permission people anyone’s',
        request: { params: idParameter },
        responses: { 204: { description: 'It is refused from now on' } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await revokeToken(sql, actorOf(context), id, ownerOf(context.var.identity))
        access.forget()
        return context.body(null, 204)
      },
    )
}

/** A kiosk outlives the account of whoever hung it up. */
function tokenOwner(identity: Identity, kind: 'token' | 'kiosk') {
  if (kind === 'token') return { personId: requirePerson(identity) }
  if (may(identity, 'people')) return { role: 'kiosk' as const }
  throw new Problem('not-permitted', 'Kiosk tokens are made by those who may manage people and tokens.')
}

function refuseBeyond(identity: Identity, scopes: z.infer<typeof newTokenSchema>['scopes']) {
  const beyond =
    scopes?.filter((scope) => identity.role === undefined || !mayRole(identity.role, scope)) ?? []
  if (beyond.length === 0) return scopes
  throw new Problem(
    'not-permitted',
    `A token can do nothing that its owner may not: ${beyond.join(', ')}. Leave that out of the scopes.`,
  )
}

/** undefined: everyone's. */
const ownerOf = (identity: Identity): number | undefined =>
  may(identity, 'people') ? undefined : requirePerson(identity)

function requirePerson({ personId }: Identity): number {
  if (personId !== undefined) return personId
  throw new Problem('not-permitted', 'Tokens belong to people who are signed in.')
}
