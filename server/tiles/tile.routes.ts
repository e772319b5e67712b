import { z } from '@hono/zod-openapi'
import { isLayerId, LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { readableLayer } from '../access/readable-layer.ts'
import { requirePermission } from '../access/require-permission.ts'
import type { Deps } from '../platform/deps.ts'
import { signalOf, timeLimit } from '../platform/limits.ts'
import { originFor } from '../platform/public-address.ts'
import { route, router } from '../platform/route.ts'
import { attributionsOf } from './attribution.store.ts'
import { readTileFilter } from './read-tile-filter.ts'
import { noTile, sendTile, TILE_HEADERS } from './send-tile.ts'
import { parseTileAddress, tileTouches } from './tile-address.ts'
import { tileScope } from './tile-scope.ts'
import { createTileService, type TileService } from './tile-service.ts'
import { tileJson } from './tilejson.ts'

const layerParam = z.object({ layer: z.enum(LAYER_IDS) })
const tileJsonRoute = route({
  method: 'get',
  path: '/tiles/{layer}.json',
  permission: 'read',
  summary: 'TileJSON 3.0 of a layer; with the filters of its list (but bbox and ids), of what they leave',
  request: { params: layerParam },
  responses: {
    200: { description: 'TileJSON', content: { 'application/json': { schema: z.looseObject({}) } } },
  },
})
const tileRoute = route({
  method: 'get',
  path: '/tiles/{layer}/{z}/{x}/{y}.mvt',
  permission: 'read',
  summary: 'A vector tile of a layer; with the filters of its list (but bbox and ids), of what they leave',
  request: { params: layerParam.extend({ z: z.int(), x: z.int(), y: z.int() }) },
  responses: {
    200: {
      description: 'Mapbox vector tile 2.1; X-Tile-Truncated names what the byte budget cost, when it did',
      content: { 'application/vnd.mapbox-vector-tile': { schema: z.string() } },
    },
    204: { description: 'Nothing is there' },
    304: { description: 'If-None-Match still holds' },
  },
})

export function tileRoutes(deps: Deps, service: TileService = createTileService(deps)) {
  const app = router()
  // The suffixes in these paths are beyond what a described route can match, so description and handler stand apart.
  app.openAPIRegistry.registerPath(tileJsonRoute)
  app.openAPIRegistry.registerPath(tileRoute)
  const mayRead = requirePermission('read', 'by-address')
  app.get('/tiles/:file{[^/]+\\.json}', mayRead, timeLimit(), async (context) => {
    const layer = knownLayer(context.req.param('file').slice(0, -'.json'.length))
    readableLayer(context.var.identity, layer)
    const filter = readTileFilter(layer, context.req.queries())
    const [extent, attributions] = await Promise.all([
      service.extents.get(layer, tileScope(context.var.identity.reach)),
      attributionsOf(deps.database.sql, layer),
    ])
    const origin = originFor(context, deps.env.publicUrl)
    return context.json(tileJson(layer, origin, extent, attributions, filter?.key), 200, TILE_HEADERS)
  })
  app.get('/tiles/:layer/:z/:x/:file{[^/]+\\.mvt}', mayRead, timeLimit(), async (context) => {
    const { layer: name, z, x, file } = context.req.param()
    const layer = knownLayer(name)
    readableLayer(context.var.identity, layer)
    const address = parseTileAddress(z, x, file.slice(0, -'.mvt'.length))
    const filter = readTileFilter(layer, context.req.queries())
    if (address.z < LAYERS[layer].minZoom) return noTile()
    const scope = tileScope(context.var.identity.reach)
    await deps.outbox.settled()
    const body = service.cache.peek(layer, address, scope, filter)
    if (body) return sendTile(context, body, () => service.cache.resize(body))
    const extent = await service.extents.get(layer, scope)
    if (!extent || !tileTouches(address, extent)) return noTile()
    const made = await service.cache.get(layer, address, scope, signalOf(context), filter)
    return sendTile(context, made, () => service.cache.resize(made))
  })
  return app
}

function knownLayer(name: string): LayerId {
  if (isLayerId(name)) return name
  throw new Problem(
    'not-found',
    `There are no tiles of “${name.slice(0, 60)}”. The layers are ${LAYER_IDS.join(', ')}.`,
  )
}
