import {
  matrixRequest,
  matrixSchema,
  networkSchema,
  pathsRequest,
  pathsSchema,
  streetPartsSchema,
} from '../../geodata/network/network.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { signalOf } from '../platform/limits.ts'
import { route, router } from '../platform/route.ts'
import { describeNetwork, drawParts } from './describe-network.ts'
import type { Network } from './network.ts'
import { reachedRoads } from './road-lines.store.ts'

/**
 * Ways on foot along the streets. Streets are public ground: a way leads over them whatever one's area is, but the
 * network as such is told of in one's area alone.
 */
export function networkRoutes({ database }: Deps, network: Network) {
  const tags = ['Patrols']
  return router()
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/patrols/paths',
        tags,
        permission: 'read',
        summary: 'The way on foot through places, along streets or straight',
        request: { body: jsonBody(pathsRequest) },
        responses: jsonAnswers('A leg between each place and the next', pathsSchema),
      }),
      async (context) => {
        const { points, legs, withinMetres } = context.req.valid('json')
        return context.json(await network.paths(points, legs, { withinMetres, signal: signalOf(context) }))
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/patrols/matrix',
        heavy: true,
        tags,
        permission: 'read',
        summary: 'Metres on foot from each of some places to each of others',
        request: { body: jsonBody(matrixRequest) },
        responses: jsonAnswers('The matrix', matrixSchema),
      }),
      async (context) => {
        const { from, to, withinMetres } = context.req.valid('json')
        const { metres, ...answer } = await network.matrix(from, to, {
          withinMetres,
          signal: signalOf(context),
        })
        const width = (to ?? from).length
        return context.json({
          ...answer,
          metres: from.map((_, row) =>
            Array.from(metres.subarray(row * width, (row + 1) * width), (cost) =>
              cost === Number.POSITIVE_INFINITY ? null : Math.round(cost * 1000) / 1000,
            ),
          ),
        })
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/network',
        tags,
        permission: 'read',
        summary: 'The streets that can be walked: their length, and the parts between which no street leads',
        responses: jsonAnswers('The network', networkSchema),
      }),
      async (context) => {
        const loaded = await network.current()
        return context.json(
          describeNetwork(loaded, await reachedRoads(database.read, context.var.identity.reach)),
        )
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/network/parts',
        tags,
        permission: 'read',
        summary: 'The parts of the network that no street joins to the largest, as GeoJSON',
        responses: jsonAnswers('The parts, the largest first', streetPartsSchema),
      }),
      async (context) => {
        const loaded = await network.current()
        return context.json(drawParts(loaded, await reachedRoads(database.read, context.var.identity.reach)))
      },
    )
}
