import { z } from '@hono/zod-openapi'
import { latestEventSchema, versionEntrySchema } from '../../geodata/history/history.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerDefinition } from '../../geodata/shared/layer.ts'
import { bboxParameter, idParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { signalOf } from '../platform/limits.ts'
import { type Router, route, router } from '../platform/route.ts'
import { featuresAsOf } from './as-of.store.ts'
import { hazardReplayRoutes } from './hazard-replay.routes.ts'
import { latestEvents } from './latest.store.ts'
import { timeParameter } from './time-parameter.ts'
import { getVersion, listVersions } from './versions.store.ts'

const limit = (most: number) => z.coerce.number().int().min(1).max(most)
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647)

const past = (definition: LayerDefinition) =>
  z.object({
    type: z.literal('Feature'),
    id: z.int(),
    version: z.int(),
    geometry: z.unknown().openapi({ type: 'object', description: `GeoJSON ${definition.geometry}` }),
    properties: z
      .record(z.string(), z.unknown())
      .describe('As they were; sums over what a cell holds are left out'),
  })

/** What was: versions of features, layers as they were at a time, and the latest changes of an area. */
export function historyRoutes(deps: Deps) {
  const app = router().route('/', hazardReplayRoutes(deps))
  for (const layer of LAYER_IDS) addLayer(app, LAYERS[layer], deps)
  return app.openapi(
    route({
      method: 'get',
      path: '/api/v1/history',
      tags: ['History'],
      permission: 'read',
      summary: 'Who changed what lately, in a box or everywhere; newest first',
      request: {
        query: z.strictObject({
          bbox: bboxParameter.optional(),
          limit: limit(500).default(50),
          cursor: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
        }),
      },
      responses: jsonAnswers(
        'The changes',
        z.object({
          events: z.array(latestEventSchema),
          next: z.string().nullable(),
        }),
      ),
    }),
    async (context) => {
      const { bbox, limit, cursor } = context.req.valid('query')
      const { events, next } = await latestEvents(deps.database.read, context.var.identity.reach, {
        bbox,
        limit,
        before: cursor,
      })
      return context.json({ events, next: next === null ? null : String(next) })
    },
  )
}

function addLayer(app: Router, definition: LayerDefinition, { database }: Deps): void {
  const { id: layer } = definition
  const path = `/api/v1/${layer}`
  const noun = definition.noun.en.toLowerCase()
  const tags = ['History']

  app.openapi(
    route({
      method: 'get',
      path: `${path}/as-of`,
      heavy: true,
      seconds: 60,
      tags,
      permission: 'read',
      summary: `${definition.title.en} as they were at a time`,
      request: {
        query: z.strictObject({
          time: timeParameter,
          bbox: bboxParameter.optional(),
          limit: limit(1000).default(100),
          cursor: z.coerce.number().int().min(0).optional().describe('`next` of the page before'),
        }),
      },
      responses: jsonAnswers(
        'One page in id order. Nothing is known of a time before versions were kept',
        z.object({
          type: z.literal('FeatureCollection'),
          time: z.string(),
          features: z.array(past(definition)),
          numberReturned: z.int(),
          next: z.string().nullable(),
          truncated: z.boolean().describe('true: there is a next page'),
        }),
      ),
    }),
    async (context) => {
      const { time, bbox, limit, cursor = 0 } = context.req.valid('query')
      const { reach } = context.var.identity
      const query = { time, bbox, limit, after: cursor }
      const { features, next } = await featuresAsOf(database.read, layer, reach, query, signalOf(context))
      return context.json(
        {
          type: 'FeatureCollection' as const,
          time,
          features,
          numberReturned: features.length,
          next: next === undefined ? null : String(next),
          truncated: next !== undefined,
        } as never,
        200,
      )
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: `${path}/{id}/versions`,
      tags,
      permission: 'read',
      summary: `What became of one ${noun}, newest first; deleted ones too`,
      request: {
        params: idParameter,
        query: z.strictObject({
          limit: limit(200)
            .default(50)
            .describe('Versions; a deletion is an entry of its own beside the version it ended'),
          cursor: versionNumber.optional().describe('`next` of the page before'),
        }),
      },
      responses: jsonAnswers(
        'The versions',
        z.object({ versions: z.array(versionEntrySchema), next: z.string().nullable() }),
      ),
    }),
    async (context) => {
      const { limit, cursor } = context.req.valid('query')
      const { id } = context.req.valid('param')
      const { reach } = context.var.identity
      const { versions, next } = await listVersions(database.sql, layer, id, reach, { limit, before: cursor })
      return context.json({ versions, next: next === null ? null : String(next) }, 200)
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: `${path}/{id}/versions/{version}`,
      tags,
      permission: 'read',
      summary: `One ${noun} as it was in one of its versions`,
      request: { params: idParameter.extend({ version: versionNumber }) },
      responses: jsonAnswers(
        'To restore it, put its geometry and properties in a change set, with the present version, or the last one of a deleted feature',
        past(definition).extend({ from: z.string(), to: z.string().nullable() }),
      ),
    }),
    async (context) => {
      const { id, version } = context.req.valid('param')
      const { reach } = context.var.identity
      return context.json((await getVersion(database.sql, layer, id, version, reach)) as never, 200)
    },
  )
}
