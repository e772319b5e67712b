import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  coverageSchema,
  type Department,
  departmentInputSchema,
  departmentSchema,
  ownersSchema,
} from '../../geodata/dispatch/department.schema.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { readCoverage } from './covering.store.ts'
import { createDepartment, deleteDepartment, listDepartments, putDepartment } from './department.store.ts'
import { readOwners } from './owners.store.ts'

const path = '/api/v1/departments'
const tags = ['Dispatch']
const one = jsonAnswer('The department, with its version as ETag', departmentSchema)

/** Who handles what and where, and whom a case should go to. */
export function departmentRoutes({ database }: Deps) {
  // From the primary: whoever changes them next sends back these versions.
  const { sql } = database
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List departments, with what they cover',
        responses: jsonAnswers(
          'All of them, those that are given cases first, by name',
          z.object({ departments: z.array(departmentSchema) }),
        ),
      }),
      async (context) =>
        context.json({ departments: await listDepartments(sql, context.var.identity.reach) }, 200),
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/coverage`,
        tags,
        permission: 'read',
        summary: 'What nobody covers where, and what several cover alike',
        responses: jsonAnswers('By category, over the grids in reach', coverageSchema),
      }),
      async (context) => context.json(await readCoverage(database.read, context.var.identity.reach), 200),
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/cases/{id}/owners',
        tags,
        permission: 'read',
        summary: 'Departments for a case, the likeliest first, with reasons',
        request: { params: idParameter },
        responses: jsonAnswers('Who covers it, and who handled the last like it', ownersSchema),
      }),
      async (context) =>
        context.json(
          await readOwners(database.read, context.req.valid('param').id, context.var.identity.reach),
          200,
        ),
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'configure',
        summary: 'Add a department',
        request: { body: jsonBody(departmentInputSchema) },
        responses: { 201: one },
      }),
      async (context) => {
        requireEverywhere(context, EVERYWHERE)
        const made = await createDepartment(sql, actorOf(context), context.req.valid('json'))
        context.header('location', `${path}/${made.id}`)
        return answer(context, made, 201)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/{id}`,
        tags,
        permission: 'configure',
        summary: 'Replace a department’s name, area and categories; give it up or take it back',
        description: 'Cases that it has stay with it.',
        request: { params: idParameter, headers: versionHeader, body: jsonBody(departmentInputSchema) },
        responses: { 200: one },
      }),
      async (context) => {
        requireEverywhere(context, EVERYWHERE)
        const { id } = context.req.valid('param')
        const version = readVersion(context)
        return answer(
          context,
          await putDepartment(sql, actorOf(context), id, version, context.req.valid('json')),
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${path}/{id}`,
        tags,
        permission: 'configure',
        summary: 'Delete a department that no person, case or history knows',
        request: { params: idParameter, headers: versionHeader },
        responses: { 204: { description: 'It is gone' } },
      }),
      async (context) => {
        requireEverywhere(context, EVERYWHERE)
        await deleteDepartment(sql, actorOf(context), context.req.valid('param').id, readVersion(context))
        return context.body(null, 204)
      },
    )
}

const EVERYWHERE = 'Departments are for the whole installation'

function answer<S extends 200 | 201>(context: Context, department: Department, status: S) {
  context.header('etag', `"${department.version}"`)
  return context.json(department, status)
}
