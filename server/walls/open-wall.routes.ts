import {
  openWallsSchema,
  pushedSchema,
  pushRequestSchema,
  wallStatusSchema,
} from '../../geodata/walls/open-wall.schema.ts'
import { readBuild } from '../live/beat.ts'
import type { Deps } from '../platform/deps.ts'
import { identityKey } from '../platform/identity-key.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { byWhom } from './by-whom.ts'
import { listWalls, writeStatus } from './open-wall.store.ts'
import { pushToWalls } from './push.ts'

const tags = ['Walls']

/** Which walls are open, and what is sent to them. */
export function openWallRoutes(deps: Deps) {
  const { sql } = deps.database
  const build = readBuild()
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/walls',
        tags,
        permission: 'wall',
        summary: 'Walls that were open within the last week',
        responses: jsonAnswers('Those that show nothing but what you reach', openWallsSchema),
      }),
      async (context) =>
        context.json({ walls: await listWalls(sql, context.var.identity.reach, await build) }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/walls/status',
        tags,
        permission: 'read',
        summary: 'A wall says that it is there, and how it is',
        request: { body: jsonBody(wallStatusSchema) },
        responses: { 204: { description: 'Known' } },
      }),
      async (context) => {
        const { name, reach } = context.var.identity
        const owner = { name, reach, credential: identityKey(context) }
        await writeStatus(sql, owner, context.req.valid('json'))
        return context.body(null, 204)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/walls/push',
        tags,
        permission: 'wall',
        summary: 'Send a message, a view or a reload to walls',
        description: 'Walls of these names hear it at once, and those that come back before its end, too.',
        request: { body: jsonBody(pushRequestSchema) },
        responses: jsonAnswers('Its event, and the open walls that are meant', pushedSchema),
      }),
      async (context) => {
        return context.json(await pushToWalls(deps, byWhom(context), context.req.valid('json')), 200)
      },
    )
}
