import { z } from '@hono/zod-openapi'
import { analysisFeatureSchema, partName } from '../../geodata/coverage/analysis.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import { requirePermission } from '../access/require-permission.ts'
import { type ExportPiece, tellExport } from '../audit/tell-export.ts'
import { bboxParameter } from '../features/feature.schema.ts'
import type { Sql } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { signalOf, timeLimit } from '../platform/limits.ts'
import { issuesOf } from '../platform/problem.ts'
import { route, router } from '../platform/route.ts'
import { streamPieces } from '../platform/stream-pieces.ts'
import { noTile, sendTile } from '../tiles/send-tile.ts'
import { parseTileAddress } from '../tiles/tile-address.ts'
import { ANALYSES, analysisParams, analysisTags as tags } from './analysis.routes.ts'
import { countFeatures, type FeaturesQuery, partFeatures, type ReadablePart, readPart } from './part.store.ts'
import { PART_FORMAT_NAMES, PART_FORMATS, type PartFormatName } from './part-formats.ts'
import { createPartTiles } from './part-tile.store.ts'
import { readerOf } from './reader.ts'

const PAGE_ROWS = 1000
const tileQuery = z.strictObject({ analysis: z.uuid(), part: partName })

const tileRoute = route({
  method: 'get',
  path: '/tiles/analyses/{z}/{x}/{y}.mvt',
  tags,
  permission: 'read',
  summary: 'A vector tile of a part of an analysis; its layer is named as the part',
  request: { params: z.object({ z: z.int(), x: z.int(), y: z.int() }), query: tileQuery },
  responses: {
    200: {
      description: 'Mapbox vector tile 2.1; X-Tile-Truncated: features, when not all are in it',
      content: { 'application/vnd.mapbox-vector-tile': { schema: z.string() } },
    },
    204: { description: 'Nothing is there' },
    304: { description: 'If-None-Match still holds' },
  },
})

/** What analyses found, as features, files and tiles. To be added before the tiles of the layers. */
export function partRoutes({ database }: Deps) {
  const { sql } = database
  const tiles = createPartTiles(sql)
  const app = router()
  app.openAPIRegistry.registerPath(tileRoute)
  app.get(
    '/tiles/analyses/:z/:x/:file{[^/]+\\.mvt}',
    requirePermission('read'),
    timeLimit(),
    async (context) => {
      const { z, x, file } = context.req.param()
      const address = parseTileAddress(z, x, file.slice(0, -'.mvt'.length))
      const query = tileQuery.safeParse(context.req.query())
      if (!query.success)
        throw new Problem(
          'invalid-parameter',
          'Name an analysis (a UUID) and one of its parts, and nothing else.',
          {
            issues: issuesOf(query.error),
          },
        )
      const part = await readPart(sql, query.data.analysis, query.data.part, readerOf(context))
      const body = await tiles.get(part, address, signalOf(context))
      return body ? sendTile(context, body, () => tiles.grown(part, address, body)) : noTile()
    },
  )
  return app
    .openapi(
      route({
        method: 'get',
        path: `${ANALYSES}/{id}/features/{part}`,
        tags,
        permission: 'read',
        summary: 'Features that an analysis found, page by page',
        request: {
          params: analysisParams.extend({ part: partName }),
          query: z.strictObject({
            bbox: bboxParameter.optional(),
            limit: z.coerce.number().int().min(1).max(1000).default(100),
            cursor: z.coerce
              .number()
              .int()
              .min(0)
              .max(999_999_999)
              .default(0)
              .describe('`next` of the page before'),
          }),
        },
        responses: jsonAnswers(
          'One page in the order in which they were found, as a GeoJSON FeatureCollection',
          z
            .object({
              type: z.literal('FeatureCollection'),
              features: z.array(analysisFeatureSchema),
              numberMatched: z.int(),
              numberReturned: z.int(),
              next: z.string().nullable(),
            })
            .openapi('AnalysisFeatures'),
        ),
      }),
      async (context) => {
        const { id, part: name } = context.req.valid('param')
        const { bbox, limit, cursor } = context.req.valid('query')
        const part = await readPart(sql, id, name, readerOf(context))
        const { features, next } = await partFeatures(sql, part, { bbox, limit, after: cursor })
        return context.json(
          {
            type: 'FeatureCollection' as const,
            features,
            numberMatched: await countFeatures(sql, part, bbox),
            numberReturned: features.length,
            next: next === undefined ? null : String(next),
          },
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${ANALYSES}/{id}/export`,
        tags,
        permission: 'export',
        heavy: true,
        seconds: Number.POSITIVE_INFINITY,
        summary: 'A part of an analysis as a file',
        request: {
          params: analysisParams,
          query: z.strictObject({
            part: partName,
            format: z.enum(PART_FORMAT_NAMES as [PartFormatName, ...PartFormatName[]]).default('geojson'),
          }),
        },
        responses: {
          200: {
            description: 'A download',
            content: Object.fromEntries(
              Object.values(PART_FORMATS).map(({ type }) => [type, { schema: z.string() }]),
            ),
          },
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { part: name, format } = context.req.valid('query')
        const part = await readPart(sql, id, name, readerOf(context))
        const stop = new AbortController()
        const { signal } = stop
        const asked = { analysis: id, part: name, format, filter: {} }
        const told = tellExport(
          { sql, actor: actorOf(context), asked, signal },
          pieces(sql, part, format, signal),
        )
        const { type, extension } = PART_FORMATS[format]
        return new Response(streamPieces(told, stop), {
          headers: {
            'content-type': `${type}; charset=utf-8`,
            'content-disposition': `attachment; filename="${part.kind}-${part.part}.${extension}"`,
            'cache-control': 'no-store',
          },
        }) as never
      },
    )
}

async function* pieces(
  sql: Sql,
  part: ReadablePart,
  format: PartFormatName,
  signal: AbortSignal,
): AsyncGenerator<ExportPiece> {
  const { begin, feature, end } = PART_FORMATS[format]
  yield { text: begin(part), rows: 0 }
  const query: FeaturesQuery = { after: 0, limit: PAGE_ROWS }
  for (let at = 0; ; ) {
    signal.throwIfAborted()
    const { features, next } = await partFeatures(sql, part, query)
    yield { text: features.map((one) => feature(one, part, at++)).join(''), rows: features.length }
    if (next === undefined) break
    query.after = next
  }
  yield { text: end, rows: 0 }
}
