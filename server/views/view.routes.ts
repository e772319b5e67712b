import { z } from '@hono/zod-openapi'
import { type SavedView, viewInputSchema, viewSchema } from '../../geodata/views/view.schema.ts'
import { actorOf } from '../access/actor.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { createView, deleteView, listViews, replaceView } from './view.store.ts'

const path = '/api/v1/views'
const tags = ['Views']
const wire = viewSchema.openapi('SavedView')
const one = jsonAnswer('The view, with its version as ETag', wire)
const body = jsonBody(viewInputSchema)

/** Views of the dashboard that were kept under a name. */
export function viewRoutes({ database }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List the saved views, the last changed first',
        responses: {
          200: jsonAnswer('All of them', z.object({ views: z.array(wire) })),
        },
      }),
      async (context) => context.json({ views: await listViews(database.sql) }),
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'view',
        summary: 'Save a view',
        request: { body },
        responses: { 201: one },
      }),
      async (context) => {
        const view = await createView(database.sql, context.req.valid('json'), actorOf(context))
        context.header('etag', etagOf(view))
        context.header('location', `${path}/${view.id}`)
        return context.json(view, 201)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/{id}`,
        tags,
        permission: 'view',
        summary: 'Replace a saved view',
        request: { params: idParameter, headers: versionHeader, body },
        responses: { 200: one },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const view = await replaceView(
          database.sql,
          id,
          readVersion(context),
          context.req.valid('json'),
          actorOf(context),
        )
        context.header('etag', etagOf(view))
        return context.json(view, 200)
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${path}/{id}`,
        tags,
        permission: 'view',
        summary: 'Delete a saved view',
        request: { params: idParameter, headers: versionHeader },
        responses: { 204: { description: 'Deleted' } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await deleteView(database.sql, id, readVersion(context), actorOf(context))
        return context.body(null, 204)
      },
    )
}

const etagOf = ({ version }: SavedView): string => `"${version}"`
