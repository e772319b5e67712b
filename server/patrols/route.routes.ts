import { z } from '@hono/zod-openapi'
import { PATROL_ROUTES } from '../../geodata/patrols/patrol-routes.ts'
import { patrolRoutesSchema } from '../../geodata/patrols/route.schema.ts'
import { requirePermission } from '../access/require-permission.ts'
import { bboxParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { signalOf, timeLimit } from '../platform/limits.ts'
import { originFor } from '../platform/public-address.ts'
import { route, router } from '../platform/route.ts'
import { noTile, sendTile, TILE_HEADERS } from '../tiles/send-tile.ts'
import { parseTileAddress } from '../tiles/tile-address.ts'
import { tileBody } from '../tiles/tile-body.ts'
import { tileJsonOf } from '../tiles/tilejson.ts'
import { listRoutes } from './route.store.ts'
import { ROUTE_PROPERTIES, routeExtent, routeTile } from './route-tile.store.ts'

const tags = [PATROL_ROUTES.title.en]
const { id: LAYER, minZoom } = PATROL_ROUTES
const NUMBERS = ['planId', 'planVersion', 'metres', 'stops']

const tileJsonRoute = route({
  method: 'get',
  path: `/tiles/${LAYER}.json`,
  tags,
  permission: 'read',
  summary: 'TileJSON 3.0 of the routes of patrols that were handed out',
  responses: {
    200: { description: 'TileJSON', content: { 'application/json': { schema: z.looseObject({}) } } },
  },
})
const tileRoute = route({
  method: 'get',
  path: `/tiles/${LAYER}/{z}/{x}/{y}.mvt`,
  tags,
  permission: 'read',
  summary: 'A vector tile of the routes of patrols that were handed out',
  request: { params: z.object({ z: z.int(), x: z.int(), y: z.int() }) },
  responses: {
    200: {
      description: 'Mapbox vector tile 2.1; X-Tile-Truncated: features, when not all are in it',
      content: { 'application/vnd.mapbox-vector-tile': { schema: z.string() } },
    },
    204: { description: 'Nothing is there' },
    304: { description: 'If-None-Match still holds' },
  },
})

/** Rounds of published and closed plans as a layer that is only read. To be added before the tiles of the other layers. */
export function routeRoutes({ database, env, outbox }: Deps) {
  const app = router()
  app.openAPIRegistry.registerPath(tileJsonRoute)
  app.openAPIRegistry.registerPath(tileRoute)
  const mayRead = requirePermission('read')
  app.get(`/tiles/${LAYER}.json`, mayRead, timeLimit(), async (context) => {
    const extent = await routeExtent(database.sql, context.var.identity.reach)
    const origin = originFor(context, env.publicUrl)
    const fields = Object.fromEntries(
      ROUTE_PROPERTIES.map((name) => [name, NUMBERS.includes(name) ? 'Number' : 'String']),
    )
    return context.json(tileJsonOf(PATROL_ROUTES, origin, extent, fields), 200, TILE_HEADERS)
  })
  app.get(`/tiles/${LAYER}/:z/:x/:file{[^/]+\\.mvt}`, mayRead, timeLimit(), async (context) => {
    const { z, x, file } = context.req.param()
    const address = parseTileAddress(z, x, file.slice(0, -'.mvt'.length))
    if (address.z < minZoom) return noTile()
    await outbox.settled()
    const tile = await routeTile(database.sql, address, context.var.identity.reach, signalOf(context))
    return sendTile(context, tileBody(tile), () => {})
  })
  return app.openapi(
    route({
      method: 'get',
      path: `/api/v1/${LAYER}`,
      tags,
      permission: 'read',
      summary: 'List the routes of patrols that were handed out',
      description:
        'The ways of the rounds of published and closed plans, as they were published last. They follow from the plans; ' +
        'nobody edits them.',
      request: {
        query: z.strictObject({
          bbox: bboxParameter.optional(),
          plan: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
          cursor: z.coerce
            .number()
            .int()
            .min(0)
            .max(Number.MAX_SAFE_INTEGER)
            .default(0)
            .describe('`next` of the page before'),
        }),
      },
      responses: jsonAnswers('One page in id order, as a GeoJSON FeatureCollection', patrolRoutesSchema),
    }),
    async (context) => {
      const { bbox, plan, limit, cursor } = context.req.valid('query')
      const { reach } = context.var.identity
      const query = { bbox, planId: plan, limit, after: cursor }
      return context.json(await listRoutes(database.read, reach, query), 200)
    },
  )
}
