import { z } from '@hono/zod-openapi'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerDefinition } from '../../geodata/shared/layer.ts'
import { actorOf } from '../access/actor.ts'
import { tellExport } from '../audit/tell-export.ts'
import type { FeatureFilter } from '../features/feature.filter.ts'
import { filterParameters } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { type Router, route, router } from '../platform/route.ts'
import { streamPieces } from '../platform/stream-pieces.ts'
import { exportGeoJson } from './export-geojson.ts'

/** A download of every layer, with the filters of its list. */
export function exportRoutes(deps: Deps) {
  const app = router()
  for (const definition of Object.values(LAYERS)) addExport(app, definition, deps)
  return app
}

function addExport(app: Router, definition: LayerDefinition, { database }: Deps): void {
  const { id: layer, title } = definition
  app.openapi(
    route({
      method: 'get',
      path: `/api/v1/exports/${layer}`,
      tags: ['Exports'],
      permission: 'export',
      heavy: true,
      seconds: Number.POSITIVE_INFINITY,
      summary: `Export ${title.en.toLowerCase()}`,
      request: {
        query: z.strictObject({
          ...filterParameters(definition),
          format: z.enum(['geojson']).default('geojson'),
        }),
      },
      responses: {
        200: {
          description: 'An RFC 7946 FeatureCollection as a download; import takes it back unchanged',
          content: { 'application/geo+json': { schema: z.object({ type: z.literal('FeatureCollection') }) } },
        },
      },
    }),
    async (context) => {
      const { format, ...asked } = context.req.valid('query')
      const filter = asked as FeatureFilter
      const stop = new AbortController()
      const { signal } = stop
      const { reach } = context.var.identity
      const pieces = await exportGeoJson(database.read, layer, filter, reach, signal)
      const about = { sql: database.sql, actor: actorOf(context), layer, asked: { format, filter }, signal }
      const told = tellExport(about, pieces)
      return new Response(streamPieces(told, stop), {
        headers: {
          'content-type': 'application/geo+json; charset=utf-8',
          'content-disposition': `attachment; filename="${layer}.geojson"`,
          'cache-control': 'no-store',
        },
      }) as never
    },
  )
}
