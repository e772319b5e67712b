import { z } from '@hono/zod-openapi'
import {
  type WallLayout,
  type WallLayoutInput,
  wallLayoutInputSchema,
  wallLayoutSchema,
} from '../../geodata/walls/layout.schema.ts'
import { actorOf } from '../access/actor.ts'
import { resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { byWhom } from './by-whom.ts'
import { createLayout, deleteLayout, listLayouts, replaceLayout } from './layout.store.ts'

const path = '/api/v1/walls/layouts'
const tags = ['Walls']
const one = jsonAnswer('The layout, with its version as ETag', wallLayoutSchema)
const body = jsonBody(wallLayoutInputSchema)
const etagOf = ({ version }: WallLayout): string => `"${version}"`

/** What walls show, by name. */
export function layoutRoutes({ database: { sql } }: Deps) {
  /** Cells that are named must be there, and in reach of whoever names them. */
  const requireCells = async ({ area, tour }: WallLayoutInput, reach: Reach) => {
    await resolveArea(sql, [...area, ...tour.areas], reach)
  }
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List the layouts of walls, by name',
        responses: jsonAnswers('All of them', z.object({ layouts: z.array(wallLayoutSchema) })),
      }),
      async (context) => context.json({ layouts: await listLayouts(sql) }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'wall',
        summary: 'Keep a layout under a name',
        request: { body },
        responses: { 201: one },
      }),
      async (context) => {
        const input = context.req.valid('json')
        await requireCells(input, context.var.identity.reach)
        const layout = await createLayout(sql, actorOf(context), input)
        context.header('etag', etagOf(layout))
        context.header('location', `${path}/${layout.id}`)
        return context.json(layout, 201)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/{id}`,
        tags,
        permission: 'wall',
        summary: 'Replace a layout',
        request: { params: idParameter, headers: versionHeader, body },
        responses: { 200: one },
      }),
      async (context) => {
        const input = context.req.valid('json')
        await requireCells(input, context.var.identity.reach)
        const { id } = context.req.valid('param')
        const layout = await replaceLayout(sql, byWhom(context), id, readVersion(context), input)
        context.header('etag', etagOf(layout))
        return context.json(layout, 200)
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${path}/{id}`,
        tags,
        permission: 'wall',
        summary: 'Delete a layout',
        request: { params: idParameter, headers: versionHeader },
        responses: { 204: { description: 'Deleted' } },
      }),
      async (context) => {
        await deleteLayout(sql, byWhom(context), context.req.valid('param').id, readVersion(context))
        return context.body(null, 204)
      },
    )
}
