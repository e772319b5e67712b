import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  createdPersonSchema,
  newPersonSchema,
  type Person,
  personPatchSchema,
  personSchema,
} from '../../geodata/access/people.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { actorOf } from './actor.ts'
import { hashPassword, makePassword } from './library/password.ts'
import type { Access } from './open-access.ts'
import { changePerson, createPerson, getPerson, listPeople, resetPassword } from './person.store.ts'
import { refuseWeak } from './refuse-weak.ts'

const tags = ['People']
const path = '/api/v1/people'
const permission = 'people'
const wire = personSchema.openapi('Person')
const one = jsonAnswer('The person, with their version as ETag', wire)

/** Who may come in. Nobody is deleted, since names stand in the history: they are disabled. */
export function peopleRoutes(access: Access) {
  const { sql } = access.database
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission,
        summary: 'List people by user name',
        request: {
          query: z.strictObject({
            q: text(100)
              .optional()
              .openapi({ description: 'Only those whose user name or name has this in it' }),
          }),
        },
        responses: {
          200: jsonAnswer('All of them', z.object({ people: z.array(wire) })),
        },
      }),
      async (context) => context.json({ people: await listPeople(sql, context.req.valid('query').q) }),
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission,
        summary: 'Add a person; the password is changed at the first sign-in',
        request: { body: jsonBody(newPersonSchema) },
        responses: {
          201: jsonAnswer('The person, and the password when none was given', createdPersonSchema),
        },
      }),
      async (context) => {
        const { password: given, ...wanted } = context.req.valid('json')
        if (given !== undefined) refuseWeak(given, wanted.username)
        const password = given ?? makePassword()
        const passwordHash = await hashPassword(password)
        const person = await sql.begin((tx) =>
          createPerson(tx, actorOf(context), wanted, { passwordHash, mustChange: true }),
        )
        context.header('location', `${path}/${person.id}`)
        context.header('etag', etagOf(person))
        context.header('cache-control', 'no-store')
        return context.json({ person, ...(given === undefined ? { password } : {}) }, 201)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}`,
        tags,
        permission,
        summary: 'One person',
        request: { params: idParameter },
        responses: { 200: one },
      }),
      async (context) => answer(context, await getPerson(sql, context.req.valid('param').id)),
    )
    .openapi(
      route({
        method: 'patch',
        path: `${path}/{id}`,
        tags,
        permission,
        summary: 'Change name, role or area, disable or enable; in force at once',
        request: {
          params: idParameter,
          headers: versionHeader,
          body: jsonBody(personPatchSchema),
        },
        responses: { 200: one },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const version = readVersion(context)
        const person = await changePerson(sql, actorOf(context), id, version, context.req.valid('json'))
        access.forget()
        return answer(context, person)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/{id}/password-reset`,
        tags,
        permission,
        summary: 'Give a new password, to be changed at the next sign-in; all their sessions end',
        request: { params: idParameter },
        responses: {
          200: jsonAnswer('It is shown this once', z.object({ password: z.string() })),
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const password = makePassword()
        await getPerson(sql, id)
        await resetPassword(sql, actorOf(context), id, await hashPassword(password))
        access.forget()
        context.header('cache-control', 'no-store')
        return context.json({ password }, 200)
      },
    )
}

const etagOf = ({ version }: Person): string => `"${version}"`

function answer(context: Context, person: Person) {
  context.header('etag', etagOf(person))
  return context.json(person, 200)
}
